/* <data-grid id data-total> around a table: choosing rows and going through them.
   Row: <tr data-id data-href data-peek> with <input type=checkbox data-pick value>; heading: [data-pick-all].
   Bulk bar: <form data-bulk-of="grid id"> with hidden inputs `ids` (comma-separated) and `all` ("1": all in the view),
   [data-picked] for the count, [data-at-least] with [data-at-most] for acts on a few, [data-pick-everything], [data-pick-none]. The choice survives loading more and sorting.
   Keys: grid-keys.js. The row one is on has data-here; the open drawer follows it (fedele:peek).
   HX-Trigger "fedele:changed" {type, id} reads the table anew when the record is in it. */
import { all, one, text } from "../core/page.js";

class DataGrid extends HTMLElement {
  connectedCallback() {
    this.picked = new Set();
    this.everything = false;
    this.bar = one(`[data-bulk-of="${CSS.escape(this.id)}"]`);
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("dblclick", (event) => { if (!event.target.closest("a, button, input, [data-edit]")) this.open(event.target.closest("tr[data-id]")); });
    this.addEventListener("htmx:afterSettle", () => this.paint());
    this.bar?.addEventListener("click", (event) => this.pressed(event));
    this.measure = new ResizeObserver(() => this.fit());
    this.measure.observe(this);
    this.renew = (event) => this.changed(event.detail);
    document.body.addEventListener("fedele:changed", this.renew);
    this.paint();
  }

  disconnectedCallback() {
    this.measure.disconnect();
    document.body.removeEventListener("fedele:changed", this.renew);
  }

  fit() { this.toggleAttribute("data-fits", one("table", this).scrollWidth <= this.clientWidth); }

  /** A record was changed in the drawer or a dialog: the table is read anew. A cell shows its own change by itself. */
  changed({ id }) {
    if (!one(`tr[data-id="${CSS.escape(id)}"]`, this) || one("[data-saving], .editing", this)) return;
    htmx.ajax("GET", location.href, { target: `#${this.id}`, select: `#${this.id}`, swap: "outerHTML" });
  }

  get rows() { return all("tbody tr[data-id]", this); }
  get here() { return one("tr[data-here]", this); }

  clicked(event) {
    const box = event.target.closest("input[type=checkbox]");
    const row = event.target.closest("tr[data-id]");
    if (box?.hasAttribute("data-pick-all")) this.rows.forEach((one) => this.pick(one, box.checked));
    else if (box?.hasAttribute("data-pick")) event.shiftKey && this.last ? this.range(this.last, row, box.checked) : this.pick(row, box.checked);
    else if (row && !event.target.closest("a, button, form")) { this.go(row, false); return; }
    else return;
    this.last = row ?? this.last;
    this.paint();
  }

  pressed(event) {
    if (event.target.closest("[data-pick-everything]")) this.everything = true;
    else if (event.target.closest("[data-pick-none]")) this.none();
    else return;
    this.paint();
  }

  none() { this.picked.clear(); this.everything = false; }

  pick(row, on = !this.picked.has(row.dataset.id)) {
    this.everything = false;
    if (on) this.picked.add(row.dataset.id); else this.picked.delete(row.dataset.id);
  }

  range(from, to, on = true) {
    const rows = this.rows, [low, high] = [rows.indexOf(from), rows.indexOf(to)].sort((a, b) => a - b);
    rows.slice(Math.max(low, 0), high + 1).forEach((row) => this.pick(row, on));
  }

  /** Shows what is chosen in boxes, rows and the bulk bar. */
  paint() {
    const rows = this.rows, total = Number(this.dataset.total) || rows.length;
    for (const row of rows) {
      const on = this.everything || this.picked.has(row.dataset.id), box = one("[data-pick]", row);
      row.setAttribute("aria-selected", on);
      all("td[data-edit]", row).forEach((cell) => { cell.tabIndex = -1; });
      if (box) box.checked = on;
    }
    const shown = rows.filter((row) => this.everything || this.picked.has(row.dataset.id)).length, head = one("[data-pick-all]", this);
    if (head) { head.checked = shown > 0 && shown === rows.length; head.indeterminate = shown > 0 && shown < rows.length; }
    if (!this.bar) return;
    const count = this.everything ? total : this.picked.size, more = one("[data-pick-everything]", this.bar);
    this.bar.hidden = count === 0;
    one("[data-picked]", this.bar).textContent = this.everything ? text("pickedAll", { count: total.toLocaleString(document.documentElement.lang) }) : text("picked", { count });
    one("[name=ids]", this.bar).value = this.everything ? "" : [...this.picked].join(",");
    one("[name=all]", this.bar).value = this.everything ? "1" : "";
    all("[data-at-least]", this.bar).forEach((act) => { act.hidden = this.everything || count < act.dataset.atLeast || count > act.dataset.atMost; });
    more.hidden = this.everything || shown < rows.length || total <= rows.length;
    more.textContent = `${text("keyAll")} (${total.toLocaleString(document.documentElement.lang)})`;
  }

  go(row, focus = true) {
    if (!row) return;
    all("tr[data-here]", this).forEach((one) => { one.removeAttribute("data-here"); one.tabIndex = -1; });
    row.setAttribute("data-here", "");
    row.tabIndex = 0;
    if (focus) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: "nearest" }); }
    if (!one("#drawer")?.hidden) this.peek(row);
  }

  open(row) { if (row?.dataset.href) location.assign(row.dataset.href); }
  peek(row) { if (row?.dataset.peek) document.dispatchEvent(new CustomEvent("fedele:peek", { detail: { url: row.dataset.peek, id: row.dataset.id } })); }
}

customElements.define("data-grid", DataGrid);
