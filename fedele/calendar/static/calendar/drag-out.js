/* The page on which work is handed out: the rows chosen in the grid go along when a colleague is pressed, or when a row is dropped
   on one. tr[data-id][draggable], li[data-owner] with a submit button, input[name=ids]. Loaded by that page alone. */
const form = document.querySelector(".distribute"), ids = form.elements.namedItem("ids");
const chosen = () => [...form.querySelectorAll("[data-pick]:checked")].map((box) => box.value);
const here = () => form.querySelector("tr[data-here]")?.dataset.id;
const over = (target) => form.querySelectorAll("[data-owner]").forEach((one) => one.toggleAttribute("data-over", one === target));
let dragged = [];

form.addEventListener("submit", () => {
  if (!dragged.length) dragged = chosen();
  if (!dragged.length && here()) dragged = [here()];
  ids.value = dragged.join(",");
});
form.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.("tr[data-id]");
  if (!row) return;
  const picked = chosen();
  dragged = picked.includes(row.dataset.id) ? picked : [row.dataset.id];
  event.dataTransfer.setData("text/plain", dragged.join(","));
  event.dataTransfer.effectAllowed = "move";
});
form.addEventListener("dragend", () => { dragged = []; over(null); });
form.addEventListener("dragover", (event) => {
  const target = event.target.closest?.("[data-owner]");
  over(target);
  if (target && dragged.length) event.preventDefault();
});
form.addEventListener("drop", (event) => {
  const target = event.target.closest?.("[data-owner]");
  if (!target || !dragged.length) return;
  event.preventDefault();
  form.requestSubmit(target.querySelector("button[name=owner]"));
});
