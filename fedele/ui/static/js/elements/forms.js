/* Small things of forms. [data-error-summary] takes the focus when it appears; its links go to the field.
   <form data-autosubmit> sends itself when a choice changes. A chosen file is named in the <output> beside it.
   Text areas grow with their text where the browser does not do it by itself. [data-copy="text"] copies. */
import { all, on, one } from "../core/page.js";

const grows = CSS.supports("field-sizing", "content");

function ready(within) {
  one("[data-error-summary]", within)?.focus();
  if (!grows) all("textarea", within).forEach(fit);
}

function fit(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

on("click", "[data-error-summary] a", (event, link) => {
  const field = document.getElementById(link.hash.slice(1)) ?? one(`[name="${CSS.escape(link.hash.slice(4))}"]`);
  if (!field) return;
  event.preventDefault();
  field.focus();
});
on("change", "form[data-autosubmit]", (_event, form) => form.requestSubmit());
on("change", ".drop input[type=file]", (_event, field) => {
  one("output", field.closest(".drop")).textContent = [...field.files].map((file) => file.name).join(", ");
});
for (const [type, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  on(type, ".drop", (_event, place) => place.toggleAttribute("data-over", over));
}
on("click", "[data-copy]", (_event, place) => navigator.clipboard?.writeText(place.dataset.copy));
if (!grows) on("input", "textarea", (_event, area) => fit(area));
document.body.addEventListener("htmx:load", (event) => ready(event.detail.elt));
ready(document);
