// Starts the engine in its worker. A worker named "stretch" runs the same program to stretch one passphrase, and
// ends; what a name means is the program's business. A name and not an address: a copy of the program kept for the
// days without a server is found under its own address, whatever followed the question mark.
import init, { start } from "./worker.js";

// The page may speak before the program is there: what it says meanwhile is kept, then heard in order.
const early = [];
const keep = (event) => {
  event.stopImmediatePropagation();
  early.push(event);
};
self.addEventListener("message", keep);

try {
  await init({ module_or_path: new URL("./worker_bg.wasm", import.meta.url) });
  await start(self.name);
} catch (error) {
  // Too old a browser, or a broken copy of the program: the page says so, instead of waiting for ever.
  self.postMessage({ failed: String(error) });
}

self.removeEventListener("message", keep);
for (const { data, ports } of early) {
  self.dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
}
