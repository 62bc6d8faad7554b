/* A row of tabs, or of the pages of setup on a phone, too long for its place is moved so that the tab one is on can be seen. */
import { all, one } from "../core/page.js";

function show(row) {
  const here = one("[aria-current]", row);
  if (!here || row.scrollWidth <= row.clientWidth) return;
  const [tab, place] = [here.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += tab.left - place.left - (place.width - tab.width) / 2;
}

all(".tabs, .setup-nav").forEach(show);
document.body.addEventListener("htmx:load", () => all(".tabs, .setup-nav").forEach(show));
