/* Popovers open below the button that opened them (popovertarget="id"), inside the window; on a phone they are sheets
   (by CSS). Arrow keys go through the lines of a menu. */
import { all, on, one } from "../core/page.js";

const PHONE = matchMedia("(max-width: 47.99rem)");

function place(box) {
  if (PHONE.matches) { box.style.left = box.style.top = ""; return; }
  const button = all(`[popovertarget="${CSS.escape(box.id)}"]`).find((one) => one.offsetParent);
  if (!button) return;
  const at = button.getBoundingClientRect(), size = box.getBoundingClientRect();
  const left = at.left + size.width > innerWidth - 8 ? at.right - size.width : at.left;
  const below = at.bottom + 6, above = at.top - 6 - size.height;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${below + size.height > innerHeight - 8 && above > 8 ? above : below}px`;
}

document.addEventListener("toggle", (event) => {
  const box = event.target;
  if (!box.matches?.("[popover]:not(.toasts)")) return;
  all(`[popovertarget="${CSS.escape(box.id)}"]`).forEach((button) => button.setAttribute("aria-expanded", event.newState === "open"));
  if (event.newState !== "open") return;
  place(box);
  one("[autofocus], input:not([type=hidden]), select, a, button", box)?.focus();
}, true);
on("keydown", ".menu-list", (event, box) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const lines = all("a, button", box);
  const next = lines[(lines.indexOf(document.activeElement) + step + lines.length) % lines.length];
  next?.focus();
  event.preventDefault();
});
addEventListener("resize", () => all("[popover]:popover-open:not(.toasts)").forEach(place));
