/* What every element needs: finding, listening, the page's texts, sending a request.
   Texts come translated from <div id="texts" data-say-…> in base.html. */

export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Listens on the document for events inside elements that fit `selector`, also those that come later. */
export function on(type, selector, handle, options) {
  document.addEventListener(type, (event) => {
    const found = event.target instanceof Element ? event.target.closest(selector) : null;
    if (found) handle(event, found);
  }, options);
}

/** A translated text with its {places} filled. */
export function text(name, values = {}) {
  const found = one("#texts")?.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
  return found.replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
}

export const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

/** Is the user writing somewhere? Then letters are letters, not commands. */
export function isTyping(target) {
  return target instanceof Element && (target.isContentEditable
    || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));
}

/** A key as it stands on this keyboard. */
export const keyName = (key) => key.replace("Mod", /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl").replace(/\+/g, " ");

export function glyph(name) {
  const sheet = one("svg.i use")?.getAttribute("href")?.split("#")[0] ?? "";
  return `<svg class="i" aria-hidden="true"><use href="${sheet}#${name}"/></svg>`;
}

/** Says something to a screen reader. */
export function speak(words) {
  const place = one("#spoken");
  if (!place) return;
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = words; });
}

/** Sends as htmx would: token, HX-Request; toasts and moves in the answer are obeyed. `data`: object or FormData.
    Answers {ok, status, body}; without a connection {ok: false, status: 0}. */
export async function send(url, { method = "POST", data = null, keepalive = false } = {}) {
  const body = data === null || data instanceof FormData ? data : new URLSearchParams(data);
  const headers = { "HX-Request": "true", "X-CSRFToken": token(), "HX-Current-URL": location.href };
  try {
    const answer = await fetch(url, { method, headers, body: method === "GET" ? null : body, keepalive });
    obey(answer);
    return { ok: answer.ok && !isSignIn(answer.url), status: answer.status, body: await answer.text(), headers: answer.headers };
  } catch {
    document.dispatchEvent(new CustomEvent("fedele:unreachable"));
    return { ok: false, status: 0, body: "", headers: new Headers() };
  }
}

export const isSignIn = (url) => new URL(url, location.href).pathname === new URL(one("#signed-out a")?.href ?? "/accounts/login/", location.href).pathname;

function obey(answer) {
  if ([401, 419].includes(answer.status) || isSignIn(answer.url)) document.dispatchEvent(new CustomEvent("fedele:signed-out"));
  const told = answer.headers.get("HX-Trigger");
  if (told?.startsWith("{")) {
    for (const [name, detail] of Object.entries(JSON.parse(told))) document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
  const to = answer.headers.get("HX-Redirect") || answer.headers.get("HX-Location");
  if (to) location.assign(to);
  else if (answer.headers.get("HX-Refresh") === "true") location.reload();
}

/** Reads the page anew when there is a network again. Between two masts a phone says "online" too early, so the server is asked
    first; and whoever is already on the way to another page is not called back. */
export function reloadOnceOnline() {
  let leaving = false;
  addEventListener("beforeunload", () => { leaving = true; });
  addEventListener("online", async () => {
    const answer = await fetch("/session/").catch(() => null);
    if (answer && !leaving) location.reload();
  });
}
