/* The keys of a list (<data-grid>, data-grid.js): j and k go through the rows, Enter opens, o previews, x chooses, Shift+X as far
   as here, Ctrl+A all in the view, e or F2 edits the first cell, Escape chooses none. */
import { isTyping, one } from "../core/page.js";

function does(key, grid, target) {
  const rows = grid.rows, at = rows.indexOf(grid.here), row = rows[at];
  const next = () => grid.go(rows[Math.min(at + 1, rows.length - 1)]), before = () => grid.go(rows[Math.max(at - 1, 0)]);
  if (key === "j") return next;
  if (key === "k") return before;
  if (key === "Mod+a") return () => { grid.everything = true; };
  if (key === "Escape") return (grid.picked.size > 0 || grid.everything) && (() => grid.none());
  if (!row) return null;
  const edit = one("td[data-edit]", row);
  return {
    ArrowDown: next, ArrowUp: before, o: () => grid.peek(row),
    Enter: target.matches?.("tr, body") && (() => grid.open(row)),
    x: () => { grid.pick(row); grid.last = row; }, "Shift+X": () => grid.range(grid.last ?? row, row),
    F2: edit && (() => edit.click()), e: edit && (() => edit.click()),
  }[key];
}

document.addEventListener("fedele:key", (event) => {
  const { key, target } = event.detail;
  const grid = target.closest?.("data-grid") ?? one("data-grid");
  if (!grid || isTyping(target) || target.closest?.("dialog, [popover], board-lanes, button, a:not(data-grid a)")) return;
  const act = does(key, grid, target);
  if (!act) return;
  act();
  grid.paint();
  event.preventDefault();
});
