// @ts-check
// A list that is read a page at a time.
import { append, button, fill, h } from "./dom.js";

/**
 * Adds a page of entries to a list, and a button for the next one.
 * @param {Element} list @param {any[]} entries @param {number} limit of this page @param {(last: any) => Promise<any[]>} read the page after an entry
 * @param {number} size of the pages that follow @param {(entries: any[]) => any} show their elements
 */
export function extend(list, entries, limit, read, size, show) {
  append(list, [show(entries)]);
  if (entries.length < limit) return;
  const next = h(list.tagName === "UL" ? "li" : "p");
  const go = async () => {
    fill(next, "…");
    try {
      const more = await read(entries.at(-1));
      const before = next.previousElementSibling;
      next.remove();
      extend(list, more, size, read, size, show);
      // The button had the focus: the first of what it brought has it now.
      if (document.activeElement === document.body) /** @type {HTMLElement | null | undefined} */ (before?.nextElementSibling?.querySelector("a,summary,button"))?.focus();
    } catch (/** @type {any} */ error) {
      fill(next, h("span", { role: "alert" }, error.message, " "), button("Again", go));
    }
  };
  append(list, [fill(next, button("More…", go))]);
}
