// @ts-check
// The table below a chart: the newest datapoints, and older ones by page; or the results of a script.
import { crud, get, query } from "./api.js";
import { button, fill, h } from "./dom.js";
import { number } from "./format.js";
import { pointTable } from "./table.js";

const page = 50;

/** The results of a script that the table has. */
const mostResults = 5000;

/**
 * The newest datapoints, and older ones by page; with a script, its results in the range of the chart.
 * @param {string} path @param {() => number} count @param {() => {transform: string, from: number, to: number}} asked
 */
export function newestTable(path, count, asked) {
  const title = h("h2", null, "Datapoints, newest first"), body = h("div"), where = h("span", { class: "muted" });
  let first = -1;
  let timer = 0;
  let isNewest = true, isBroken = false;
  /** The first of the page that was asked for. */
  let wanted = -1;
  const older = button("Older", () => show(Math.max(0, first - page))), newer = button("Newer", () => show(first + page >= size - page ? -1 : first + page));
  let wish = new AbortController();
  let size = 0;
  /** The results of a script, the oldest first. @type {any[]} */
  let results = [];

  /** @param {number} start the first of the page; below 0 for the newest */
  async function show(start) {
    wish.abort();
    const mine = wish = new AbortController();
    const { transform, from: t1, to: t2 } = asked();
    isNewest = start < 0;
    wanted = start;
    try {
      if (transform && isNewest) results = await get(crud(path, `/data?${query({ t1, t2, transform, limit: mostResults })}`), mine.signal);
      size = transform ? results.length : count();
      const from = isNewest ? Math.max(0, size - page) : start;
      const to = Math.min(size, from + page);
      const points = transform ? results.slice(from, to) : size === 0 ? [] : await get(crud(path, `/data?${query({ i1: from, i2: to })}`), mine.signal);
      first = from;
      isBroken = false;
      fill(title, transform ? "Results of the script, newest first" : "Datapoints, newest first");
      fill(body, points.length === 0 ? h("p", { class: "muted" }, transform ? "No results in this range." : "No datapoints.") : pointTable(points.reverse()));
      where.textContent = points.length > 0 ? `${number(from + 1)} to ${number(from + points.length)} of ${number(size)}${transform && size === mostResults ? ", the first of the range" : ""}` : "";
      older.hidden = from === 0;
      newer.hidden = isNewest;
    } catch (/** @type {any} */ error) {
      if (mine.signal.aborted) return;
      isBroken = error.isTemporary === true;
      // An error in the script stands beside it.
      if (transform && !isBroken) fill(body, h("p", { class: "muted" }, "No results."));
      else fill(body, h("p", { class: "status failed" }, error.message, " ", button("Again", () => show(start))));
    }
  }
  const newest = () => {
    if (!isNewest || timer) return;
    timer = setTimeout(() => {
      timer = 0;
      if (isNewest) show(-1);
    }, 200);
  };
  const end = () => {
    clearTimeout(timer);
    wish.abort();
  };
  newest();
  return { element: h("section", { class: "card", "aria-label": "Datapoints" }, title, body, h("div", { class: "row" }, older, newer, where)), newest, recover() { if (isBroken) show(wanted); }, show, end };
}
