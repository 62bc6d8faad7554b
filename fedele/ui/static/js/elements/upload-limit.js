/* <input type=file data-most-bytes="…" data-too-big="…">: a file that is too big is refused before it is sent,
   as the server would refuse it. Comes after forms.js, which names the chosen file in the same place. */
import { on, one } from "../core/page.js";

on("change", "input[data-most-bytes]", (_event, field) => {
  const tooBig = [...field.files].some((file) => file.size > Number(field.dataset.mostBytes));
  const said = one("output", field.parentElement);
  said.toggleAttribute("data-bad", tooBig);
  if (!tooBig) return;
  field.value = "";
  said.textContent = field.dataset.tooBig;
});
