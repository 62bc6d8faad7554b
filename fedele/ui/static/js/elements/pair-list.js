/* <pair-list>: rows of an import beside what they are like. j and k go from pair to pair; 1 to 4 press the buttons of the pair
   one is in (keys.js), Shift and the same digit tells it for all others like it. The key with the digit is meant, whatever it
   writes with Shift: that differs from keyboard to keyboard. */
import { all, isTyping, one } from "../core/page.js";

const pairs = () => all("pair-list form.pair");
const here = () => document.activeElement?.closest("pair-list form.pair");

document.addEventListener("fedele:key", (event) => {
  const step = { j: 1, k: -1 }[event.detail.key], found = pairs();
  if (!step || !found.length || isTyping(event.detail.target)) return;
  const next = found[Math.max(0, Math.min(found.length - 1, found.indexOf(here()) + step))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const digit = /^Digit([1-4])$/.exec(event.code)?.[1];
  if (!event.shiftKey || event.altKey || event.ctrlKey || event.metaKey || !digit || isTyping(event.target)) return;
  if (document.body.dataset.singleKeys === "off") return;
  const button = one(`[data-all="${digit}"]`, here() ?? pairs()[0] ?? document.createElement("p"));
  if (!button) return;
  event.preventDefault();
  button.click();
}, true);
