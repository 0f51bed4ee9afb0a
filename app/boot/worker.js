// Starts the engine in its worker. `?task=stretch` makes of the same program a worker that stretches one
// passphrase and ends; what the task means is the program's business.
import init, { start } from "./worker.js";

// The page may speak before the program is there: what it says meanwhile is kept, then heard in order.
const early = [];
const keep = (event) => {
  event.stopImmediatePropagation();
  early.push(event);
};
self.addEventListener("message", keep);

await init({ module_or_path: new URL("./worker_bg.wasm", import.meta.url) });
await start(new URL(self.location.href).searchParams.get("task") ?? "");

self.removeEventListener("message", keep);
for (const { data, ports } of early) {
  self.dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
}
