/* <sort-list> around a list: its items ([data-sort], focusable) are put in order by dragging or by Alt with ↑ and ↓.
   The order of the form fields inside is the order that is sent. Tells "change" when something moved. */
import { all, on, one, speak, text } from "../core/page.js";

class SortList extends HTMLElement {
  connectedCallback() { this.addEventListener("pointerenter", () => this.sortable(), { once: true }); }

  async sortable() {
    const { default: Sortable } = await import("sortable");
    Sortable.create(one("ul, ol, tbody", this), { animation: 120, draggable: "[data-sort]", delay: 200, delayOnTouchOnly: true, onEnd: () => this.moved() });
  }

  moved() { this.dispatchEvent(new Event("change", { bubbles: true })); }
}

/** Puts an item one place up (-1) or down (1) and says where it is; false when there is no place to go. */
function move(item, by) {
  const items = all("[data-sort]", item.parentElement), at = items.indexOf(item), other = items[at + by];
  if (!other) return false;
  by < 0 ? other.before(item) : other.after(item);
  speak(text("moved", { card: item.textContent.trim(), lane: "", position: at + by + 1, count: items.length }));
  item.closest("sort-list").moved();
  return true;
}

on("keydown", "sort-list [data-sort]", (event, item) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  if (move(item, event.key === "ArrowUp" ? -1 : 1)) item.focus();
});

// The buttons are asked of the server where no script runs; here they move at once, so that no tick set meanwhile is lost.
on("click", "sort-list [data-sort] :is([name=up], [name=down])", (event, button) => {
  event.preventDefault();
  const item = button.closest("[data-sort]");
  if (!move(item, button.name === "up" ? -1 : 1)) return;
  all("[data-sort]", item.parentElement).forEach((each, at, items) => {
    one("[name=up]", each).disabled = at === 0;
    one("[name=down]", each).disabled = at === items.length - 1;
  });
  (button.disabled ? one(":is([name=up], [name=down]):enabled", item) : button)?.focus();
});

customElements.define("sort-list", SortList);
