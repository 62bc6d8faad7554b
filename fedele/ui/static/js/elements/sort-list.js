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

on("keydown", "sort-list [data-sort]", (event, item) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const items = all("[data-sort]", item.parentElement), at = items.indexOf(item), other = items[at + (event.key === "ArrowUp" ? -1 : 1)];
  if (!other) return;
  event.key === "ArrowUp" ? other.before(item) : other.after(item);
  item.focus();
  speak(text("moved", { card: item.textContent.trim(), lane: "", position: items.indexOf(other) + 1, count: items.length }));
  item.closest("sort-list").moved();
});

customElements.define("sort-list", SortList);
