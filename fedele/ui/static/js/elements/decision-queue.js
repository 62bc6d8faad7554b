/* <decision-queue> around cards to decide ([data-group]): j and k go from one to the next, a digit presses the button with that
   data-key in the card one is at, Shift with a digit the button of the page. When a card goes, the next one is where one is. */
import { all, isTyping, one, speak } from "../core/page.js";

class DecisionQueue extends HTMLElement {
  connectedCallback() {
    this.at = 0;
    this.addEventListener("focusin", (event) => this.go(this.cards.indexOf(event.target.closest("[data-group]")), false));
    new MutationObserver(() => this.go(this.at, this.wasHere)).observe(this, { childList: true });
    this.go(0, false);
  }

  get cards() { return all("[data-group]", this); }

  /** To the card at this place, or to the last one there is. */
  go(at, focus = true) {
    const cards = this.cards;
    if (at < 0 || !cards.length) return;
    this.at = Math.min(at, cards.length - 1);
    cards.forEach((card, n) => card.toggleAttribute("data-here", n === this.at));
    if (!focus) return;
    const card = cards[this.at];
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    speak(one("h2", card)?.textContent ?? "");
  }

  press(key) {
    const button = one(`[data-key="${key}"]`, this.cards[this.at] ?? this);
    if (!button) return false;
    this.wasHere = true;
    button.click();
    return true;
  }

  key(key) {
    if (key === "j" || key === "k") { this.go(Math.max(0, this.at + (key === "j" ? 1 : -1))); return true; }
    return /^[1-9]$/.test(key) && this.press(key);
  }
}

document.addEventListener("fedele:key", (event) => {
  const queue = one("decision-queue"), { key, target } = event.detail;
  if (!queue || isTyping(target) || target.closest?.("dialog, [popover]")) return;
  if (queue.key(key)) event.preventDefault();
});
// Shift with a digit is another sign on every keyboard: the place of the key says which digit it is.
document.addEventListener("keydown", (event) => {
  const digit = event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey && /^Digit([1-9])$/.exec(event.code);
  if (!digit || !one("decision-queue") || isTyping(event.target) || document.body.dataset.singleKeys === "off" || one("dialog[open]")) return;
  const button = one(`[data-key="Shift+${digit[1]}"]`);
  if (button) { button.click(); event.preventDefault(); }
});

customElements.define("decision-queue", DecisionQueue);
