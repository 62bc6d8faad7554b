/* Theme, density, language, single keys, folded menu: shown at once, kept on the server (POST /preferences/).
   <form data-preference-form> with buttons name=value; <input type=checkbox data-preference="single_keys">;
   [data-rail-fold] folds the menu, [data-rail-open] slides it in on a phone. */
import { all, on, one, send } from "../core/page.js";

const root = document.documentElement;
const URL = "/preferences/";

on("submit", "[data-preference-form]", async (event, form) => {
  const { name, value } = event.submitter ?? {};
  if (!name) return;
  event.preventDefault();
  all("button", form).forEach((button) => button.setAttribute("aria-pressed", button.value === value));
  if (name !== "language") root.dataset[name] = value;
  await send(URL, { data: { [name]: value } });
  if (name === "language") location.reload();
});
on("change", "[data-preference]", (_event, box) => {
  if (box.dataset.preference === "single_keys") document.body.dataset.singleKeys = box.checked ? "on" : "off";
  send(URL, { data: { [box.dataset.preference]: box.checked ? "on" : "off" } });
});
on("click", "[data-rail-fold]", () => {
  const folded = root.dataset.rail !== "folded";
  if (folded) root.dataset.rail = "folded"; else delete root.dataset.rail;
  send(URL, { data: { rail_collapsed: folded ? "on" : "off" } });
});

function slide(open) {
  root.toggleAttribute("data-rail-open", open);
  one(open ? ".rail a" : ".bottom [data-rail-open]")?.focus();
}
on("click", "a[data-rail-open]", (event) => { event.preventDefault(); slide(true); });
on("click", "[data-rail-close]", (event) => { event.preventDefault(); slide(false); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && root.hasAttribute("data-rail-open")) slide(false); });
