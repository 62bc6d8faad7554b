/* <board-lanes data-url>: cards move between lanes by pointer, touch (press 200 ms) and keys; one POST serves all:
   card, to (data-lane), position (from 0), version. Answer 200: fragments swapped out of band by their id (the two lane
   heads `lane-…`, the card `card-…`, totals); header HX-Trigger toast with undo. Header HX-Retarget or a dialog in the body
   (422: the stage asks for fields, 409: changed meanwhile): shown in the dialog, the card flies back.
   Lane: [data-lane data-title] > .cards > .deal [data-id data-version data-href data-peek].
   Fields #board-query and #board-group go with every move. [data-drop-bar] shows while one drags: a card dropped on its
   [data-drop="/…/{id}/…"] goes back, and that address is opened in the dialog. HX-Trigger "fedele:changed" {id} reads the
   board anew. Keys on a card: see board-keys.js. */
import { all, one, send, speak, text } from "../core/page.js";

const PRESS = 200;
const laneOf = (card) => card.closest("[data-lane]");
const cardsOf = (lane) => all(".deal", lane);

class BoardLanes extends HTMLElement {
  connectedCallback() {
    this.addEventListener("focusin", (event) => this.rove(event.target.closest(".deal")));
    this.addEventListener("click", (event) => { if (this.dragged) { event.preventDefault(); event.stopPropagation(); } }, true);
    this.addEventListener("htmx:afterSettle", () => this.rove());
    this.rove();
    this.renew = (event) => this.changed(event.detail);
    document.body.addEventListener("fedele:changed", this.renew);
    if (this.dataset.url) this.addEventListener("pointerenter", () => this.sortable(), { once: true });
    if (this.dataset.url) this.addEventListener("touchstart", () => this.sortable(), { once: true, passive: true });
  }

  disconnectedCallback() { document.body.removeEventListener("fedele:changed", this.renew); }

  changed({ id }) {
    if (document.getElementById(`card-${id}`)) htmx.ajax("GET", location.href, { target: "board-lanes", select: "board-lanes", swap: "outerHTML" });
  }

  async sortable() {
    if (this.sorting) return;
    this.sorting = true;
    const { default: Sortable } = await import("sortable");
    const options = {
      group: this.dataset.url, animation: 120, delay: PRESS, delayOnTouchOnly: true, ghostClass: "ghost", draggable: ".deal",
      onStart: (event) => { this.dragged = true; this.origin = this.place(event.item); this.dropBar(true); },
      onMove: (event) => this.over(laneOf(event.to)),
      onEnd: (event) => this.ended(event),
    };
    for (const target of [...all(".cards", this), ...all("[data-drop-bar] [data-drop]")]) Sortable.create(target, options);
    this.toggleAttribute("data-draggable", true);
  }

  dropBar(shown) { all("[data-drop-bar]").forEach((bar) => { bar.hidden = !shown; }); }

  ended({ item, to }) {
    this.over(null);
    this.dropBar(false);
    setTimeout(() => { this.dragged = false; });
    if (!to.dataset.drop) { this.moved(item, this.origin); return; }
    this.put(item, this.origin);
    htmx.ajax("GET", to.dataset.drop.replace("{id}", item.dataset.id), { target: "#dialog-body" });
  }

  over(lane) { all("[data-lane]", this).forEach((one) => one.toggleAttribute("data-over", one === lane)); }

  place(card) { return { lane: laneOf(card), before: card.nextElementSibling, position: cardsOf(laneOf(card)).indexOf(card) }; }

  put(card, { lane, before }) { one(".cards", lane).insertBefore(card, before?.isConnected ? before : null); }

  async moved(card, origin) {
    const now = this.place(card);
    if (now.lane === origin.lane && now.position === origin.position) return;
    card.setAttribute("data-pending", "");
    const shown = Object.fromEntries(all("#board-query, #board-group").map((field) => [field.name, field.value]));
    const data = { ...shown, card: card.dataset.id, to: now.lane.dataset.lane, position: now.position, version: card.dataset.version };
    const answer = await send(this.dataset.url, { data });
    card.removeAttribute("data-pending");
    if (answer.ok) this.swap(answer.body);
    else this.back(card, origin, answer);
  }

  /** Puts each top element of the answer in place of the one with its id. */
  swap(body) {
    const focused = document.activeElement?.closest(".deal")?.id;
    for (const fresh of [...new DOMParser().parseFromString(body, "text/html").body.children]) {
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
}

customElements.define("board-lanes", BoardLanes);
