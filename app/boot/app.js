// Starts the screens, then, in a browser, keeps a copy of the program for the days without a server.
// It knows nothing of the notebook.
import init from "./app.js";

// The window of the desktop carries its own copy of the program.
const inBrowser = !("__TAURI_INTERNALS__" in window) && "serviceWorker" in navigator;

try {
  await init({ module_or_path: new URL("./app_bg.wasm", import.meta.url) });
} catch (error) {
  // Too old a browser, or a broken copy of the program: the notebook itself has not been touched.
  console.error(error);
  const french = document.createElement("p");
  french.textContent = "Maillon n’a pas pu démarrer. Vos données n’ont pas été touchées. Rechargez la page, ou mettez le navigateur à jour.";
  const english = document.createElement("p");
  english.lang = "en";
  english.textContent = "Maillon could not start. Your data have not been touched. Reload the page, or update the browser.";
  const main = document.createElement("main");
  main.setAttribute("role", "alert");
  main.append(french, english);
  document.body.append(main);
}

if (inBrowser) {
  try {
    const kept = await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
    // A newer program waits until every page is closed, or until the screens, having asked, say that it may take
    // over. They hear of it here.
    const tell = () => window.dispatchEvent(new CustomEvent("maillon:newer"));
    window.addEventListener("maillon:take-over", () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      if (kept.waiting) kept.waiting.postMessage("take over");
      else location.reload();
    });
    const follow = (worker) => worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && navigator.serviceWorker.controller) tell();
    });
    if (kept.waiting) tell();
    follow(kept.installing);
    kept.addEventListener("updatefound", () => follow(kept.installing));
  } catch (error) {
    // A private window, or a page not served over https: the program works, only not without a server.
    console.warn(error);
  }
}
