/* A button that was pressed shows it after 150 ms and cannot be pressed twice until the answer is here.
   Works for every form (also plain posts) and every htmx request of a button. */
import { all, one } from "../core/page.js";

const AFTER = 150;
const timers = new WeakMap();

function busy(button) {
  if (!button || timers.has(button)) return;
  timers.set(button, setTimeout(() => button.setAttribute("aria-busy", "true"), AFTER));
}

function free(button) {
  clearTimeout(timers.get(button));
  timers.delete(button);
  button?.removeAttribute("aria-busy");
}

const pressed = (element) => element.matches("form") ? element.querySelector("button[data-pressed]") ?? one("button[type=submit]", element) : element.closest("button, a.btn");

document.addEventListener("submit", (event) => {
  const button = event.submitter ?? one("button[type=submit]", event.target);
  if (button && timers.has(button)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  all("button[data-pressed]", event.target).forEach((other) => other.removeAttribute("data-pressed"));
  button?.setAttribute("data-pressed", "");
  // A plain post leaves the page; one that htmx takes over is freed when it ends.
  setTimeout(() => { if (!event.defaultPrevented) busy(button); });
}, true);
document.body.addEventListener("htmx:beforeRequest", (event) => busy(pressed(event.detail.elt)));
document.body.addEventListener("htmx:afterRequest", (event) => free(pressed(event.detail.elt)));
addEventListener("pageshow", (event) => { if (event.persisted) all("[aria-busy=true]").forEach(free); });
