// @ts-check
// Builds elements. Text only becomes text: nothing here or elsewhere makes markup of strings.

const svgNames = new Set(["svg", "path", "polyline", "circle", "rect"]);

/**
 * @param {string} tag
 * @param {Record<string, any> | null} [properties] attributes; `on` has listeners, `class` the classes; null and false are left out
 * @param {...any} children elements, texts, numbers, arrays of them; null and false are left out
 * @returns {any}
 */
export function h(tag, properties, ...children) {
  const element = svgNames.has(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else if (name === "value" || name === "checked" || name === "selected") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** @param {Element} element @param {any[]} children */
export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Replaces the content of an element. @param {Element} element @param {...any} children */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/**
 * A table whose rows are lists on a phone.
 * @param {string} label @param {string[]} titles of the columns; those of buttons begin with a point and are not seen @param {any[][]} rows
 */
export const stackTable = (label, titles, rows) => h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": label }, h("table", { class: "stack", role: "table" },
  h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, titles.map(title => h("th", { scope: "col", role: "columnheader" }, title.startsWith(".") ? h("span", { class: "hidden" }, title.slice(1)) : title)))),
  h("tbody", { role: "rowgroup" }, rows.map(cells => h("tr", { role: "row" }, cells.map((cell, i) => h("td", { role: "cell", "data-title": titles[i].startsWith(".") ? null : titles[i] }, cell)))))));

let ids = 0;

/** A label and its control. @param {string} text @param {any} control an element, or an input in one @param {string} [hint] */
export function field(text, control, hint) {
  const { element, input } = control instanceof Element ? { element: control, input: control } : control;
  const id = input.id || (input.id = `f${++ids}`);
  if (hint) input.setAttribute("aria-describedby", `${id}h`);
  return h("div", { class: "field" }, h("label", { for: id }, text), element, hint && h("small", { id: `${id}h` }, hint));
}

/** @param {string} text @param {(event: Event) => void} action @param {Record<string, any>} [properties] */
export function button(text, action, properties) {
  return h("button", { type: "button", ...properties, on: { click: action } }, text);
}

/** The description of a user, device or stream; of a long one the first line, until it is opened. @param {string=} text */
export function described(text) {
  return text && (text.length > 160 ? h("details", { class: "muted" }, h("summary", null, text)) : h("p", { class: "muted" }, text));
}

/** A checkbox with its label. @param {string} text @param {boolean} isOn @param {string} [hint] */
export function checkbox(text, isOn, hint) {
  const input = h("input", { type: "checkbox", checked: isOn });
  const element = h("label", { class: "check" }, input, h("span", null, text, hint && h("small", null, hint)));
  return { element, input };
}

/** @param {string} name one of a few drawings */
export function icon(name) {
  const drawings = {
    menu: "M4 6h16M4 12h16M4 18h16",
    theme: "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z",
    wave: "M2 14c2 0 2-8 5-8s3 12 6 12 3-8 5-8 2 3 4 3",
    star: "M12 3l2.7 5.9 6.3.7-4.7 4.3 1.3 6.3L12 17l-5.6 3.2 1.3-6.3L3 9.6l6.3-.7z",
    lightbulb: "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.9V16h7v-2.1A6 6 0 0 0 12 3z",
    home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
    book: "M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2z M5 18a2 2 0 0 1 2-2h12",
    device: "M4 5h16v11H4z M9 20h6 M12 16v4",
  };
  return h("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, h("path", { d: drawings[name] ?? drawings.device }));
}

/** The icon of a user, device or stream: an image in its text, a drawing of a known name, or nothing. @param {string | undefined} text */
export function nodeIcon(text) {
  if (!text) return null;
  if (/^data:image\/[\w.+-]+[;,]/.test(text)) return h("img", { src: text, alt: "", class: "icon" });
  const name = /^(?:material|fa):([\w-]+)$/.exec(text)?.[1];
  const known = { star: "star", "star-half-empty": "star", lightbulb: "lightbulb", lightbulb_outline: "lightbulb", "lightbulb-o": "lightbulb", home: "home", book: "book" };
  return name && known[name] ? icon(known[name]) : null;
}
