/* <today-blocks> around the blocks of Today (.today-block, each loaded by htmx from its own address by the event "renew").
   A block that heeds a changed record type (data-heeds, HX-Trigger "fedele:changed") is loaded anew. One that cannot be loaded
   says so in its place, with the words of <template data-failed>; [data-again] tries once more. */
import { all, on, one } from "../core/page.js";

class TodayBlocks extends HTMLElement {
  connectedCallback() {
    for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
      this.addEventListener(failure, (event) => { if (event.target.matches(".today-block")) this.failed(event.target); });
    }
    this.heed = (event) => all(`.today-block:is([data-heeds~="${CSS.escape(event.detail.type)}"], [data-heeds="*"])`, this).forEach((block) => htmx.trigger(block, "renew"));
    document.body.addEventListener("fedele:changed", this.heed);
  }

  disconnectedCallback() { document.body.removeEventListener("fedele:changed", this.heed); }

  failed(block) {
    block.removeAttribute("aria-busy");
    one(".body", block).replaceChildren(one("template[data-failed]", this).content.cloneNode(true));
  }
}

on("click", "[data-again]", (_event, button) => htmx.trigger(button.closest(".today-block"), "renew"));

customElements.define("today-blocks", TodayBlocks);
