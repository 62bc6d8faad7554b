/* The service worker, served at /sw.js with FEDELE {release, offline, frame, icon, badge, session} above it.

   It keeps what the server marked with X-Keep, under the name in X-Reader, and forgets everything kept under another name as
   soon as one is told: another person, another session, nobody. Reading goes to the network first; only without one
   does a kept page answer, marked with the moment it was read. Nothing is ever written from here. */
const FRAME = `frame-${FEDELE.release}`, PAGES = "pages-", MOST = 120, LARGEST = 600_000;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
  if (event.data === "forget") event.waitUntil(forget());
});

/** What the page without a network is made of. What fails now is fetched with a later page: reading goes on without it. */
async function install() {
  const frame = await caches.open(FRAME);
  const missing = [];
  for (const url of [...FEDELE.frame, FEDELE.offline, FEDELE.icon]) if (!(await frame.match(url))) missing.push(url);
  await Promise.allSettled(missing.map((url) => frame.add(new Request(url, { cache: "reload" }))));
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith("frame-") && name !== FRAME) await caches.delete(name);
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname.startsWith("/accounts/")) {
    // The door is the browser's and the server's affair alone; who stands before it is nobody yet.
    if (request.mode === "navigate" && url.pathname.startsWith("/accounts/login/")) event.waitUntil(forget());
    return;
  }
  if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (request.method === "GET" && isReading(request)) event.respondWith(reading(event, request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => offline()));
});

const isReading = (request) => request.mode === "navigate" || request.headers.get("HX-Request") === "true";
/** Under what a page is kept; a part of a page has the same address and is something else. */
const keyOf = (request) => (request.headers.get("HX-Request") === "true" ? `/part?${encodeURIComponent(request.url)}` : request.url.split("#")[0]);

async function asset(request) {
  return fetch(request).catch(async () => (await caches.match(request, { ignoreSearch: true })) ?? Response.error());
}

async function reading(event, request) {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return (await kept(request)) ?? (request.mode === "navigate" ? offline() : Response.error());
  }
  const reader = await heed(answer);
  if (request.mode === "navigate" && !(await caches.match(FEDELE.offline))) event.waitUntil(install());
  const key = keyOf(request);
  if ([403, 404, 410].includes(answer.status)) event.waitUntil(drop(key));
  else if (answer.status === 200 && answer.headers.get("X-Keep") === "yes") event.waitUntil(keep(reader, key, answer.clone()));
  return answer;
}

/** Whose answer this is; what is kept of anybody else goes before the answer is shown. */
async function heed(answer) {
  const reader = answer.headers.get("X-Reader") ?? (answer.status === 401 ? "nobody" : "");
  if (reader) await forget(PAGES + reader);
  return reader;
}

async function forget(except = "") {
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== except) await caches.delete(name);
}

async function drop(key) {
  for (const name of await caches.keys()) if (name.startsWith(PAGES)) await (await caches.open(name)).delete(key);
}

async function keep(reader, key, answer) {
  const text = await answer.text();
  if (text.length > LARGEST) return;
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  headers.delete("Set-Cookie");
  const cache = await caches.open(PAGES + reader);
  await cache.delete(key);
  await cache.put(key, new Response(text, { headers }));
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST))) await cache.delete(old);
}

/** A page read before, with the moment in its body: the page says so itself. */
async function kept(request) {
  for (const name of await caches.keys()) {
    const found = name.startsWith(PAGES) && await (await caches.open(name)).match(keyOf(request), { ignoreVary: true });
    if (found) {
      const text = (await found.text()).replace("<body ", `<body data-kept-at="${found.headers.get("X-Kept-At")}" `);
      return new Response(text, { headers: found.headers });
    }
  }
  return null;
}

const offline = async () => (await caches.match(FEDELE.offline)) ?? Response.error();

addEventListener("push", (event) => {
  const told = event.data?.json();
  if (told) event.waitUntil(show(told));
});

async function show(told) {
  await registration.showNotification(told.title, {
    body: told.body, tag: told.tag, renotify: true, icon: FEDELE.icon, badge: FEDELE.badge, timestamp: told.at,
    actions: told.actions, data: { id: told.id, url: told.url },
  });
  await navigator.setAppBadge?.(told.unread).catch(() => {});
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { id, url } = event.notification.data;
  event.waitUntil(event.action ? act(event.action, id, url) : open(url));
});

/** "read" and "snooze" without opening anything; when that is not possible, the page where it is. */
async function act(action, id, url) {
  const answer = await fetch(FEDELE.session).then((reply) => reply.json()).catch(() => null);
  if (!answer?.user) return open(url);
  const [path, body] = action === "snooze" ? ["snooze", "when=hour"] : ["mark", ""];
  const headers = { "X-CSRFToken": answer.csrf, "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true" };
  const done = await fetch(`/notices/${id}/${path}/`, { method: "POST", headers, body }).catch(() => null);
  return done?.ok ? null : open(url);
}

async function open(url) {
  const [page] = await clients.matchAll({ type: "window" });
  if (!page) return clients.openWindow(url);
  await page.focus();
  return page.navigate(url).catch(() => clients.openWindow(url));
}
