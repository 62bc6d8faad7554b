/* Lays Trix over the text areas of a <formatted-text>. What is typed goes into the area for HTML, which is then the field.
   Pictures dropped or pasted stand in the text, other files go to the form's field for files. In the toolbar arrows move, Enter presses, Escape goes back. */
import { Pictures } from "./pictures.js";

const SOON = 50;
const HANDED = ["aria-invalid", "aria-describedby", "autofocus", "placeholder"];

function asHtml(text) {
  const lines = document.createElement("div");
  lines.innerText = text;
  return lines.outerHTML;
}

/** Pictures stay where they are: nothing is fetched from elsewhere because it was pasted. */
function withoutPictures(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll("img, picture, video, audio, svg, object, iframe").forEach((one) => one.remove());
  return page.body.innerHTML;
}

export class Editor {
  constructor(place, library) {
    this.place = place;
    this.pictures = new Pictures(place, library);
    [this.plain, this.area] = place.querySelectorAll("textarea");
    this.tools = place.querySelector("trix-toolbar");
    this.buttons = [...this.tools.querySelectorAll("[data-trix-attribute], [data-picture]")];
    this.link = this.tools.querySelector("input");
    this.form = this.area.form;
  }

  begin() {
    const { plain, area, tools } = this, keeper = this.place.closest("draft-keeper");
    const isHere = document.activeElement === plain, isAsSent = keeper?.first?.[area.name] === area.value;
    if (plain.value !== plain.defaultValue) area.value = asHtml(plain.value);
    [area.disabled, plain.disabled, plain.hidden, tools.hidden] = [false, true, true, false];
    this.place.append(this.made());
    this.pictures.begin(this.element, this.form);
    this.said = area.value;
    // The same in the editor's own writing is not yet something typed.
    if (isAsSent) keeper.first[area.name] = area.value;
    this.listen();
    if (isHere) requestAnimationFrame(() => this.element.focus());
  }

  made() {
    const element = this.element = document.createElement("trix-editor");
    element.setAttribute("aria-label", this.plain.labels[0]?.firstChild.textContent.trim() ?? "");
    element.setAttribute("aria-multiline", "true");
    for (const name of HANDED.filter((one) => this.plain.hasAttribute(one))) {
      element.setAttribute(name, this.plain.getAttribute(name));
      this.plain.removeAttribute(name);
    }
    [element.className, element.id] = ["input", this.plain.id];
    this.plain.removeAttribute("id");
    element.setAttribute("input", this.area.id);
    element.setAttribute("toolbar", this.tools.id);
    return element;
  }

  listen() {
    const { place, tools, form } = this;
    place.addEventListener("trix-change", () => this.changed());
    place.addEventListener("trix-attributes-change", () => this.buttons.forEach((one) => one.dataset.trixAttribute && one.setAttribute("aria-pressed", one.hasAttribute("data-trix-active"))));
    place.addEventListener("trix-file-accept", (event) => {
      if (this.pictures.takes(event.file)) return;
      event.preventDefault();
      this.attach(event.file);
    });
    place.addEventListener("trix-before-paste", ({ paste }) => { if (paste.html) paste.html = withoutPictures(paste.html); });
    tools.addEventListener("keydown", (event) => this.key(event), true);
    tools.addEventListener("click", (event) => this.pressed(event), true);
    this.element.addEventListener("keydown", (event) => { if (event.key === "Tab") this.flush(); }, true);
    form?.addEventListener("submit", () => this.flush(), true);
    // A draft was put back.
    form?.addEventListener("input", (event) => {
      if (event.target !== form || this.area.value === this.said) return;
      this.said = this.area.value;
      this.element.editor.loadHTML(this.said);
    });
  }

  /** Trix draws with the next frame: the last letters before Ctrl+Enter are not yet in the field, before Tab not yet in place. */
  flush() {
    const { editorController } = this.element;
    editorController.inputController.render?.();
    editorController.updateInputElement();
  }

  changed() {
    if (this.area.value === this.said) return;
    this.said = this.area.value;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Trix hears the mouse only, and looks where the text was left; a button pressed by key sends a click without one. */
  pressed(event) {
    const button = event.target.closest("button");
    if (button?.dataset.trixMethod === "setAttribute") this.complete();
    if (!button?.dataset.trixAttribute || event.detail) return;
    const isLink = button.dataset.trixAttribute === "href", press = () => button.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
    if (!isLink) press();
    this.element.focus();
    // Once it has noticed that it is looked at again: it closes what is open then.
    if (isLink) setTimeout(() => { press(); this.link.focus(); }, SOON);
  }

  key(event) {
    const at = this.buttons.indexOf(event.target), step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter" && event.target === this.link) this.complete();
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      this.element.editorController.toolbarController.hideDialog();
      this.element.focus();
    } else if (at >= 0 && step) {
      event.preventDefault();
      const next = this.buttons.at((at + step) % this.buttons.length);
      this.buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
      next.focus();
    }
  }

  /** «www.example.com» and «anna@example.com» are addresses, too. One goes on writing behind the link. */
  complete() {
    const typed = this.link.value.trim(), { editor } = this.element;
    if (!typed) return;
    if (!/^[a-z]+:/i.test(typed)) this.link.value = typed.includes("@") ? `mailto:${typed}` : `https://${typed}`;
    const [from, to] = editor.getSelectedRange(), behind = from === to ? from + this.link.value.length : to;
    setTimeout(() => editor.setSelectedRange(behind));
  }

  attach(file) {
    const field = this.form?.querySelector("input[type=file][multiple]");
    if (!field) return;
    const files = new DataTransfer();
    [...field.files, file].forEach((one) => files.items.add(one));
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
