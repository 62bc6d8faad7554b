/* <record-composer>: several forms in one place, one of them open. [data-tab="call"] opens [data-part="call"], which is
   fetched once from the address of its tab; what was typed in another stays there. After "fedele:told" (a form was sent
   well, see records/page/answering.py) that form is gone and the note is back. Without this element a tab is a link.
   [data-compose="call"] anywhere on the page opens it, too. */
import { all, on, one } from "../core/page.js";

class RecordComposer extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-tab]");
      if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open(tab.dataset.tab);
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.shown === "note") return;
      event.preventDefault();
      this.open("note");
    });
    // What else the answer says, the toast and its Undo, is said to the form: it goes when it has heard everything.
    this.addEventListener("fedele:told", ({ target }) => queueMicrotask(() => this.finish(target)));
  }

  get shown() { return one("[data-part]:not([hidden])", this).dataset.part; }
  part(name) { return one(`[data-part="${name}"]`, this); }

  async open(name, address) {
    const part = this.part(name), tab = one(`nav [data-tab="${name}"]`, this);
    if (!part.childElementCount) await htmx.ajax("GET", address ?? tab.href, { source: tab, target: part, swap: "innerHTML" });
    // Not answered: the tab is still the link it was.
    if (!part.childElementCount) return;
    this.show(name);
    // On a phone the story is one of several parts of the page.
    if (!this.offsetParent) location.hash = "story";
    (one("[autofocus]", part) ?? one("input:not([type=hidden]), select, textarea", part))?.focus();
  }

  show(name) {
    all("[data-part]", this).forEach((one) => { one.hidden = one.dataset.part !== name; });
    all("nav [data-tab]", this).forEach((one) => {
      one.classList.toggle("on", one.dataset.tab === name);
      one.setAttribute("aria-pressed", one.dataset.tab === name);
    });
    all("[data-for]", this).forEach((one) => { one.hidden = one.dataset.for !== name; });
  }

  finish(form) {
    const part = form.closest("[data-part]");
    if (!part || part.dataset.part === "note") return;
    part.replaceChildren();
    this.show("note");
    one("nav [data-tab=note]", this)?.focus();
  }
}

customElements.define("record-composer", RecordComposer);
on("click", "[data-compose]", (event, button) => {
  const composer = one("main record-composer");
  if (!composer || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  composer.open(button.dataset.compose, button.hash ? undefined : button.href);
});
