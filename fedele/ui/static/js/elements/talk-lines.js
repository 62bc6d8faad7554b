/* <talk-lines data-url="/conversations/company/12/lines/" data-place="company:12"> around the <ol> of a conversation: shows its end,
   adds what was said meanwhile (after "fedele:told", and when "fedele:live:talk" names its place), [data-earlier] puts
   older messages on top. [data-answer] chooses the message one answers, in the form of the same section.
   What is written is never touched. Elsewhere on a record's page news make it tell its story anew. The count in the menu is kept. */
import { all, on, one, send } from "../core/page.js";

class TalkLines extends HTMLElement {
  connectedCallback() {
    this.list = one("ol", this);
    this.heard = (event) => { if (event.type === "fedele:told" || event.detail.here > this.last) this.fetch({ after: this.last }); };
    document.addEventListener("fedele:told", this.heard);
    document.addEventListener("fedele:live:talk", this.heard);
    one("[data-earlier]", this)?.addEventListener("click", (event) => this.earlier(event.currentTarget));
    this.scrollTop = this.scrollHeight;
  }

  disconnectedCallback() {
    for (const name of ["fedele:told", "fedele:live:talk"]) document.removeEventListener(name, this.heard);
  }

  get last() { return Number(this.list.lastElementChild?.dataset.id ?? 0); }

  async fetch(asked) {
    const answer = await send(`${this.dataset.url}?${new URLSearchParams(asked)}`, { method: "GET" });
    if (!answer.ok) return 0;
    const box = document.createElement("template");
    box.innerHTML = answer.body;
    const fresh = all("li", box.content).filter((line) => !document.getElementById(line.id));
    if (asked.before) this.list.prepend(...fresh);
    else this.list.append(...fresh);
    fresh.forEach((line) => htmx.process(line));
    one("[data-nothing]", this)?.remove();
    if (!asked.before && fresh.length) this.scrollTop = this.scrollHeight;
    return fresh.length;
  }

  async earlier(button) {
    const height = this.scrollHeight;
    const count = await this.fetch({ before: this.list.firstElementChild?.dataset.id ?? 0 });
    this.scrollTop += this.scrollHeight - height;
    if (!count) button.remove();
  }
}

function answering(form, pk, who) {
  const line = one("[data-answering]", form);
  form.elements.answers.value = pk;
  line.hidden = !pk;
  one("span", line).textContent = who;
  one("textarea", form).focus();
}

on("click", "[data-answer]", (_event, button) => answering(one(".talk-form", button.closest("section")), button.dataset.answer, `${button.getAttribute("aria-label")}: ${button.dataset.who}`));
on("click", "[data-answer-none]", (_event, button) => answering(button.closest("form"), "", ""));
on("reset", ".talk-form", (_event, form) => { answering(form, "", ""); one(".wrong", form).textContent = ""; one("[data-named]", form).textContent = ""; });
on("input", ".talk-form", (_event, form) => { one(".wrong", form).textContent = ""; });
on("change", "[data-names]", (_event, field) => { one("[data-named]", field.form).textContent = [...field.files].map((file) => file.name).join(", "); });
document.addEventListener("fedele:live:talk", ({ detail }) => {
  const entry = one('.rail a[href="/conversations/"]');
  if (entry) one("em", entry)?.remove();
  if (entry && detail.unread) entry.appendChild(document.createElement("em")).textContent = detail.unread;
  if (detail.fresh) document.body.dispatchEvent(new CustomEvent("fedele:talked"));
  if (detail.here && !one("talk-lines")) document.body.dispatchEvent(new CustomEvent("fedele:told"));
});

customElements.define("talk-lines", TalkLines);
