/* <others-here>, in the top bar: who else has the record of this page open, as initials; a pencil marks who is writing.
   <others-writing>: the same as a line in words, above where one writes oneself. Both follow "fedele:live:presence". */
import { all, glyph } from "../core/page.js";

function avatar({ initials, name, writing }) {
  const made = document.createElement("span");
  made.className = `avatar${writing ? " writing" : ""}`;
  made.textContent = initials;
  made.title = name;
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", name);
  if (writing) made.insertAdjacentHTML("beforeend", glyph("pencil"));
  return made;
}

function show({ detail }) {
  all("others-here").forEach((place) => {
    place.replaceChildren(...detail.people.map(avatar), detail.more ? `+${detail.more}` : "");
    place.hidden = !detail.people.length;
  });
  all("others-writing").forEach((line) => { if (line.textContent !== detail.writing) line.textContent = detail.writing; });
}

document.addEventListener("fedele:live:presence", show);
