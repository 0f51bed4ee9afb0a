
// Added to what loads the parts of the program, by `cargo xtask`. A server that does not know wasm sends it under another
// name: the program itself starts all the same, and so must its parts.
async function instantiate(sent, imports) {
  const response = await sent;
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.instantiateStreaming(response, imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
