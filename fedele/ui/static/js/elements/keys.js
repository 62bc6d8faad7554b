/* The keyboard grammar. Any element with data-key="e", "g a", "Shift+E", "Mod+Enter" or "?" is pressed (a field: focused)
   by that key: single letters are dead while typing and when the user has switched them off; "Mod" is Ctrl or ⌘.
   Elements get aria-keyshortcuts and, with data-tip, a tooltip that shows the key. Lists, boards and the palette listen to
   "fedele:key" {key, shift} first: who uses it calls preventDefault. event.key only: it is what the keyboard says. */
import { all, isTyping, keyName } from "../core/page.js";

const PATIENCE = 1200, PAUSE = 350;
let before = "", timer = 0;

const isOn = () => document.body.dataset.singleKeys !== "off";
const visible = (element) => element.offsetParent !== null || element.getClientRects().length > 0;
const names = (element) => element.dataset.key.split(",").map((key) => key.trim());

function describe(within = document) {
  for (const element of all("[data-key], [data-tip]", within)) {
    const key = element.dataset.key;
    if (key) element.setAttribute("aria-keyshortcuts", names(element).map((one) => one.replace("Mod", "Control")).join(" "));
    const tip = element.dataset.tip || (key && element.textContent.trim().length < 40 ? element.textContent.trim() : "");
    if (tip) element.title = key ? `${tip} (${keyName(names(element)[0])})` : tip;
  }
}

function scope() {
  const top = all("dialog[open]").pop() ?? all("[popover]:popover-open:not(.toasts)").pop();
  return top ?? document;
}

/** Of several with the same key the one nearest to the user wins: open dialog, drawer, page. */
function holder(key) {
  const found = all("[data-key]", scope()).filter((element) => names(element).includes(key) && !element.disabled);
  return found.find((element) => element.closest("form")?.contains(document.activeElement)) ?? found.find((element) => visible(element) && !element.closest(".rail"))
    ?? found.find((element) => !element.closest("[hidden]"));
}

function press(element) {
  if (element.matches("input:not([type=checkbox], [type=radio]), textarea, select")) { element.focus(); element.select?.(); }
  else element.click();
}

/** A key that opens something itself and begins longer ones ("n", "n a") waits whether another follows. */
const begins = (key) => all(`[data-key^="${CSS.escape(key)} "]`, scope()).length > 0;

function remember(key, alone) {
  before = key;
  clearTimeout(timer);
  timer = setTimeout(() => { before = ""; if (alone) press(alone); }, alone ? PAUSE : PATIENCE);
}

function command(event) {
  const mod = event.ctrlKey || event.metaKey;
  if (event.key.length === 1 && !mod) return event.shiftKey && /[a-z]/i.test(event.key) ? `Shift+${event.key.toUpperCase()}` : event.key;
  return `${mod ? "Mod+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
}

function down(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey || ["Control", "Shift", "Meta", "Alt"].includes(event.key)) return;
  const key = command(event);
  if (key === "Mod+z" && !isTyping(event.target)) { document.dispatchEvent(new CustomEvent("fedele:undo")); event.preventDefault(); return; }
  const single = event.key.length === 1 && !key.startsWith("Mod");
  if (single && (isTyping(event.target) || !isOn())) return;
  const sequence = before && single ? `${before} ${key}` : "";
  const element = (sequence && holder(sequence)) || holder(key);
  if (!sequence || !element) {
    const asked = new CustomEvent("fedele:key", { detail: { key, target: event.target }, cancelable: true });
    if (!document.dispatchEvent(asked)) { before = ""; event.preventDefault(); return; }
  }
  if (element && single && !sequence && begins(key)) { remember(key, element); event.preventDefault(); }
  else if (element) { clearTimeout(timer); press(element); before = ""; event.preventDefault(); }
  else if (key === "Escape") escape();
  else if (single) remember(key);
}

function escape() {
  if (document.activeElement !== document.body && isTyping(document.activeElement)) document.activeElement.blur();
  else document.dispatchEvent(new CustomEvent("fedele:close-drawer"));
}

document.addEventListener("keydown", down);
document.body.addEventListener("htmx:load", (event) => describe(event.detail.elt.parentElement ?? document));
describe();
