/* When the server cannot be reached, refuses or has forgotten us. Network failure: the pill [data-offline] and a toast.
   Signed out (401, 419, or led to the sign-in page): the dialog #signed-out lies over the page, which stays as it is; after
   signing in elsewhere the page gets a fresh token and goes on. 5xx: a toast. Other 4xx answers of htmx are shown
   where the server sends them (HX-Retarget), else in place. */
import { all, isSignIn, on, one, text } from "../core/page.js";

const say = (message, level = "bad") => document.body.dispatchEvent(new CustomEvent("toast", { detail: { message, level } }));
const pill = (hidden) => all("[data-offline]").forEach((place) => { place.hidden = hidden; });

function unreachable() {
  pill(false);
  say(text("offline"), "warn");
}

/** A token that has grown old is renewed; whoever is no longer signed in is asked to. */
async function ended() {
  const dialog = one("#signed-out");
  if (await renewed()) say(text("again"), "warn");
  else if (dialog && !dialog.open) dialog.showModal();
}

async function renewed() {
  const answer = await fetch("/session/").then((reply) => reply.json()).catch(() => null);
  if (!answer?.user || String(answer.user) !== document.body.dataset.user) return false;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": answer.csrf }));
  all("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = answer.csrf; });
  return true;
}

async function goOn() { if (await renewed()) one("#signed-out").close(); }

document.addEventListener("fedele:unreachable", unreachable);
document.addEventListener("fedele:signed-out", ended);
document.body.addEventListener("htmx:sendError", unreachable);
document.body.addEventListener("htmx:responseError", (event) => {
  const number = event.detail.xhr.getResponseHeader("X-Request-Number");
  if (event.detail.xhr.status >= 500) say(number ? text("failedNumber", { number }) : text("failed"));
});
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (![401, 419].includes(xhr.status) && !isSignIn(xhr.responseURL || location.href)) return;
  event.detail.shouldSwap = false;
  ended();
});
on("click", "[data-session-check]", goOn);
addEventListener("online", () => pill(true));
addEventListener("offline", () => pill(false));
document.addEventListener("visibilitychange", () => { if (!document.hidden && one("#signed-out")?.open) goOn(); });
if (!navigator.onLine) pill(false);
