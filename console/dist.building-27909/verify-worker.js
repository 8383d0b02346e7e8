// Keeps the verifier's page for when there is no network: the page, its script, its decoder and its font, the issuer's
// document and the status lists. With a network each is asked anew and what came is kept; without one the last is given,
// and its own dates tell how old it is. Nothing else of the house passes through here into the store.
const STORE = 'verifier-1';
const KEPT = [/^\/verify(\/ur)?$/, /^\/verifier\.js$/, /^\/assets\/[\w.-]+$/, /^\/framework\/nastaliq\.woff2$/, /^\/icon\.svg$/, /^\/\.well-known\/did\.json$/, /^\/register\/status-lists\/\d{1,9}(\.jwt)?$/];
const WAIT_MS = 4000;

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== 'GET' || address.origin !== self.location.origin || !KEPT.some((each) => each.test(address.pathname))) return;
  event.respondWith(answer(event.request, address.pathname));
});

async function answer(request, path) {
  const store = await caches.open(STORE);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(WAIT_MS) });
    if (fresh.ok) await store.put(path, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await store.match(path);
    if (kept === undefined) throw error;
    return kept;
  }
}
