/* Dialogs and the drawer. Whatever htmx puts into #dialog-body opens the dialog; an empty answer closes it, as does a
   header HX-Trigger with "close-dialog". [data-close] closes the dialog it is in; [data-open="#id"] opens one.
   [data-must-be]: the submit button waits until exactly this is typed. Into #drawer: the drawer opens, [data-close-drawer]
   or Escape closes it; the address of the page carries ?peek=… while it is open.
   openDrawer(url) and closeDrawer() are for the list and the board. */
import { all, on, one } from "../core/page.js";

const dialog = () => one("#dialog");
let opener = null;

document.body.addEventListener("htmx:beforeRequest", () => { opener = document.activeElement; });
document.body.addEventListener("htmx:afterSwap", (event) => {
  const body = one("#dialog-body");
  if (!body || (event.detail.target !== body && !body.contains(event.detail.elt))) return;
  if (!body.textContent.trim()) dialog().close();
  else if (!dialog().open) dialog().showModal();
  (one("[autofocus], [aria-invalid=true]", body) ?? one("input:not([type=hidden]), select, textarea", body) ?? one("button", body))?.focus();
});
document.body.addEventListener("close-dialog", () => dialog()?.close());
// hx-confirm asks in our dialog, not in the browser's.
document.body.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  const copy = one("#confirm-words").content.cloneNode(true);
  one("p", copy).textContent = event.detail.question;
  one("[data-yes]", copy).addEventListener("click", () => { dialog().close(); event.detail.issueRequest(true); });
  one("#dialog-body").replaceChildren(copy);
  dialog().showModal();
});
on("click", "[data-open]", (_event, button) => one(button.dataset.open)?.showModal());
on("click", "[data-close]", (_event, button) => button.closest("dialog")?.close());
on("pointerdown", "dialog[open]", (event, box) => {
  const edge = box.getBoundingClientRect();
  const inside = event.clientX >= edge.left && event.clientX <= edge.right && event.clientY >= edge.top && event.clientY <= edge.bottom;
  if (event.target === box && !inside && box.id !== "signed-out" && !one("form", box)) box.close();
});
document.addEventListener("close", (event) => {
  if (event.target.id === "dialog") { one("#dialog-body").replaceChildren(); opener?.isConnected && opener.focus(); }
}, true);
on("input", "[data-must-be]", (_event, field) => {
  const submit = one("[type=submit]", field.form);
  if (submit) submit.disabled = field.value !== field.dataset.mustBe;
});

document.addEventListener("fedele:peek", (event) => openDrawer(event.detail.url, event.detail.id));
document.addEventListener("fedele:close-drawer", closeDrawer);
on("click", "[data-close-drawer]", closeDrawer);

export async function openDrawer(url, id) {
  const drawer = one("#drawer");
  await htmx.ajax("GET", url, { target: "#drawer", swap: "innerHTML" });
  drawer.hidden = false;
  const here = new URL(location.href);
  if (id) { here.searchParams.set("peek", id); history.replaceState(history.state, "", here); }
}

export function closeDrawer() {
  const drawer = one("#drawer");
  if (!drawer || drawer.hidden) return;
  drawer.hidden = true;
  drawer.replaceChildren();
  const here = new URL(location.href);
  here.searchParams.delete("peek");
  history.replaceState(history.state, "", here);
  one("[data-here]")?.focus({ preventScroll: true });
}

const peeked = new URL(location.href).searchParams.get("peek");
const row = peeked && all("[data-peek]").find((one) => one.dataset.id === peeked);
if (row) openDrawer(row.dataset.peek, peeked);
