/* <address-line>: a [data-address] button adds that person to the field "to", once. */
import { one } from "../core/page.js";

class AddressLine extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const person = event.target.closest("[data-address]");
      if (!person) return;
      const field = one("[name=to]", this), { address, name } = person.dataset;
      if (!field.value.toLowerCase().includes(address.toLowerCase())) {
        const before = field.value.trim().replace(/[,;]$/, "");
        field.value = `${before}${before ? ", " : ""}${name ? `"${name.replace(/["\\]/g, "")}" ` : ""}<${address}>`;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      field.focus();
    });
  }
}

customElements.define("address-line", AddressLine);
