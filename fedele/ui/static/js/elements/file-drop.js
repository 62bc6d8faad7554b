/* <file-drop data-most-bytes data-too-big data-lost>: files dropped anywhere on the page, or chosen, are sent one by one with the
   fields of the form inside, each with its progress, in <ul class="uploads">. The server answers each with a line (HTML). A line that
   asks has buttons: data-send="document|as" with data-value sends the file once more with that field, data-send="no" drops it.
   <template> is a line that waits or is on its way, data-stop on its button: what is stopped is not sent on, and so not kept;
   once all of it has left there is nothing to stop any more, and the button goes. data-stopped says that it was. .drop-veil covers the page while files are over it. After one was taken:
   "fedele:told" and "fedele:documents" on the body. Without this the form works by itself. */
import { on, one, speak, token } from "../core/page.js";

const waiting = new WeakMap(), leaving = new WeakMap();
const holds = (event) => event.dataTransfer?.types.includes("Files");

function place() {
  const found = [...document.querySelectorAll("file-drop")].filter((element) => element.getClientRects().length);
  return found.find((element) => element.closest("dialog[open]")) ?? found[0];
}

async function take(drop, files) {
  const lines = files.map((file) => [file, line(drop, file)]);
  for (const [file, shown] of lines) if (shown.isConnected) await sendOne(drop, file, shown);
}

function line(drop, file) {
  const made = one("template", drop).content.cloneNode(true).firstElementChild;
  one("[data-name]", made).textContent = file.name;
  for (const part of made.querySelectorAll("[aria-label]")) part.ariaLabel += `: ${file.name}`;
  one(".uploads", drop).append(made);
  return made;
}

function sendOne(drop, file, shown, more = {}) {
  if (file.size > Number(drop.dataset.mostBytes)) return say(shown, file, drop.dataset.tooBig);
  const data = new FormData(one("form", drop)), request = new XMLHttpRequest();
  data.delete("file");
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  data.append("file", file);
  return new Promise((done) => {
    request.open("POST", one("form", drop).action);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.onprogress = (event) => { if (event.lengthComputable && one("progress", shown)) one("progress", shown).value = event.loaded / event.total * 100; };
    request.upload.onload = () => one("[data-stop]", shown)?.remove();
    request.onabort = () => done();
    request.onerror = () => done(say(shown, file, drop.dataset.lost));
    request.onload = () => done(answered(drop, file, shown, request));
    leaving.set(shown, request);
    request.send(data);
  });
}

function answered(drop, file, shown, request) {
  if ([401, 419].includes(request.status)) document.dispatchEvent(new CustomEvent("fedele:signed-out"));
  const html = new DOMParser().parseFromString(request.responseText, "text/html"), told = one("li[data-state]", html);
  if (!told) return say(shown, file, drop.dataset.lost);
  if (!told.querySelector(".clip")) say(shown, file, told.textContent.trim());
  else { shown.replaceWith(told); speak(told.textContent.trim()); }
  waiting.set(told, { drop, file });
  if (told.dataset.state !== "added") return;
  setTimeout(() => told.remove(), 8000);
  for (const name of ["fedele:told", "fedele:documents"]) document.body.dispatchEvent(new CustomEvent(name, { bubbles: true }));
}

function say(shown, file, words) {
  shown.dataset.state = "refused";
  const small = document.createElement("small");
  small.textContent = words;
  one("[data-stop]", shown)?.remove();
  one("progress", shown)?.replaceWith(small);
  speak(`${file.name}: ${words}`);
}

on("click", "file-drop [data-send]", (_event, button) => {
  const told = button.closest("li"), { drop, file } = waiting.get(told) ?? {};
  if (button.dataset.send === "no" || !file) { told.remove(); return; }
  const shown = line(drop, file);
  told.replaceWith(shown);
  sendOne(drop, file, shown, { [button.dataset.send]: button.dataset.value });
});
on("click", "file-drop [data-stop]", (_event, button) => {
  const shown = button.closest("li"), drop = button.closest("file-drop"), name = one("[data-name]", shown).textContent;
  leaving.get(shown)?.abort();
  const next = (shown.nextElementSibling ?? shown.previousElementSibling)?.querySelector("[data-stop]");
  shown.remove();
  (next ?? one("input[type=file]", drop)).focus();
  speak(`${name}: ${drop.dataset.stopped}`);
});
on("change", "file-drop input[type=file]", (_event, field) => {
  const drop = field.closest("file-drop"), files = [...field.files];
  field.value = "";
  one("output", drop).textContent = "";
  take(drop, files);
});
let veiled = 0;
const veil = (shown) => { const drop = place(); if (drop) one(".drop-veil", drop).hidden = !shown; };
document.addEventListener("dragover", (event) => {
  if (!holds(event) || !place() || event.target.closest?.(".drop:not(file-drop .drop)")) return;
  event.preventDefault();
  clearTimeout(veiled);
  veil(true);
});
document.addEventListener("dragleave", () => { clearTimeout(veiled); veiled = setTimeout(() => veil(false), 120); });
document.addEventListener("drop", (event) => {
  const drop = holds(event) && place();
  if (!drop || event.target.closest?.(".drop:not(file-drop .drop)")) return;
  event.preventDefault();
  veil(false);
  take(drop, [...event.dataTransfer.files]);
});
