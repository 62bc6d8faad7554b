/* The command palette (Ctrl/⌘ K): a dialog whose list the server renders. GET {data-url}?q=…&here=path answers with
   macros of components/palette.html: [role=option] with data-href; data-method="post" posts it; "dialog" opens it in
   the dialog; data-actions: key → asks there for the next step, Backspace in an empty field goes back.
   Enter opens, Ctrl+Enter in a new tab; the first line is always chosen. */
import { all, on, one, send } from "../core/page.js";

const PAUSE = 120;
const box = one("#palette");
let timer = 0, asked = 0, answered = "", steps = [];

const field = () => one("input", box);
const options = () => all("[role=option]", box);
const chosen = () => one("[aria-selected=true]", box);

function open() {
  steps = [];
  field().value = "";
  if (!box.open) box.showModal();
  load();
}

function question() {
  const base = steps.at(-1) ?? box.dataset.url;
  return `${base}${base.includes("?") ? "&" : "?"}${new URLSearchParams({ q: field().value, here: location.pathname })}`;
}

async function load() {
  const mine = ++asked, url = question();
  const answer = await send(url, { method: "GET" });
  if (mine !== asked) return;
  answered = answer.ok ? url : "";
  one("#palette-list").innerHTML = answer.ok ? answer.body : "";
  options().forEach((option, n) => { option.id = `palette-${n}`; });
  choose(options()[0]);
}

function choose(option) {
  options().forEach((other) => other.setAttribute("aria-selected", other === option));
  if (option) field().setAttribute("aria-activedescendant", option.id);
  else field().removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

async function follow(option, aside = false) {
  if (!option) return;
  const { href, method } = option.dataset;
  if (aside) { window.open(href, "_blank", "noopener"); return; }
  box.close();
  if (method === "dialog") htmx.ajax("GET", href, { target: "#dialog-body" });
  else if (method === "post") {
    const answer = await send(href);
    if (answer.ok && !answer.headers.has("HX-Redirect") && !answer.headers.has("HX-Trigger")) location.reload();
  } else location.assign(href);
}

/** Who types a name and presses Enter at once means that name, not a line that stood there before. */
async function enter(aside) {
  clearTimeout(timer);
  if (answered !== question()) await load();
  if (box.open && answered === question()) follow(chosen(), aside);
}

function step(option) {
  if (!option?.dataset.actions) return false;
  steps.push(option.dataset.actions);
  field().value = "";
  load();
  return true;
}

function down(event) {
  const list = options(), at = list.indexOf(chosen());
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (move) choose(list[(at + move + list.length) % list.length]);
  else if (event.key === "Enter") enter(event.ctrlKey || event.metaKey);
  else if (event.key === "ArrowRight" && field().selectionStart === field().value.length && step(chosen())) { /* next step */ }
  else if (event.key === "Backspace" && !field().value && steps.length) { steps.pop(); load(); }
  else return;
  event.preventDefault();
}

if (box) {
  field().addEventListener("keydown", down);
  field().addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(load, PAUSE); });
  on("click", "#palette [role=option]", (event, option) => follow(option, event.ctrlKey || event.metaKey));
  on("click", "[data-open-palette]", (event) => { event.preventDefault(); open(); });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || event.shiftKey) return;
    event.preventDefault();
    box.open ? box.close() : open();
  });
}
