/* Around the rows of an import. When a cell was put right ("fedele:judged"), what is in #checked is read anew: the row may
   be of another kind now, and the counters change. The cell one is in keeps the focus. */
import { all, one } from "../core/page.js";

class ImportGrid extends HTMLElement {
  connectedCallback() {
    this.look = () => { setTimeout(() => this.again(), 0); };
    document.body.addEventListener("fedele:judged", this.look);
  }

  disconnectedCallback() { document.body.removeEventListener("fedele:judged", this.look); }

  async again() {
    const here = document.activeElement?.closest("[data-edit]")?.dataset.edit;
    const row = one("tr[data-here]", this)?.dataset.id;
    await htmx.ajax("GET", location.href, { target: "#checked", select: "#checked", swap: "outerHTML" });
    const grid = one("data-grid", this);
    if (row && grid) grid.go(one(`tr[data-id="${CSS.escape(row)}"]`, grid), false);
    all("[data-edit]", this).find((cell) => cell.dataset.edit === here)?.focus();
  }
}

customElements.define("import-grid", ImportGrid);

/* Alt and an arrow go to the step behind or before: [data-step=next], [data-step=back]. */
document.addEventListener("keydown", (event) => {
  const step = event.altKey && { ArrowRight: "next", ArrowLeft: "back" }[event.key];
  const way = step && one(`[data-step="${step}"]`);
  if (!way) return;
  event.preventDefault();
  way.click();
});
