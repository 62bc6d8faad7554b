/* <lazy-blocks href="/companies/1/panel/">: the blocks of a page, fetched after it. Its <template> is what stands there when
   that fails; [data-again] in it tries once more. After "fedele:told" or "fedele:changed" the blocks are fetched anew; one
   in which somebody is typing, or has typed, or that says how files fare stays as it is. */
import { all, isTyping, one, send } from "../core/page.js";

const isDirty = (block) => one(".uploads > li", block) || block.contains(document.activeElement) && isTyping(document.activeElement)
  || all("input:not([type=hidden]), textarea", block).some((field) => field.type !== "checkbox" && field.value !== field.defaultValue);

class LazyBlocks extends HTMLElement {
  connectedCallback() {
    this.anew = () => this.refresh();
    for (const type of ["fedele:told", "fedele:changed"]) document.body.addEventListener(type, this.anew);
    this.addEventListener("click", (event) => { if (event.target.closest("[data-again]")) this.load(); });
    this.load();
  }

  disconnectedCallback() {
    for (const type of ["fedele:told", "fedele:changed"]) document.body.removeEventListener(type, this.anew);
  }

  async fetched() {
    const answer = await send(this.getAttribute("href"), { method: "GET" });
    if (!answer.ok) return null;
    const box = document.createElement("template");
    box.innerHTML = answer.body;
    return box.content;
  }

  async load() {
    this.setAttribute("aria-busy", "true");
    const found = await this.fetched();
    this.sorry ??= one("template", this);
    this.replaceChildren(found ?? this.sorry.content.cloneNode(true));
    this.removeAttribute("aria-busy");
    if (found) htmx.process(this);
    document.body.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: this } }));
  }

  async refresh() {
    const found = await this.fetched();
    if (!found) return;
    const fresh = new Map(all("[data-panel]", found).map((block) => [block.dataset.panel, block]));
    for (const block of all("[data-panel]", this)) {
      const next = fresh.get(block.dataset.panel);
      fresh.delete(block.dataset.panel);
      if (isDirty(block)) continue;
      if (next) block.replaceWith(next);
      else block.remove();
    }
    this.append(...fresh.values());
    htmx.process(this);
  }
}

customElements.define("lazy-blocks", LazyBlocks);
