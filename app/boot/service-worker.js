// Keeps a whole copy of the program, so that it opens with no server and no network.
// It never sees the notebook: only the program's files go through here.
// `VERSION` (of the whole set) and `FILES` (all but the page itself) are written above by `cargo xtask`.
const CACHE = `maillon-${VERSION}`;
const PAGE = "/index.html";

self.addEventListener("install", (event) => {
  // All or nothing: half a program must never replace a whole one.
  event.waitUntil(
    caches.open(CACHE).then((cache) =>
      cache.addAll([PAGE, ...FILES].map((file) => new Request(file, { cache: "reload" })))
    )
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(
        names.filter((name) => name.startsWith("maillon-") && name !== CACHE).map((name) => caches.delete(name))
      ))
      .then(() => self.clients.claim())
  );
});

// A newer program waits, so as not to change under someone's hands, until the page says so.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  const wanted = request.mode === "navigate" ? PAGE : request;
  event.respondWith(
    caches.open(CACHE)
      .then((cache) => cache.match(wanted, { ignoreSearch: true, ignoreVary: true }))
      .then((kept) => kept ?? fetch(request))
  );
});
