/* Fedele as an app: registers the service worker, offers a new version ([data-new-version]), says that a page was read earlier
   (body[data-kept-at] → [data-kept]), sends nothing without a network, and leaves nothing behind for the next person.
   What a browser that may show notices is known by is told to the server once a day (see pages/push-device.js). */
import { all, on, one, reloadOnceOnline, send, text } from "../core/page.js";

const user = document.body.dataset.user;
const say = (message) => document.body.dispatchEvent(new CustomEvent("toast", { detail: { message, level: "warn" } }));

async function register() {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/sw.js").catch(() => null);
  if (!registration) return;
  offer(registration);
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", () => offer(registration)));
  if (user) renew(registration);
}

function offer(registration) {
  if (!registration.waiting || !navigator.serviceWorker.controller) return;
  all("[data-new-version]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting?.postMessage("take over");
    }, { once: true });
  });
}

/** The server ties a device to the session: after signing in again it hears of the new one. Somebody else's is given up. */
async function renew(registration) {
  const owner = localStorage.getItem("fedele:device");
  const found = owner && await registration.pushManager?.getSubscription();
  if (!found || sessionStorage.getItem("fedele:device")) return;
  if (owner !== user) { await found.unsubscribe(); localStorage.removeItem("fedele:device"); return; }
  const key = btoa(String.fromCharCode(...new Uint8Array(found.options.applicationServerKey))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const { endpoint, keys } = found.toJSON();
  const answer = await send("/notices/devices/", { data: { endpoint, ...keys, key } });
  if (answer.ok) sessionStorage.setItem("fedele:device", user);
}

function markKept() {
  const at = document.body.dataset.keptAt;
  if (!at) return;
  const time = new Date(at), today = time.toDateString() === new Date().toDateString();
  const told = time.toLocaleString(document.documentElement.lang, { ...(today ? {} : { dateStyle: "short" }), timeStyle: "short" });
  all("[data-kept]").forEach((place) => { place.textContent = text("kept", { time: told }); place.hidden = false; });
  all("[data-offline]").forEach((pill) => { pill.hidden = true; });
  reloadOnceOnline();
}

// Without a network nothing is sent and nothing typed is given up.
document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.target.method !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(text("offline"));
}, true);

/** What others typed on this device and never sent is not for who is here now; who signs out leaves nothing. */
function tidy(everything) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("fedele:") && (everything || (key.startsWith("fedele:draft:") && user && !key.startsWith(`fedele:draft:${user}:`)))) localStorage.removeItem(key);
  }
}
on("submit", "form[data-sign-out]", () => {
  tidy(true);
  navigator.serviceWorker?.controller?.postMessage("forget");
}, true);

try { tidy(false); } catch { /* no storage: nothing left there */ }
markKept();
register();
if (new URL(location.href).searchParams.has("palette")) one("[data-open-palette]")?.click();
