/* The board by keyboard, with spoken announcements. On a card (.deal): arrows move the focus, Shift+arrows move the card,
   Space picks it up and drops it, Escape puts it back, Enter opens, o previews. What is sent is board-lanes.js's. */
import { all, on, one, speak, text } from "../core/page.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const laneAt = (card) => card.closest("[data-lane]");
const cardsIn = (lane) => all(".deal", lane);
let lifted = null, origin = null;

function neighbour(lane, step) {
  const lanes = all("[data-lane]", lane.parentElement);
  return lanes[lanes.indexOf(lane) + step];
}

function walk(card, along, down) {
  const cards = cardsIn(laneAt(card)), at = cards.indexOf(card);
  if (down) { cards[at + down]?.focus(); return; }
  let lane = neighbour(laneAt(card), along);
  while (lane && !cardsIn(lane).length) lane = neighbour(lane, along);
  if (lane) cardsIn(lane)[Math.min(at, cardsIn(lane).length - 1)].focus();
}

function carry(card, along, down) {
  const lane = along ? neighbour(laneAt(card), along) : laneAt(card);
  if (!lane) return false;
  const others = cardsIn(lane).filter((other) => other !== card), at = along ? 0 : cardsIn(lane).indexOf(card) + down;
  if (at < 0 || at > others.length) return false;
  one(".cards", lane).insertBefore(card, others[at] ?? null);
  card.focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  speak(text("moved", { card: card.ariaLabel, lane: lane.dataset.title, position: at + 1, count: others.length + 1 }));
  return true;
}

function lift(card, board) {
  lifted = card;
  origin = board.place(card);
  card.setAttribute("data-lifted", "");
  speak(text("lifted", { card: card.ariaLabel }));
}

function lower() {
  lifted.removeAttribute("data-lifted");
  lifted = null;
}

function drop(card, board) {
  lower();
  speak(text("dropped", { card: card.ariaLabel, lane: laneAt(card).dataset.title }));
  board.moved(card, origin);
}

function putBack(card, board) {
  lower();
  board.put(card, origin);
  card.focus();
  speak(text("putBack", { card: card.ariaLabel, lane: origin.lane.dataset.title }));
}

function peek(card) {
  if (card.dataset.peek) document.dispatchEvent(new CustomEvent("fedele:peek", { detail: { url: card.dataset.peek, id: card.dataset.id } }));
}

on("keydown", "board-lanes .deal", (event, card) => {
  const board = card.closest("board-lanes"), step = STEPS[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (step && lifted === card) carry(card, ...step);
  else if (step && event.shiftKey && board.dataset.url) { const from = board.place(card); if (carry(card, ...step)) board.moved(card, from); }
  else if (step) walk(card, ...step);
  else if (event.key === " " && board.dataset.url) lifted ? drop(card, board) : lift(card, board);
  else if (event.key === "Escape" && lifted) putBack(card, board);
  else if (event.key === "Enter") location.assign(card.dataset.href);
  else if (event.key === "o") peek(card);
  else return;
  event.preventDefault();
}, true);
