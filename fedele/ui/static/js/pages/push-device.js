/* <push-device data-key="…" data-url="/notices/devices/">: may this browser show notices while Fedele is closed? Shows the one
   [data-state] that is so: off, on, denied, install (iPhone before it is on the home screen), none, failed. [data-on]
   asks for the permission and tells the server where this browser is reached; [data-off] takes it back. */
import { all, one, send } from "../core/page.js";

const isPhoneOfApple = () => /iPhone|iPad/.test(navigator.userAgent) && !matchMedia("(display-mode: standalone)").matches;
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

class PushDevice extends HTMLElement {
  async connectedCallback() {
    one("[data-on]", this).addEventListener("click", () => this.on());
    one("[data-off]", this).addEventListener("click", () => this.off());
    this.show(await this.state());
  }

  async state() {
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) return isPhoneOfApple() ? "install" : "none";
    if (Notification.permission === "denied") return "denied";
    return (await this.subscription()) ? "on" : "off";
  }

  async subscription() {
    const registration = await navigator.serviceWorker.getRegistration("/");
    return registration?.pushManager.getSubscription();
  }

  async on() {
    try {
      if (await Notification.requestPermission() !== "granted") { this.show(await this.state()); return; }
      const { pushManager } = await navigator.serviceWorker.ready;
      await (await pushManager.getSubscription())?.unsubscribe();
      const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(this.dataset.key) });
      const { endpoint, keys } = made.toJSON();
      const answer = await send(this.dataset.url, { data: { endpoint, ...keys, key: this.dataset.key } });
      localStorage.setItem("fedele:device", document.body.dataset.user);
      sessionStorage.setItem("fedele:device", document.body.dataset.user);
      if (!answer.ok) { await made.unsubscribe(); this.show("failed"); return; }
      location.reload();
    } catch { this.show("failed"); }
  }

  async off() {
    await (await this.subscription())?.unsubscribe();
    this.show("off");
  }

  show(state) {
    all("[data-state]", this).forEach((part) => { part.hidden = part.dataset.state !== state && !(state === "failed" && part.dataset.state === "off"); });
    this.hidden = false;
  }
}

customElements.define("push-device", PushDevice);
