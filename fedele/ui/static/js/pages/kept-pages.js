/* <kept-pages> on the page without a network: what was read before on this device and can be read now. Asks the caches the
   service worker filled (worker/sw.js); [data-none] is shown when there is nothing. */
import { on, one, reloadOnceOnline } from "../core/page.js";

class KeptPages extends HTMLElement {
  async connectedCallback() {
    const pages = await this.pages();
    one("[data-none]", this).hidden = pages.length > 0;
    one("[data-some]", this).hidden = pages.length === 0;
    one("ul", this).replaceChildren(...pages.map(line));
  }

  async pages() {
    const found = [];
    for (const name of "caches" in window ? await caches.keys() : []) {
      if (!name.startsWith("pages-")) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (new URL(request.url).pathname === "/part") continue;
        const answer = await cache.match(request, { ignoreVary: true });
        found.push({ url: request.url, title: titleOf(await answer.text()), at: new Date(answer.headers.get("X-Kept-At")) });
      }
    }
    return found.sort((one, other) => other.at - one.at);
  }
}

const titleOf = (text) => new DOMParser().parseFromString(text.slice(0, 4000), "text/html").title.split(" · ")[0] || "Fedele";

function line({ url, title, at }) {
  const item = document.createElement("li"), link = document.createElement("a"), time = document.createElement("small");
  link.href = url;
  link.textContent = title;
  time.textContent = at.toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  item.append(link, time);
  return item;
}

on("click", "[data-again]", () => location.reload());
reloadOnceOnline();
customElements.define("kept-pages", KeptPages);
