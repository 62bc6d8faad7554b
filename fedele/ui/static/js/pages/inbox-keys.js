/* The keys of the inbox, around its list: j and k go through the notices, Enter opens, e marks as read or unread, z puts off.
   [data-notice] is one of them, [data-to] its link, [data-snooze] what opens the dialog. Loaded by the inbox alone. */
import { all, isTyping, one } from "../core/page.js";

class InboxKeys extends HTMLElement {
  connectedCallback() { document.addEventListener("fedele:key", (event) => this.key(event)); }

  get lines() { return all("[data-notice]", this); }
  get here() { return one("[data-notice][data-here]", this); }

  key(event) {
    const { key, target } = event.detail;
    if (isTyping(target) || target.closest?.("dialog, [popover], .rail")) return;
    const act = this.does(key, target);
    if (!act) return;
    act();
    event.preventDefault();
  }

  does(key, target) {
    const lines = this.lines, at = lines.indexOf(this.here), line = this.here ?? lines[0];
    if (key === "j") return () => this.go(lines[Math.min(at + 1, lines.length - 1)]);
    if (key === "k") return () => this.go(lines[Math.max(at - 1, 0)]);
    if (!line) return null;
    const button = { e: `#mark-${line.id.slice(7)}`, z: "[data-snooze]" }[key];
    if (button) return () => { this.go(line); one(button, line)?.click(); };
    if (key === "Enter" && target.matches?.("body, main, [data-notice]")) return () => one("[data-to]", line)?.click();
    return null;
  }

  go(line) {
    if (!line) return;
    this.here?.removeAttribute("data-here");
    line.setAttribute("data-here", "");
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }
}

// A line that was marked is a new one: the place stays.
document.body.addEventListener("htmx:afterSwap", (event) => {
  const line = event.detail.target?.id?.startsWith("notice-") && one(`#${event.detail.target.id}`);
  if (line) one("inbox-keys")?.go(line);
});
customElements.define("inbox-keys", InboxKeys);
