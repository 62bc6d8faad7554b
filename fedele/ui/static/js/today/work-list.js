/* <work-list id data-url data-summary> around rows [data-work data-id data-type data-peek]: what there is to do, by keyboard.
   j and k (or the arrows) go from row to row, Enter opens, o previews; every other key presses the button of the row that has it
   as data-key. After an act (HX-Trigger "fedele:changed" of a type on the list) the list is read anew and one is where one was. */
import { all, isTyping, one, speak } from "../core/page.js";

class WorkList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("focusin", (event) => this.mark(event.target.closest("[data-work]")));
    this.addEventListener("htmx:beforeRequest", (event) => { this.at = Math.max(0, this.rows.indexOf(event.target.closest("[data-work]"))); });
    this.renew = (event) => this.changed(event.detail);
    document.body.addEventListener("fedele:changed", this.renew);
    const first = this.here ?? this.rows[0];
    this.rows.forEach((row) => { this.link(row).tabIndex = row === first ? 0 : -1; all("button", row).forEach((button) => { button.tabIndex = row === first ? 0 : -1; }); });
  }

  disconnectedCallback() { document.body.removeEventListener("fedele:changed", this.renew); }

  get rows() { return all("[data-work]", this); }
  get here() { return one("[data-here]", this); }
  link(row) { return one("a", row); }

  mark(row) {
    if (!row) return;
    this.at = this.rows.indexOf(row);
    for (const other of this.rows) {
      other.toggleAttribute("data-here", other === row);
      all("a, button", other).forEach((part) => { part.tabIndex = other === row ? 0 : -1; });
    }
  }

  go(at) {
    const rows = this.rows, row = rows[Math.max(0, Math.min(at, rows.length - 1))];
    if (!row) return;
    this.mark(row);
    this.link(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    if (!one("#drawer")?.hidden) this.peek(row);
  }

  peek(row) { document.dispatchEvent(new CustomEvent("fedele:peek", { detail: { url: row.dataset.peek, id: row.dataset.id } })); }

  /** Something on the list was changed: the rows anew, the focus where it was; the place of a row that went is its follower's. */
  async changed({ type, id }) {
    const held = this.contains(document.activeElement) || document.activeElement === document.body || Boolean(one("dialog[open]"));
    const known = this.rows.some((row) => row.dataset.id === `${type}-${id}` || row.dataset.type === type);
    if (!known) return;
    const at = this.at ?? 0;
    await htmx.ajax("GET", this.dataset.url, { target: `#${this.id}`, select: `#${this.id}`, swap: "outerHTML" });
    const fresh = one("work-list");
    all("[data-summary]:not(work-list)").forEach((place) => { place.textContent = fresh?.dataset.summary ?? ""; });
    if (!fresh || !held) return;
    if (fresh.rows.length) fresh.go(at);
    else { one("#main").focus(); }
    speak(fresh.dataset.summary);
  }

  does(key, target) {
    const row = this.here, on = this.rows.indexOf(row), inside = target === document.body || target.closest?.("work-list, main") === this || target.id === "main" || this.contains(target);
    if (!inside) return null;
    if (key === "j" || key === "ArrowDown") return () => this.go(row ? on + 1 : 0);
    if (key === "k" || key === "ArrowUp") return () => this.go(row ? on - 1 : 0);
    if (!row) return null;
    if (key === "o") return () => this.peek(row);
    if (key === "Enter") return target.matches("a, button") ? null : () => this.link(row).click();
    const button = all("button[data-key]", row).find((part) => part.dataset.key === key);
    return button && (() => button.click());
  }
}

document.addEventListener("fedele:key", (event) => {
  const list = one("work-list"), { key, target } = event.detail;
  if (!list || isTyping(target) || target.closest?.("dialog, [popover], .drawer")) return;
  const act = list.does(key, target);
  if (!act) return;
  act();
  event.preventDefault();
});

customElements.define("work-list", WorkList);
