// @ts-check
// A stream that can be asked for something: what was wished, and what its device says it is.
import { fill, h } from "./dom.js";
import { age, value } from "./format.js";
import { inputCard } from "./inputs.js";
import { watch } from "./live.js";
import { unitOf } from "./schema.js";

const patience = 60;

/** @param {string} path @param {any} stream @param {{onLeave: (end: () => void) => void, mayAsk: boolean, title?: any}} options */
export function downlinkCard(path, stream, { onLeave, mayAsk, title }) {
  const state = h("p", { class: "wish", role: "status" });
  const unit = unitOf(stream);
  /** @type {any} */ let wished = null;
  /** @type {any} */ let actual = null;
  /** @type {(value: any) => void} */ let show = () => {};
  const tell = () => {
    // A device that is already what was wished has nothing to answer.
    const isMet = wished && actual && JSON.stringify(actual.d) === JSON.stringify(wished.d);
    // The control shows the wish until the device answers.
    const shown = wished && !isMet && (!actual || wished.t > actual.t) ? wished : actual;
    if (shown) show(shown.d);
    const old = wished ? Date.now() / 1000 - wished.t : 0;
    fill(state,
      h("span", null, "is ", h("b", null, actual ? `${value(actual.d)}${unit}` : "unknown")),
      wished && !isMet && [h("span", null, " · wished ", h("b", null, `${value(wished.d)}${unit}`)), h("span", { class: old > patience ? "failed" : "waits" }, actual && actual.t > wished.t ? "" : old > patience ? ` · no answer, asked ${age(wished.t)}` : " · waiting for the device")]);
  };
  onLeave(watch(path, { value: point => { actual = point; tell(); } }));
  onLeave(watch(`${path}/downlink`, { value: point => { wished = point; tell(); } }));
  const clock = setInterval(tell, 5000);
  onLeave(() => clearInterval(clock));
  tell();
  if (!mayAsk) return h("section", { class: "card", "aria-label": "Requests" }, h("h2", null, title ?? "Requests to the device"), state);
  const card = inputCard(path, stream, { title: title ?? `Ask for ${stream.nickname || stream.name}`, wished: true, follow: control => { show = control; tell(); } });
  card.insertBefore(state, card.children[1]);
  return card;
}
