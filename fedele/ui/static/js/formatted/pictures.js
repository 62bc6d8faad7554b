/* Pictures in a text: dropped, pasted or chosen with the button, each is brought to `data-pictures` at once and stands in the text
   by the address it is kept at. A form that is sent before all have arrived waits for them. */
import { send } from "../core/page.js";

const TAKEN = ["image/jpeg", "image/png", "image/webp", "image/gif"];

export class Pictures {
  constructor(place, library) {
    this.place = place;
    this.address = place.dataset.pictures ?? "";
    this.button = place.querySelector("[data-picture]");
    this.waiting = new Set();
    // What is called what by Trix itself is neither shown nor kept.
    library.config.attachments.preview.caption = { name: false, size: false };
    library.config.lang.remove = this.button?.dataset.remove ?? "";
  }

  begin(element, form) {
    this.element = element;
    this.kept().forEach((one) => this.name(one));
    this.place.addEventListener("trix-attachment-add", ({ attachment }) => this.added(attachment));
    this.button?.addEventListener("click", () => this.choose());
    form?.addEventListener("submit", (event) => this.wait(event, form), true);
  }

  takes(file) { return this.address !== "" && TAKEN.includes(file.type); }

  kept() { return this.element.editor.getDocument().getAttachments(); }

  isOurs(url) { return Boolean(this.address && url?.startsWith(this.address)); }

  /** Read out by its name. */
  name(attachment) {
    const url = attachment.getAttribute("url");
    if (this.isOurs(url) && !attachment.getAttribute("alt")) attachment.setAttributes({ alt: url.split("/").pop() });
  }

  /** Of elsewhere there is none: nothing is fetched because it was pasted. */
  added(attachment) {
    if (attachment.file) this.bring(attachment);
    else if (this.isOurs(attachment.getAttribute("url"))) this.name(attachment);
    else attachment.remove();
  }

  bring(attachment) {
    const data = new FormData();
    data.append("file", attachment.file);
    data.append("field", this.element.inputElement?.name ?? "");
    const brought = send(this.address, { data }).then(({ ok, body }) => {
      if (ok) attachment.setAttributes(JSON.parse(body));
      else attachment.remove();
    }).finally(() => this.waiting.delete(brought));
    this.waiting.add(brought);
  }

  choose() {
    const field = document.createElement("input");
    [field.type, field.accept, field.multiple] = ["file", TAKEN.join(), true];
    field.addEventListener("change", () => {
      this.element.focus();
      this.element.editor.insertFiles([...field.files]);
    });
    field.click();
  }

  wait(event, form) {
    if (!this.waiting.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // One frame more: the editor writes into its field what has come.
    Promise.all(this.waiting).then(() => setTimeout(() => form.requestSubmit(event.submitter), 50));
  }
}
