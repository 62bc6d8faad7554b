/* Toasts: at the bottom left, 6 s, at most three, waiting while the pointer or the focus is on them.
   Come from: the event "toast" {message, undo, level} (header HX-Trigger, see fedele.ui.toast), <div data-toast> in the
   page (Django messages), and any element with data-toast-now="message" (style guide).
   Undo posts to the address in `undo`; the answer decides what happens (toast, HX-Refresh, HX-Redirect).
   Without any of these the page is loaded again. Ctrl+Z presses the newest Undo. */
import { all, glyph, on, one, send, text } from "../core/page.js";

const STAY = 6000, MOST = 3;

function show({ message, undo = "", level = "ok" }) {
  const place = one("#toasts");
  if (!place || !message) return;
  // Shown anew, it lies above a dialog that was opened meanwhile.
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover?.();
  const toast = document.createElement("div");
  toast.className = `toast ${level}`;
  const words = document.createElement("p");
  words.textContent = message;
  toast.append(words);
  if (undo) toast.append(button(text("undo"), "undo", () => takeBack(undo, toast)));
  const close = button("", "", () => toast.remove());
  close.innerHTML = glyph("x");
  close.setAttribute("aria-label", text("close"));
  toast.append(close);
  // The same once more, each time the network is missed, says nothing new.
  if (!undo) all(`.toast.${level}`, place).filter((old) => one("p", old).textContent === message && !one(".undo", old)).forEach((old) => old.remove());
  place.append(toast);
  all(".toast", place).slice(0, -MOST).forEach((old) => old.remove());
  leaveLater(toast);
}

function button(label, name, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}

function leaveLater(toast) {
  let timer = setTimeout(() => toast.remove(), STAY);
  const wait = () => clearTimeout(timer);
  const go = () => { wait(); timer = setTimeout(() => toast.remove(), STAY / 2); };
  for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, wait);
  for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, go);
}

async function takeBack(url, toast) {
  toast.remove();
  const answer = await send(url);
  if (!answer.ok) return;
  const decided = ["HX-Refresh", "HX-Redirect", "HX-Location", "HX-Trigger"].some((name) => answer.headers.has(name));
  if (!decided) location.reload();
}

document.body.addEventListener("toast", (event) => show(event.detail));
all("[data-toast]").forEach((one) => show({ message: one.dataset.toast, undo: one.dataset.undo, level: { error: "bad", warning: "warn" }[one.dataset.level] ?? "ok" }));
on("click", "[data-toast-now]", (_event, place) => show({ message: place.dataset.toastNow, undo: place.dataset.undo }));
document.addEventListener("fedele:undo", () => all(".toast .undo").pop()?.click());
