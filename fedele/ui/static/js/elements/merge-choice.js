/* <merge-choice> around records side by side: shows beside each field what comes of the choice, and takes a whole column at once.
   A row is a .side with radios, the text of each in [data-text], and [data-result]. Without this the choice itself says it. */
import { all, one, on } from "../core/page.js";

class MergeChoice extends HTMLElement {
  connectedCallback() { this.addEventListener("change", (event) => this.show(event.target.closest(".side"))); }

  show(row) {
    const result = row && one("[data-result]", row), chosen = row && one("input:checked", row);
    if (!result || !chosen) return;
    const texts = all("[data-text]", row).map((part) => part.textContent);
    result.textContent = chosen.value === "both"
      ? [...new Set(texts)].filter((part) => part !== "–").join("\n\n")
      : one("[data-text]", chosen.closest("label"))?.textContent ?? "";
  }

  takeAll(from) {
    for (const row of all(".side", this)) {
      const radio = all("input[type=radio]", row).find((input) => input.value === from);
      if (radio) { radio.checked = true; this.show(row); }
    }
  }
}

on("click", "merge-choice [data-all-from]", (_event, act) => act.closest("merge-choice").takeAll(act.dataset.allFrom));

customElements.define("merge-choice", MergeChoice);
