/* <formatted-text data-library="…" data-editor="…"> around a toolbar and two text areas, the plain one and the one for HTML:
   fetches the library and what lays it over them. Without scripts, and until both are there, the plain one is the field. */
import { one } from "../core/page.js";

/** The library's few styles carry the page's own nonce, or the page's policy would refuse them. */
function lendNonce() {
  if (one("meta[name=csp-nonce]")) return;
  const meta = document.createElement("meta");
  meta.name = "csp-nonce";
  meta.nonce = one("script[nonce]")?.nonce ?? "";
  document.head.append(meta);
}

class FormattedText extends HTMLElement {
  async connectedCallback() {
    if (this.isAsked) return;
    this.isAsked = true;
    lendNonce();
    const [{ Editor }, library] = await Promise.all([import(this.dataset.editor), import(this.dataset.library)]);
    if (this.isConnected) new Editor(this, library.default).begin();
  }
}

customElements.define("formatted-text", FormattedText);
