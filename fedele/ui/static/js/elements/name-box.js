/* <name-box data-url="…/people/"> around a textarea: after @ and the beginning of a name it offers whom one may call.
   ↑ ↓ choose, Enter or Tab puts the name into the text, Escape closes. Without it a name is typed in full. */
import { all, one } from "../core/page.js";

const CALL = /(?:^|[^\p{L}\p{N}.@/])@([\p{L}\p{N}' ’-]{0,30})$/u, PAUSE = 120;
let count = 0;

class NameBox extends HTMLElement {
  connectedCallback() {
    this.area = one("textarea", this);
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `names-${++count}`, className: "name-list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "@");
    this.append(this.list);
    this.area.setAttribute("aria-autocomplete", "list");
    this.area.setAttribute("aria-controls", this.list.id);
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (event) => this.pressed(event));
    this.area.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      event.preventDefault();
      if (option) this.take(option);
    });
  }

  get call() { return CALL.exec(this.area.value.slice(0, this.area.selectionStart))?.[1]; }
  get chosen() { return one("[aria-selected=true]", this.list); }

  typed() {
    clearTimeout(this.timer);
    const asked = this.call;
    if (asked === undefined) this.close();
    else this.timer = setTimeout(() => this.offer(asked), PAUSE);
  }

  async offer(asked) {
    const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(asked)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || answer.redirected || this.call !== asked) return;
    this.list.innerHTML = await answer.text();
    this.list.hidden = !this.list.childElementCount;
    this.mark(this.chosen);
  }

  mark(option) {
    all("[role=option]", this.list).forEach((one) => one.setAttribute("aria-selected", one === option));
    if (option && !this.list.hidden) this.area.setAttribute("aria-activedescendant", option.id);
    else this.area.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const options = all("[role=option]", this.list);
    if (step) this.mark(options[(options.indexOf(this.chosen) + step + options.length) % options.length]);
    else if (["Enter", "Tab"].includes(event.key) && !event.ctrlKey && !event.metaKey && this.chosen) this.take(this.chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(option) {
    const end = this.area.selectionStart, start = end - this.call.length;
    this.area.setRangeText(`${option.dataset.name} `, start, end, "end");
    this.close();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.list.replaceChildren();
    this.area.removeAttribute("aria-activedescendant");
  }
}

customElements.define("name-box", NameBox);
