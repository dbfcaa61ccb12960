// @ts-check
// One's own password and sessions, and how the page shows times.
import { get, remove, serverVersion } from "./api.js";
import { button, checkbox, fill, h, stackTable } from "./dom.js";
import { passwordForm } from "./forms.js";
import { age, time, timeZone, useUtc } from "./format.js";
import { onLive } from "./live.js";
import { login } from "./rights.js";

/** @param {{onLeave: (end: () => void) => void, reload: () => void}} place */
export async function screen({ onLeave, reload }) {
  const sessions = h("div"), failure = h("p", { class: "status failed", role: "alert" });
  const tell = error => { failure.textContent = error.message; };
  const utc = checkbox("Show times in UTC", timeZone() === "UTC", `otherwise in ${Intl.DateTimeFormat().resolvedOptions().timeZone}`);
  utc.input.addEventListener("change", () => { useUtc(utc.input.checked); reload(); });
  let isBroken = false;
  async function list() {
    const all = await get("api/v1/sessions").catch(error => ({ error }));
    isBroken = all.error?.isTemporary === true;
    fill(sessions, all.error ? h("p", { class: "muted" }, all.error.message) : stackTable("Sessions", ["Device", "Browser", "From", "Last used", "Ends", ".End"], all.map(session => [
      session.device, browser(session.agent), session.address, session.current ? "this one" : age(session.used), time(session.expires),
      !session.current && button("End", async () => { await remove(`api/v1/sessions/${session.id}`).catch(tell); await list(); }, { "aria-label": `End the session of ${session.device} from ${session.address}` }),
    ])));
  }
  await list();
  onLeave(onLive(() => { if (isBroken) list(); }));
  const element = h("div", { class: "screen" }, h("div", { class: "head" }, h("h1", null, login().path)),
    h("section", { class: "card" }, h("h2", null, "Sessions"), sessions, failure),
    login().role === "user" && h("section", { class: "card" }, h("h2", null, "Password"), passwordForm(login().user, true)),
    h("section", { class: "card" }, h("h2", null, "This browser"), utc.element, h("p", { class: "muted" }, `ConnectorDb ${serverVersion()} at ${location.host}`)));
  element.dataset.title = "Account";
  return element;
}

/** The name of a browser in its long description. @param {string} agent */
const browser = agent => /(Firefox|Edg|OPR|Chrome|Safari)\/(\d+)/.exec(agent)?.slice(1).join(" ") ?? agent;
