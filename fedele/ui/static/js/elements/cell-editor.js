/* Editing in place. Any element with data-edit="address" (a cell, a fact): click, Enter or F2 fetches its editor (GET: one
   form control, optionally in a <form>), Enter saves and goes down, Tab saves and goes on, Escape leaves.
   Saving posts the control's name and value and, if the row or form has data-version, `version`. The answer replaces the
   inside: 200 the shown value; 422 a message (as text): the value stays, with a red corner; 409 opens the conflict in the dialog.
   data-saving = pending | saved | refused for the look. Keys stay inside while editing. */
import { all, on, one, send } from "../core/page.js";

const SHOWN = 1000;
let open = null;

async function edit(cell) {
  if (open?.cell === cell || cell.dataset.saving === "pending") return;
  if (open) await save();
  const before = cell.innerHTML;
  const answer = await send(cell.dataset.edit, { method: "GET" });
  if (!answer.ok) return;
  cell.innerHTML = answer.body;
  cell.classList.add("editing");
  const control = one("input:not([type=hidden]), select, textarea", cell);
  if (!control) { cell.classList.remove("editing"); return; }
  open = { cell, before, control, was: valueOf(cell) };
  htmx.process(cell);
  control.focus();
  control.select?.();
}

const valueOf = (cell) => new URLSearchParams([...all("input, select, textarea", cell)].filter((field) => field.name && (field.type !== "checkbox" || field.checked)).map((field) => [field.name, field.value])).toString();

function leave() {
  const { cell, before } = open;
  open = null;
  cell.innerHTML = before;
  clear(cell);
  cell.focus();
}

function clear(cell) {
  cell.classList.remove("editing");
  one(".cell-error", cell)?.remove();
  delete cell.dataset.saving;
}

async function save() {
  const { cell, before, was } = open, now = valueOf(cell);
  if (now === was && cell.dataset.saving !== "refused") { leave(); return true; }
  const data = new FormData();
  new URLSearchParams(now).forEach((value, name) => data.append(name, value));
  const keeper = cell.closest("[data-version]");
  if (keeper && !data.has("version")) data.append("version", keeper.dataset.version);
  one(".cell-error", cell)?.remove();
  cell.dataset.saving = "pending";
  const answer = await send(cell.dataset.edit, { data });
  if (answer.ok) { saved(cell, answer, keeper); return true; }
  if (answer.status === 409) conflict(cell, before, answer.body);
  else refused(cell, answer);
  return false;
}

function saved(cell, answer, keeper) {
  open = null;
  cell.innerHTML = answer.body;
  clear(cell);
  const version = answer.headers.get("X-Version");
  if (version && keeper) keeper.dataset.version = version;
  cell.dataset.saving = "saved";
  setTimeout(() => { if (cell.dataset.saving === "saved") delete cell.dataset.saving; }, SHOWN);
}

function refused(cell, answer) {
  cell.dataset.saving = "refused";
  if (answer.status !== 422) return;
  const told = document.createElement("span");
  told.className = "cell-error";
  told.setAttribute("role", "alert");
  told.textContent = new DOMParser().parseFromString(answer.body, "text/html").body.textContent.trim();
  cell.append(told);
  open.control.setAttribute("aria-invalid", "true");
}

function conflict(cell, before, body) {
  open = null;
  cell.innerHTML = before;
  clear(cell);
  one("#dialog-body").innerHTML = body;
  htmx.process(one("#dialog-body"));
  one("#dialog").showModal();
}

function neighbour(cell, { down = 0, along = 0 }) {
  const row = cell.closest("tr");
  if (!row) { const facts = all("[data-edit]", cell.closest("dl") ?? document); return facts[facts.indexOf(cell) + (along || 0)]; }
  if (down) { let next = row.nextElementSibling; while (next && !next.dataset.id) next = next.nextElementSibling; return next?.cells[cell.cellIndex]; }
  const cells = all("tr[data-id] td[data-edit]", row.parentElement);
  return cells[cells.indexOf(cell) + along];
}

on("click", "[data-edit]", (event, cell) => { if (!event.target.closest("a[href], .editing, [data-pick]")) edit(cell); });
on("keydown", "[data-edit]", async (event, cell) => {
  if (open?.cell !== cell) {
    if (event.target === cell && ["Enter", "F2"].includes(event.key)) { event.preventDefault(); edit(cell); }
    return;
  }
  const box = event.target.closest("combo-box");
  if (event.key === "Escape") { event.preventDefault(); leave(); }
  else if (event.key === "Enter" && !event.shiftKey && !(box && box.isOpen)) { event.preventDefault(); if (await save()) { const next = neighbour(cell, { down: 1 }); (next?.dataset.edit ? next : cell).focus(); } }
  else if (event.key === "Tab") { const next = neighbour(cell, { along: event.shiftKey ? -1 : 1 }); if (next) { event.preventDefault(); if (await save()) edit(next); } }
});
on("change", ".editing select, .editing input[type=checkbox], .editing input[type=date]", () => { if (open && open.control.matches("select, [type=checkbox]")) save(); });
on("fedele:picked", ".editing combo-box", () => { if (open) save(); });
document.addEventListener("pointerdown", (event) => { if (open && !open.cell.contains(event.target)) save(); });
