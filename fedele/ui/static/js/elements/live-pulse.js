/* <live-pulse since="2026-11-29T10:00:00+00:00" here="company:12">, once in the shell: while the page is visible it asks /live/
   every five seconds what is new and tells each answer as "fedele:live:<name>" on the document, the answer as its detail.
   `here` and whether the reader is typing into something of <main> go along, for whoever has the same record open.
   "fedele:pulse" on the document asks at once. Without a connection it asks ever more seldom; signed out, not any more. */
import { isTyping, one } from "../core/page.js";

const EVERY = 5000, SELDOM = 60000, STILL = 8000;

class LivePulse extends HTMLElement {
  connectedCallback() {
    this.since = this.getAttribute("since");
    this.pause = EVERY;
    this.stop = new AbortController();
    const heard = { signal: this.stop.signal };
    document.addEventListener("visibilitychange", () => this.again(0), heard);
    document.addEventListener("fedele:pulse", () => this.again(0), heard);
    document.addEventListener("input", (event) => { if (isTyping(event.target) && one("#main")?.contains(event.target)) this.writes(); }, heard);
    this.again();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.stop.abort();
  }

  again(after = this.pause) {
    clearTimeout(this.timer);
    if (!document.hidden && !this.stop.signal.aborted) this.timer = setTimeout(() => this.ask(), after);
  }

  get isWriting() { return Date.now() - (this.typed ?? 0) < STILL; }

  /** That somebody begins to write the others hear at once. */
  writes() {
    if (!this.isWriting && this.getAttribute("here")) this.again(0);
    this.typed = Date.now();
  }

  address() {
    const asked = new URLSearchParams({ since: this.since });
    if (this.getAttribute("here")) asked.set("here", this.getAttribute("here"));
    if (this.isWriting) asked.set("writing", "1");
    return `/live/?${asked}`;
  }

  async ask() {
    const headers = { "HX-Request": "true", ...(this.tag ? { "If-None-Match": this.tag } : {}) };
    const answer = await fetch(this.address(), { headers, signal: this.stop.signal }).catch(() => null);
    if (this.stop.signal.aborted || answer?.redirected) return;
    this.pause = answer && answer.status < 500 ? EVERY : Math.min(this.pause * 2, SELDOM);
    if (answer?.status === 200) await this.tell(answer);
    this.again();
  }

  async tell(answer) {
    const { at, news } = await answer.json();
    this.since = at;
    this.tag = answer.headers.get("ETag");
    for (const [name, detail] of Object.entries(news)) document.dispatchEvent(new CustomEvent(`fedele:live:${name}`, { detail }));
  }
}

customElements.define("live-pulse", LivePulse);
