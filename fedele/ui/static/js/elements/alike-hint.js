/* <alike-hint data-url> inside a form: 500 ms after something was typed in it the server is asked which stored records it is
   like, and what it answers stands here. Never in the way: a slow or failed answer leaves everything as it was. */
import { one, send } from "../core/page.js";

const PAUSE = 500;

class AlikeHint extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.typed = (event) => { if (event.target.matches("input:not([type=checkbox], [type=radio], [type=file])")) this.wait(); };
    this.form?.addEventListener("input", this.typed);
    this.form?.addEventListener("change", this.typed);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.form?.removeEventListener("input", this.typed);
    this.form?.removeEventListener("change", this.typed);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const data = new FormData(this.form), asked = new URLSearchParams(data).toString();
    if (asked === this.asked) return;
    this.asked = asked;
    const answer = await send(this.dataset.url, { data });
    if (!answer.ok || asked !== this.asked || !this.isConnected) return;
    const before = one("p", this)?.textContent ?? "";
    if (answer.body.trim() !== this.innerHTML.trim()) this.innerHTML = answer.body;
    if (one("p", this) && one("p", this).textContent !== before) this.setAttribute("data-fresh", "");
  }
}

customElements.define("alike-hint", AlikeHint);
