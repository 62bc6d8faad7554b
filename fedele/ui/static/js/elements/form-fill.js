/* [data-fill='{"field": "value"}'] inside a form: a proposal. Pressed, it writes into those fields that the form has. */
import { on } from "../core/page.js";

on("click", "[data-fill]", (_event, button) => {
  const form = button.closest("form");
  for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill))) {
    const field = form?.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || field.type === "hidden") continue;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
