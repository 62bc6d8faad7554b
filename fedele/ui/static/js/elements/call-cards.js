/* <call-cards>, once in the shell: when "fedele:live:calls" names other calls than those shown, it fetches their cards. They stand in
   the corner, are read out once by a polite region of their own, and never take the focus; Shift+O opens the first. */
import { all, send } from "../core/page.js";

class CallCards extends HTMLElement {
  connectedCallback() {
    this.shown = "[]";
    this.heard = ({ detail }) => this.show(JSON.stringify(detail.calls));
    document.addEventListener("fedele:live:calls", this.heard);
  }

  disconnectedCallback() { document.removeEventListener("fedele:live:calls", this.heard); }

  async show(calls) {
    if (calls === this.shown) return;
    const answer = calls === "[]" ? { ok: true, body: "" } : await send("/calls/ringing/", { method: "GET" });
    if (!answer.ok) return;
    this.shown = calls;
    this.innerHTML = answer.body;
    all("[data-call]", this).forEach((card) => htmx.process(card));
  }
}

customElements.define("call-cards", CallCards);
