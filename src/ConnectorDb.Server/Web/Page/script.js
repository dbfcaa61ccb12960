// @ts-check
// A box for a PipeScript, which underlines the place of an error.
import { fill, h } from "./dom.js";

/**
 * @param {string} text @param {Record<string, any>} [properties] of the text area
 * @returns {{element: any, input: any, mark: (error: any) => string | undefined, clear: () => void}} mark: shows the place if it is in this script, and returns what to say beside it
 */
export function scriptBox(text, properties) {
  const input = h("textarea", { rows: 1, class: "code", spellcheck: "false", autocapitalize: "none", ...properties, value: text });
  // A text area has no markup in it. What lies below has the same text, unseen, and the underline.
  const below = h("pre", { class: "code below", "aria-hidden": "true" });
  const clear = () => {
    fill(below);
    input.removeAttribute("aria-invalid");
  };
  input.addEventListener("input", clear);
  input.addEventListener("scroll", () => { below.scrollTop = input.scrollTop; });
  if (properties?.rows === undefined) input.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    input.form?.requestSubmit();
  });
  return {
    element: h("div", { class: "script" }, below, input),
    input,
    clear,
    mark(error) {
      const { line, column, length } = error.details ?? {};
      if (!(line >= 1) || (error.details.target !== undefined && error.details.target !== input.value)) return undefined;
      const lines = input.value.split("\n");
      const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
      const rest = input.value.slice(start, start + length);
      // At the end of the text there is nothing to underline but the place after it.
      fill(below, input.value.slice(0, start), h("mark", null, rest.trim() === "" ? "\u00a0\u00a0" : rest), input.value.slice(start + length));
      below.scrollTop = input.scrollTop;
      input.setAttribute("aria-invalid", "true");
      // The message of ConnectorDB 0.3 comes first, for its clients; ours shows the place below its first line.
      return (error.details.detail ?? error.message).split("\n")[0];
    },
  };
}
