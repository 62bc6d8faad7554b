/* <board-lanes data-url>: cards move between lanes by pointer, touch (press 200 ms) and keys; one POST serves all:
   card, to (data-lane), position (from 0), version. Answer 200: fragments swapped out of band by their id (the two lane
   heads `lane-…`, the card `card-…`, totals); header HX-Trigger toast with undo. Header HX-Retarget or a dialog in the body
   (422: the stage asks for fields, 409: changed meanwhile): shown in the dialog, the card flies back.
   Lane: [data-lane data-title] > .cards > .deal [data-id data-version data-href data-peek].
   Keys on a card: arrows move the focus, Shift+arrows move the card, Space picks up and drops, Enter opens, o previews. */
import { all, one, send, speak, text } from "../core/page.js";

const PRESS = 200;
const laneOf = (card) => card.closest("[data-lane]");
const cardsOf = (lane) => all(".deal", lane);

class BoardLanes extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("focusin", (event) => this.rove(event.target.closest(".deal")));
    this.addEventListener("click", (event) => { if (this.dragged) { event.preventDefault(); event.stopPropagation(); } }, true);
    this.addEventListener("htmx:afterSettle", () => this.rove());
    this.rove();
    if (this.dataset.url) this.addEventListener("pointerenter", () => this.sortable(), { once: true });
    if (this.dataset.url) this.addEventListener("touchstart", () => this.sortable(), { once: true, passive: true });
  }

  async sortable() {
    if (this.sorting) return;
    this.sorting = true;
    const { default: Sortable } = await import("sortable");
    for (const cards of all(".cards", this)) {
      Sortable.create(cards, {
        group: this.dataset.url, animation: 120, delay: PRESS, delayOnTouchOnly: true, ghostClass: "ghost", draggable: ".deal",
        onStart: (event) => { this.dragged = true; this.origin = this.place(event.item); },
        onMove: (event) => this.over(laneOf(event.to)),
        onEnd: (event) => { this.over(null); setTimeout(() => { this.dragged = false; }); this.moved(event.item, this.origin); },
      });
    }
  }

  over(lane) { all("[data-lane]", this).forEach((one) => one.toggleAttribute("data-over", one === lane)); }

  place(card) { return { lane: laneOf(card), before: card.nextElementSibling, position: cardsOf(laneOf(card)).indexOf(card) }; }

  put(card, { lane, before }) { one(".cards", lane).insertBefore(card, before?.isConnected ? before : null); }

  async moved(card, origin) {
    const now = this.place(card);
    if (now.lane === origin.lane && now.position === origin.position) return;
    card.setAttribute("data-pending", "");
    const answer = await send(this.dataset.url, { data: { card: card.dataset.id, to: now.lane.dataset.lane, position: now.position, version: card.dataset.version } });
    card.removeAttribute("data-pending");
    if (answer.ok) this.swap(answer.body);
    else this.back(card, origin, answer);
  }

  /** Puts each top element of the answer in place of the one with its id. */
  swap(body) {
    const focused = document.activeElement?.closest(".deal")?.id;
    for (const fresh of new DOMParser().parseFromString(body, "text/html").body.children) {
      const old = fresh.id && document.getElementById(fresh.id);
      if (!old) continue;
      fresh.removeAttribute("hx-swap-oob");
      old.replaceWith(fresh);
      fresh.classList.add("flash");
      htmx.process(fresh);
    }
    this.rove(focused && document.getElementById(focused));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  back(card, origin, answer) {
    this.put(card, origin);
    speak(text("putBack", { card: card.ariaLabel, lane: origin.lane.dataset.title }));
    if (![403, 404, 409, 422].includes(answer.status) || !answer.body.trim()) return;
    one("#dialog-body").innerHTML = answer.body;
    htmx.process(one("#dialog-body"));
    one("#dialog").showModal();
  }

  /** One card of the board is in the tab order: the one last used. */
  rove(card) {
    const cards = all(".deal", this), chosen = card ?? cards.find((one) => one.tabIndex === 0) ?? cards[0];
    cards.forEach((one) => { one.tabIndex = one === chosen ? 0 : -1; });
  }

  key(event) {
    const card = event.target.closest(".deal"), step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!card) return;
    if (step && this.lifted === card) this.carry(card, ...step);
    else if (step && event.shiftKey) { const origin = this.place(card); if (this.carry(card, ...step)) this.moved(card, origin); }
    else if (step) this.walk(card, ...step);
    else if (event.key === " ") this.lifted ? this.drop(card) : this.lift(card);
    else if (event.key === "Escape" && this.lifted) this.putBack(card);
    else if (event.key === "Enter") location.assign(card.dataset.href);
    else if (event.key === "o" && card.dataset.peek) document.dispatchEvent(new CustomEvent("fedele:peek", { detail: { url: card.dataset.peek, id: card.dataset.id } }));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  neighbour(lane, step) { const lanes = all("[data-lane]", this); return lanes[lanes.indexOf(lane) + step]; }

  walk(card, along, down) {
    const cards = cardsOf(laneOf(card)), at = cards.indexOf(card);
    if (down) { cards[at + down]?.focus(); return; }
    let lane = this.neighbour(laneOf(card), along);
    while (lane && !cardsOf(lane).length) lane = this.neighbour(lane, along);
    if (lane) cardsOf(lane)[Math.min(at, cardsOf(lane).length - 1)].focus();
  }

  carry(card, along, down) {
    const lane = along ? this.neighbour(laneOf(card), along) : laneOf(card);
    if (!lane) return false;
    const others = cardsOf(lane).filter((one) => one !== card), at = along ? 0 : cardsOf(lane).indexOf(card) + down;
    if (at < 0 || at > others.length) return false;
    one(".cards", lane).insertBefore(card, others[at] ?? null);
    card.focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    speak(text("moved", { card: card.ariaLabel, lane: lane.dataset.title, position: at + 1, count: others.length + 1 }));
    return true;
  }

  lift(card) {
    this.lifted = card;
    this.origin = this.place(card);
    card.setAttribute("data-lifted", "");
    speak(text("lifted", { card: card.ariaLabel }));
  }

  lower() { this.lifted.removeAttribute("data-lifted"); this.lifted = null; }

  drop(card) {
    this.lower();
    speak(text("dropped", { card: card.ariaLabel, lane: laneOf(card).dataset.title }));
    this.moved(card, this.origin);
  }

  putBack(card) {
    this.lower();
    this.put(card, this.origin);
    card.focus();
    speak(text("putBack", { card: card.ariaLabel, lane: this.origin.lane.dataset.title }));
  }
}

customElements.define("board-lanes", BoardLanes);
