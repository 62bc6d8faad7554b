/* <draft-keeper key="company:12:note"> around a form: what is typed is kept on this device at once and on the server
   800 ms after the last key (POST /drafts/ key, text = JSON of the fields). [data-draft-line] tells about it.
   <body data-drafts>: there are some on the server, worth asking. A draft is put back into fields that are as the server sent them. Sending the form forgets it;
   <form data-clears> is emptied after htmx has sent it; [data-forgets] inside lets go of what was typed. */
import { all, isTyping, one, send, text } from "../core/page.js";

const AFTER = 800;
const fields = (form) => [...form.elements].filter((field) => field.name && isTyping(field) && !["hidden", "password", "file"].includes(field.type) && field.name !== "csrfmiddlewaretoken");

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = one("form", this);
    if (!this.form || !this.key) return;
    this.first = this.values();
    this.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", () => { this.sent = this.values(); clearTimeout(this.timer); if (!this.form.hasAttribute("hx-post")) this.forget(); });
    this.addEventListener("htmx:afterRequest", (event) => { if (event.detail.elt === this.form && isTaken(event.detail.xhr)) this.done(); });
    this.addEventListener("click", (event) => { if (event.target.closest("[data-forgets]")) this.forget(); });
    this.restore();
  }

  get key() { return this.getAttribute("key"); }
  get place() { return `fedele:draft:${document.body.dataset.user}:${this.key}`; }
  values() { return Object.fromEntries(fields(this.form).map((field) => [field.name, field.value])); }
  say(words) { all("[data-draft-line]", this).forEach((line) => { line.textContent = words; }); }

  typed() {
    const now = this.values();
    const changed = Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== this.first[name]));
    this.keepHere(changed);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepThere(changed), AFTER);
  }

  keepHere(values) {
    try {
      if (Object.values(values).some(Boolean)) localStorage.setItem(this.place, JSON.stringify(values));
      else localStorage.removeItem(this.place);
    } catch { /* a full or forbidden store: the server's copy remains */ }
  }

  async keepThere(values) {
    const answer = await fetchDraft(this.key, values);
    this.say(answer.ok ? (answer.at ? text("draftSaved", { time: answer.at }) : "") : text("draftKept"));
  }

  async restore() {
    let here = {};
    try { here = JSON.parse(localStorage.getItem(this.place) || "{}"); } catch { /* unreadable: as if none */ }
    if (this.fill(here) || !("drafts" in document.body.dataset)) return;
    const reply = await fetch(`/drafts/?key=${encodeURIComponent(this.key)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!reply?.ok || reply.redirected) return;
    const { text: there, at } = await reply.json();
    this.fill(there, at);
  }

  fill(values, at = "") {
    const now = this.values();
    const open = Object.entries(values).filter(([name, value]) => name in now && now[name] === this.first[name] && value !== now[name]);
    for (const [name, value] of open) this.form.elements[name].value = value;
    if (open.length) {
      this.say(at ? text("draftRestored", { time: at }) : text("draftKept"));
      this.form.dispatchEvent(new Event("input", { bubbles: false }));
    }
    return open.length > 0;
  }

  forget() {
    this.keepHere({});
    clearTimeout(this.timer);
    send("/drafts/", { data: { key: this.key, text: "" }, keepalive: true });
    this.say("");
  }

  done() {
    this.forget();
    if (this.form.hasAttribute("data-clears")) { this.form.reset(); this.first = this.values(); }
  }
}

/** Only what the server has taken is forgotten. htmx calls an answer it shows a success, such as «not there any more», and says
    nothing of one that leads to another page. */
const isTaken = ({ status }) => status >= 200 && status < 400;

async function fetchDraft(key, values) {
  const answer = await send("/drafts/", { data: { key, text: JSON.stringify(values) } });
  return { ok: answer.ok, at: answer.ok ? JSON.parse(answer.body).at : "" };
}

customElements.define("draft-keeper", DraftKeeper);
