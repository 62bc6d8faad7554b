/* The sheet of keys ("?"): those of this page first, then where one can go and what one can make.
   A <data-grid> or <board-lanes> on the page adds the keys it listens to. */
import { all, keyName, on, one, text } from "../core/page.js";

const GRID = [["j", "keyNext"], ["k", "keyPrevious"], ["Enter", "keyOpen"], ["o", "keyPeek"], ["x", "keyPick"], ["Shift+X", "keyRange"], ["Mod+A", "keyAll"], ["F2", "keyEdit"]];
const BOARD = [["← → ↑ ↓", "keyCard"], ["Shift+→", "keyMove"], ["Space", "keyLift"], ["Enter", "keyOpen"], ["o", "keyPeek"]];
const ALWAYS = [["Mod+K", "keyPalette"], ["?", "keySheet"], ["/", "keySearch"], ["Mod+Enter", "keySend"], ["Mod+Z", "keyUndo"], ["Esc", "keyEscape"]];

const spelled = (element) => [...element.childNodes].filter((node) => !node.matches?.("kbd, em")).map((node) => node.textContent).join("");
const words = (element) => (element.dataset.tip || element.getAttribute("aria-label") || element.placeholder || spelled(element)).trim();
const line = (keys) => `<li><span></span><span>${keys.split(/[ +](?=.)/).map(() => "<kbd></kbd>").join(" ")}</span></li>`;

function section(title, lines) {
  if (!lines.length) return null;
  const part = document.createElement("section");
  part.innerHTML = `<h3></h3><ul>${lines.map(([keys]) => line(keys)).join("")}</ul>`;
  one("h3", part).textContent = title;
  all("li", part).forEach((item, n) => {
    const [keys, told] = lines[n];
    item.firstElementChild.textContent = told;
    all("kbd", item).forEach((key, at) => { key.textContent = keyName(keys.split(/[ +](?=.)/)[at]); });
  });
  return part;
}

function found(selector) {
  const seen = new Set();
  return all(selector).map((element) => [element.dataset.key.split(",")[0], words(element)])
    .filter(([keys, told]) => told && keys !== "?" && !seen.has(keys) && seen.add(keys));
}

function open() {
  const named = (list) => list.map(([keys, name]) => [keys, text(name)]);
  const here = [...found("main [data-key], .drawer [data-key], call-cards [data-key]"), ...(one("data-grid") ? named(GRID) : one("work-list") ? named(GRID.slice(0, 4)) : []), ...(one("board-lanes") ? named(BOARD) : [])];
  const parts = [section(text("here"), here), section(text("everywhere"), named(ALWAYS)), section(text("go"), found(".rail [data-key]")), section(text("create"), found("#creates [data-key]"))];
  one("#keys .keysheet").replaceChildren(...parts.filter(Boolean));
  one("#keys").showModal();
}

on("click", "[data-open-keys]", (_event, button) => { button.closest("[popover]")?.hidePopover(); open(); });
