/* <combo-box data-name data-url [data-multiple] [data-create data-create-label]>: a field that asks the server while one
   types. GET {data-url}&q=… answers with pick_option() lines: [role=option] data-value data-label. One choice goes into the hidden
   input; several become chips. Emptying the field chooses nothing. data-create: a last line that opens that page in the
   dialog (?q=text). Tells "change" on the hidden input and "fedele:picked" on itself. */
import { all, glyph, one, send, text } from "../core/page.js";

const PAUSE = 150;

class ComboBox extends HTMLElement {
  connectedCallback() {
    this.field = one("[role=combobox]", this);
    this.list = one("[role=listbox]", this);
    this.hidden_ = one("input[type=hidden]", this);
    this.label = this.field.value;
    this.field.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.ask(), PAUSE); });
    this.field.addEventListener("focus", () => this.field.select());
    this.field.addEventListener("click", () => this.ask());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.left(), 150));
    this.list.addEventListener("pointerdown", (event) => { event.preventDefault(); this.choose(event.target.closest("[role=option]")); });
    this.addEventListener("click", (event) => this.drop(event));
  }

  get several() { return "multiple" in this.dataset; }
  get isOpen() { return !this.list.hidden; }
  get options() { return all("[role=option]", this.list); }
  get marked() { return one("[aria-selected=true]", this.list); }

  async ask() {
    const typed = this.field.value === this.label && !this.several ? "" : this.field.value;
    const mine = this.asked = (this.asked ?? 0) + 1;
    const answer = await send(`${this.dataset.url}${this.dataset.url.includes("?") ? "&" : "?"}q=${encodeURIComponent(typed)}`, { method: "GET" });
    if (mine !== this.asked || !answer.ok || document.activeElement !== this.field) return;
    this.list.innerHTML = answer.body;
    if (!this.options.length) { const none = document.createElement("p"); none.textContent = text("nothingFound"); this.list.append(none); }
    if (this.dataset.create && typed) this.list.append(this.creator(typed));
    this.options.forEach((option, n) => { option.id = `${this.list.id}-${n}`; });
    this.show(true);
    this.mark(this.options[0]);
  }

  creator(typed) {
    const line = document.createElement("div");
    line.setAttribute("role", "option");
    line.innerHTML = glyph("plus");
    line.append((this.dataset.createLabel ?? "").replace("{text}", typed));
    line.dataset.create = `${this.dataset.create}${this.dataset.create.includes("?") ? "&" : "?"}q=${encodeURIComponent(typed)}`;
    return line;
  }

  show(open) {
    this.list.hidden = !open;
    this.field.setAttribute("aria-expanded", open);
    if (!open) this.field.removeAttribute("aria-activedescendant");
  }

  mark(option) {
    this.options.forEach((other) => other.setAttribute("aria-selected", other === option));
    if (option) { this.field.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
  }

  key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && !this.isOpen) this.ask();
    else if (move) { const list = this.options; this.mark(list[(list.indexOf(this.marked) + move + list.length) % list.length]); }
    else if (event.key === "Enter" && this.isOpen && this.marked) { event.stopPropagation(); this.choose(this.marked); }
    else if (event.key === "Escape" && this.isOpen) { event.stopPropagation(); this.show(false); }
    else if (event.key === "Backspace" && this.several && !this.field.value) { all(".chip", this).pop()?.remove(); this.tell(); return; }
    else return;
    event.preventDefault();
  }

  choose(option) {
    if (!option) return;
    this.show(false);
    if (option.dataset.create) { htmx.ajax("GET", option.dataset.create, { target: "#dialog-body" }); return; }
    const { value, label } = option.dataset;
    if (this.several) { this.add(value, label); this.field.value = ""; }
    else { this.hidden_.value = value; this.field.value = this.label = label; }
    this.tell();
  }

  add(value, label) {
    if (all("input[type=hidden]", this).some((field) => field.value === value)) return;
    const chip = document.createElement("span");
    chip.className = "chip on";
    chip.append(label);
    chip.insertAdjacentHTML("beforeend", `<input type="hidden"><a href="#" role="button" data-drop>${glyph("x")}</a>`);
    Object.assign(one("input", chip), { name: this.dataset.name, value });
    one(".chosen", this).append(chip);
  }

  drop(event) {
    const cross = event.target.closest("[data-drop]");
    if (!cross) return;
    event.preventDefault();
    cross.closest(".chip").remove();
    this.tell();
  }

  /** Leaving without a choice: emptied means nothing, anything else means what it was before. */
  left() {
    this.show(false);
    if (this.several) { this.field.value = ""; return; }
    if (!this.field.value.trim() && this.hidden_.value) { this.hidden_.value = this.label = ""; this.tell(); }
    else this.field.value = this.label;
  }

  tell() {
    this.hidden_?.dispatchEvent(new Event("change", { bubbles: true }));
    this.dispatchEvent(new CustomEvent("fedele:picked", { bubbles: true }));
  }
}

customElements.define("combo-box", ComboBox);
