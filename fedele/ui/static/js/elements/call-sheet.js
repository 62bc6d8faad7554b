/* After a call: who pressed a number (a[href^="tel:"]) and comes back within an hour is asked once how it went (#dialog,
   GET body[data-after-call]?from=address of the record). The record is the row's or card's, else the page's. */
import { on, one } from "../core/page.js";

const PLACE = "fedele:call", HOUR = 3_600_000, RECORD = /^\/[a-z-]+\/\d+\/$/;

function recordOf(link) {
  const near = link.closest("tr, li, article, [data-record]");
  const links = near ? [...near.querySelectorAll("a[href]")].map((one) => new URL(one.href).pathname) : [];
  return links.find((path) => RECORD.test(path)) ?? (RECORD.test(location.pathname) ? location.pathname : "");
}

on("click", 'a[href^="tel:"]', (_event, link) => {
  const from = recordOf(link);
  if (from) sessionStorage.setItem(PLACE, JSON.stringify({ from, at: Date.now() }));
});

function back() {
  const kept = document.hidden ? null : sessionStorage.getItem(PLACE);
  if (!kept || one("dialog[open]")) return;
  sessionStorage.removeItem(PLACE);
  const { from, at } = JSON.parse(kept);
  if (Date.now() - at < HOUR) htmx.ajax("GET", `${document.body.dataset.afterCall}?from=${encodeURIComponent(from)}`, "#dialog-body");
}

document.addEventListener("visibilitychange", back);
back();
