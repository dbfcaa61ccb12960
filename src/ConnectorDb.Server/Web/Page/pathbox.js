// @ts-check
// A box for the path of a stream, which offers those that have the typed text in their names.
import { get, query } from "./api.js";
import { fill, h } from "./dom.js";

const pause = 200, most = 20;
let ids = 0;

/** @param {Record<string, any>} [properties] of the input @returns {{element: any, input: any}} */
export function pathBox(properties) {
  const list = h("datalist", { id: `paths${++ids}` });
  const input = h("input", { type: "text", autocapitalize: "none", autocomplete: "off", spellcheck: "false", placeholder: "user/device/stream", list: list.id, ...properties });
  let timer = 0;
  let wish = new AbortController();
  input.addEventListener("input", () => {
    clearTimeout(timer);
    wish.abort();
    const name = input.value.trim().split("/").at(-1);
    if (name) timer = setTimeout(look, pause, name);
  });
  /** @param {string} name */
  async function look(name) {
    const mine = wish = new AbortController();
    // Without an answer the path can be typed all the same.
    const found = await get(`api/v1/crud?${query({ q: "find", name, limit: most })}`, mine.signal).catch(() => []);
    if (!mine.signal.aborted) fill(list, found.map(stream => h("option", { value: stream.path })));
  }
  return { element: h("span", { class: "contents" }, input, list), input };
}
