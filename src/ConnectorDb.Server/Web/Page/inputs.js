// @ts-check
// The control for a value of a stream: the first that fits its datatype and schema.
import { button, described, field, h } from "./dom.js";
import { number, numberOf, ofWallClock, time, timeOfDay, typed, wallClock } from "./format.js";
import { store } from "./outbox.js";
import { schemaOf } from "./schema.js";

/**
 * A card that enters values into a stream.
 * @param {string} path @param {any} stream
 * @param {{title?: any, wished?: boolean, follow: (show: (value: any) => void) => void}} options follow: gives the newest value, which the control shows until the viewer chooses another
 */
export function inputCard(path, stream, { title, wished, follow }) {
  const status = h("p", { class: "status", role: "status" });
  const when = h("input", { type: "datetime-local", step: 1 });
  const custom = h("details", { class: "when" }, h("summary", null, "at another time"), field("Time", when));
  // The event comes after the box has opened: what was typed by then stays.
  custom.addEventListener("toggle", () => { when.value = custom.open ? when.value || wallClock(Date.now() / 1000) : ""; });
  const enter = async value => {
    const t = custom.open && when.value ? ofWallClock(when.value) : null;
    say("", "");
    const patience = setTimeout(() => say("Sending…", ""), 150);
    try {
      const input = await store(path, value, t, error => {
        clearTimeout(patience);
        say(`${error.message} Kept in this browser, and sent again until the server has it.`, "waits");
      });
      clearTimeout(patience);
      say(`${wished ? "Asked" : "Saved"} at ${timeOfDay(Date.now() / 1000)}${input.isNow ? "" : `, for ${time(input.t)}`}`, "done");
      return true;
    } catch (error) {
      clearTimeout(patience);
      say(refusalOf(error), "failed");
      return false;
    }
  };
  function say(text, kind) {
    status.textContent = text;
    status.className = `status ${kind}`;
  }
  const { element, show } = control(stream, enter, say);
  follow(show);
  return h("section", { class: "card input", "aria-label": `Enter ${stream.nickname || stream.name}` },
    h("h2", null, title ?? (stream.nickname || stream.name)),
    described(stream.description),
    element, !wished && custom, status);
}

/** Why a value was not stored. @param {any} error */
function refusalOf(error) {
  const newest = error.details?.kind === "time_order" && /newest datapoint .*\(([\d.]+)\)/.exec(error.message)?.[1];
  return newest ? `This time is before that of the newest value, ${time(Number(newest))}. A stream takes its values in the order of their times.` : error.reason ?? error.message;
}

/** The element to enter a value with, and how it shows the newest. @typedef {{element: any, show: (value: any) => void}} Control */

/** @param {any} stream @param {(value: any) => Promise<boolean>} enter @param {(text: string, kind: string) => void} say @returns {Control} */
function control(stream, enter, say) {
  const schema = schemaOf(stream);
  const name = stream.nickname || stream.name;
  if (stream.datatype === "rating.stars") return stars(name, schema, enter);
  if (stream.datatype === "log.diary") return withButton(textArea(name, 5), enter, say);
  if (Array.isArray(schema.enum)) return schema.enum.length <= 5 ? choices(name, schema.enum.map(value => [value, typeof value === "string" ? value : JSON.stringify(value)]), enter) : withButton(list(name, schema.enum), enter, say);
  if (schema.type === "boolean") return choices(name, [[true, "On"], [false, "Off"]], enter);
  return withButton(part(name, schema), enter, say);
}

/** The bounds of a number and its unit, in words; undefined without both. @param {any} schema */
function bounds(schema) {
  const least = Number.isFinite(schema.minimum) ? number(schema.minimum) : null, most = Number.isFinite(schema.maximum) ? number(schema.maximum) : null;
  const range = least && most ? `${least} to ${most}` : least ? `${least} or more` : most ? `at most ${most}` : "";
  const unit = typeof schema.unit === "string" ? schema.unit : "";
  return range && unit ? `${range} ${unit}` : range || (unit ? `in ${unit}` : undefined);
}

/** A part of a value: the element, the value that it has, and how it shows the newest. @typedef {{element: any, read: () => any, clear: () => void, show: (value: any) => void}} Part */

/** @param {string} name @param {any} schema @returns {Part} */
function part(name, schema) {
  if (Array.isArray(schema.enum)) return list(name, schema.enum);
  if (schema.type === "boolean") return tick(name);
  if (schema.type === "integer" || schema.type === "number") return Number.isFinite(schema.minimum) && Number.isFinite(schema.maximum) && schema.minimum < schema.maximum ? slider(name, schema) : numberBox(name, schema);
  if (schema.type === "string") return schema.maxLength <= 200 || !schema.maxLength ? textBox(name, schema) : textArea(name, 3);
  if (schema.type === "object" && schema.properties && Object.keys(schema.properties).length > 0) return fieldSet(name, schema);
  return json(name);
}

/** @param {Part} one @param {(value: any) => Promise<boolean>} enter @param {(text: string, kind: string) => void} say @returns {Control} */
function withButton(one, enter, say) {
  // What the viewer has begun to enter stays.
  let isTouched = false;
  const form = h("form", { novalidate: true, on: { submit: async event => {
    event.preventDefault();
    let value;
    try {
      value = one.read();
    } catch (error) {
      say(/** @type {Error} */ (error).message, "failed");
      return;
    }
    if (!await enter(value)) return;
    one.clear();
    isTouched = false;
  }, input: () => { isTouched = true; }, keydown: event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); } } } },
  one.element, h("button", { type: "submit", class: "primary" }, "Send"));
  return { element: form, show: value => { if (!isTouched) one.show(value); } };
}

/** @param {string} name @param {any} schema @param {(value: any) => Promise<boolean>} enter @returns {Control} */
function stars(name, schema, enter) {
  const most = Math.min(20, Number.isFinite(schema.maximum) ? schema.maximum : 10), least = Number.isFinite(schema.minimum) ? schema.minimum : 0;
  const star = n => h("button", { type: "button", class: n > 0 ? "star" : "star none", disabled: n < least, "aria-label": `${name}: ${n} of ${most}`, on: {
    click: async () => { paint(n); if (!await enter(n)) paint(newest); },
    pointerenter: () => light(n), pointerleave: () => light(chosen), focus: () => light(n), blur: () => light(chosen),
  } }, n > 0 ? "★" : "0");
  const all = Array.from({ length: most + 1 }, (_, n) => star(n));
  /** @type {number | null} */ let chosen = null;
  /** @type {number | null} */ let newest = null;
  const light = n => all.forEach((one, i) => one.classList.toggle("lit", n !== null && (i === 0 ? n === 0 : i <= n)));
  function paint(n) {
    chosen = n;
    all.forEach((one, i) => one.setAttribute("aria-pressed", String(i === n)));
    light(n);
  }
  paint(null);
  return { element: h("div", { class: "stars", role: "group", "aria-label": name }, all.slice(least > 0 ? 1 : 0)), show: value => { paint(newest = typeof value === "number" ? value : null); } };
}

/** A button for each value. @param {string} name @param {any[][]} values and their texts @param {(value: any) => Promise<boolean>} enter @returns {Control} */
function choices(name, values, enter) {
  const all = values.map(([value, text]) => button(text, () => enter(value), { "aria-label": `${name}: ${text}`, "aria-pressed": "false" }));
  return { element: h("div", { class: "choices", role: "group", "aria-label": name }, all), show: value => values.forEach(([one], i) => all[i].setAttribute("aria-pressed", String(isSame(one, value)))) };
}

const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** @returns {Part} */
function list(name, values) {
  const select = h("select", null, values.map((value, i) => h("option", { value: String(i) }, typeof value === "string" ? value : JSON.stringify(value))));
  return { element: field(name, select), read: () => values[Number(select.value)], clear: () => {}, show: value => { select.value = String(Math.max(0, values.findIndex(one => isSame(one, value)))); } };
}

/** @returns {Part} */
function tick(name) {
  const input = h("input", { type: "checkbox" });
  return { element: h("label", { class: "check" }, input, h("span", null, name)), read: () => input.checked, clear: () => {}, show: value => { input.checked = value === true; } };
}

/** A box for a number. One of type number drops the comma of 7,25 where the language of the browser has a point. */
const numberInput = (properties = {}) => h("input", { type: "text", inputmode: "decimal", autocomplete: "off", ...properties });

/** @param {HTMLInputElement} input @param {string} name */
function numberIn(input, name) {
  const value = numberOf(input.value);
  if (Number.isNaN(value)) throw new Error(input.value.trim() === "" ? `${name}: enter a number.` : `${name}: '${input.value}' is not a clear number. Write it without separators of thousands.`);
  return value;
}

/** @returns {Part} */
function numberBox(name, schema) {
  const input = numberInput();
  return { element: field(name, input, bounds(schema)), read: () => numberIn(input, name), clear: () => { input.value = ""; }, show: value => { input.placeholder = typeof value === "number" ? `newest: ${number(value)}` : ""; } };
}

/** @returns {Part} */
function slider(name, schema) {
  const range = schema.maximum - schema.minimum;
  const step = schema.multipleOf ?? (schema.type === "integer" ? 1 : 10 ** Math.floor(Math.log10(range / 100)));
  const limits = { min: schema.minimum, max: schema.maximum, step };
  const middle = schema.minimum + Math.round(range / 2 / step) * step;
  const exact = numberInput({ value: typed(String(middle)), "aria-label": `${name}: number` });
  const input = h("input", { type: "range", ...limits, value: String(middle), on: { input: () => { exact.value = typed(input.value); } } });
  exact.addEventListener("input", () => {
    const value = numberOf(exact.value);
    if (!Number.isNaN(value)) input.value = String(value);
  });
  return { element: h("div", { class: "slider" }, field(name, input, bounds(schema)), exact), read: () => numberIn(exact, name), clear: () => {}, show: value => {
    if (typeof value !== "number") return;
    input.value = String(value);
    exact.value = typed(String(value));
  } };
}

/** @returns {Part} */
function textBox(name, schema) {
  const input = h("input", { type: "text", maxlength: schema.maxLength });
  return { element: field(name, input), read: () => input.value, clear: () => { input.value = ""; }, show: () => {} };
}

/** @returns {Part} */
function textArea(name, rows) {
  const input = h("textarea", { rows });
  return { element: field(name, input, "Ctrl+Enter sends"), read: () => {
    if (input.value.trim() === "") throw new Error("Enter a text.");
    return input.value;
  }, clear: () => { input.value = ""; }, show: () => {} };
}

/** @returns {Part} */
function json(name) {
  const input = h("textarea", { rows: 3, class: "code", spellcheck: "false" });
  return { element: field(`${name} as JSON`, input, "such as 21.5, \"a text\" or {\"x\": 1}"), read: () => {
    try {
      return JSON.parse(input.value);
    } catch (error) {
      throw new Error(`This is not JSON: ${/** @type {Error} */ (error).message}`);
    }
  }, clear: () => { input.value = ""; }, show: () => {} };
}

/** @returns {Part} */
function fieldSet(name, schema) {
  const parts = Object.entries(schema.properties).map(([key, inner]) => ({ key, part: part(key, inner ?? {}) }));
  return {
    element: h("fieldset", null, h("legend", null, name), parts.map(({ part }) => part.element)),
    read: () => Object.fromEntries(parts.map(({ key, part }) => [key, part.read()])),
    clear: () => parts.forEach(({ part }) => part.clear()),
    show: value => parts.forEach(({ key, part }) => part.show(value?.[key])),
  };
}
