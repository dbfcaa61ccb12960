// @ts-check
// A PipeScript over a stream, or a dataset of several, with the result as chart, table and CSV.
import { crud, get, post, query as parametersOf } from "./api.js";
import { createChart } from "./chart.js";
import { codeBlock, quote } from "./code.js";
import { button, field, fill, h } from "./dom.js";
import { counted, ofWallClock, time, timeIn, timeZone, wallClock } from "./format.js";
import { pathBox } from "./pathbox.js";
import { scriptBox } from "./script.js";
import { changes } from "./series.js";
import { columnNames, csvOf, download, pointTable, rowTable } from "./table.js";

const mostRows = 5000, shownRows = 500;

/** Pixels of the result that are seen without moving to it. */
const leastSeen = 100;

/** More different texts are no states. */
const mostNames = 32;

/** @param {{parameters: URLSearchParams, onLeave: (end: () => void) => void}} place */
export async function screen({ parameters, onLeave }) {
  const interpolators = Object.keys(await get("api/v1/meta/interpolators").catch(() => ({ closest: 1, before: 1, after: 1, mean: 1, sum: 1, count: 1 })));
  const now = Date.now() / 1000;
  const from = h("input", { type: "datetime-local", step: 1, value: wallClock(now - 7 * 86400) }), to = h("input", { type: "datetime-local", step: 1, value: wallClock(now) });
  const step = h("select", null, [["1 min", 60], ["10 min", 600], ["1 h", 3600], ["1 d", 86400], ["7 d", 604800]].map(([text, seconds]) => h("option", { value: String(seconds), selected: seconds === 3600 }, text)));
  const columns = h("div", { class: "dataset" });
  const addColumn = (path = "") => {
    const stream = pathBox({ value: path, "aria-label": "Stream" });
    const how = h("select", { "aria-label": "Interpolator" }, interpolators.map(name => h("option", { value: name, selected: name === "mean" }, name)));
    const script = scriptBox("", { placeholder: "transform", "aria-label": "Transform" });
    const row = h("div", { class: "row column" }, stream.element, how, script.element, button("×", () => row.remove(), { "aria-label": "Leave out this column" }));
    /** @type {any} */ (row).read = () => ({ stream: stream.input.value.trim(), interpolator: how.value, transform: script.input.value.trim() && script.input.value });
    /** @type {any} */ (row).script = script;
    columns.append(row);
  };
  (parameters.getAll("s").length > 0 ? parameters.getAll("s") : [""]).forEach(path => addColumn(path));
  const stream = pathBox({ value: parameters.get("s") ?? "", required: true });
  const script = scriptBox("", { rows: 2 });
  const result = h("div", { class: "result", role: "status" });
  /** @type {{powershell: string, path: string, body?: any} | null} */
  let asked = null;
  let end = () => {};
  let wish = new AbortController();
  onLeave(() => { wish.abort(); end(); });

  const range = () => ({ from: ofWallClock(from.value), to: ofWallClock(to.value) });
  const iso = seconds => quote(new Date(seconds * 1000).toISOString());

  /** @param {(signal: AbortSignal) => Promise<any[]>} read @param {ReturnType<typeof scriptBox>[]} scripts */
  async function show(read, scripts) {
    code.dispatchEvent(new Event("toggle"));
    scripts.forEach(one => one.clear());
    wish.abort();
    const mine = wish = new AbortController();
    end();
    fill(result, h("p", { class: "muted" }, "Asking…"));
    try {
      const rows = await read(mine.signal);
      end = resultOf(result, rows);
    } catch (error) {
      if (mine.signal.aborted) return;
      fill(result, h("p", { class: "status failed", role: "alert" }, scripts.map(one => one.mark(error)).find(said => said) ?? /** @type {Error} */ (error).message));
    }
    // On a phone the result is below the forms, where nobody would look for it.
    if (result.getBoundingClientRect().top > innerHeight - leastSeen) result.scrollIntoView({ block: "start" });
  }

  const pipeScript = h("form", { class: "card form", on: { submit: event => {
    event.preventDefault();
    const { from: t1, to: t2 } = range();
    const path = crud(stream.input.value.trim(), `/data?${parametersOf({ t1, t2, transform: script.input.value, limit: mostRows })}`);
    asked = { powershell: `Get-CdbDatapoint ${quote(stream.input.value.trim())} -From ${iso(t1)} -To ${iso(t2)} -Transform ${quote(script.input.value)}`, path };
    show(signal => get(path, signal), [script]);
  } } }, h("h2", null, "PipeScript"), field("Stream", stream), field("Script", script, "such as if $ > 20 | count, or day(mean)"), h("button", { type: "submit", class: "primary" }, "Run"));

  const dataset = h("form", { class: "card form", on: { submit: event => {
    event.preventDefault();
    const { from: t1, to: t2 } = range();
    const chosen = [...columns.children].map(row => /** @type {any} */ (row).read()).filter(column => column.stream);
    const names = chosen.map((column, i) => { const name = column.stream.split("/").at(-1); return chosen.findIndex(other => other.stream.split("/").at(-1) === name) === i ? name : `${name}${i + 1}`; });
    const body = { t1, t2, dt: Number(step.value), nullmeans: true, dataset: Object.fromEntries(chosen.map((column, i) => [names[i], { stream: column.stream, interpolator: column.interpolator, ...(column.transform ? { transform: column.transform } : {}), allownil: true }])) };
    asked = { powershell: `Invoke-CdbDataset -From ${iso(t1)} -To ${iso(t2)} -Every ${step.value}s -Column ${chosen.map(column => quote(`${column.stream}:${column.interpolator}`)).join(", ")}`, path: "api/v1/query/dataset", body };
    show(async signal => {
      if ((t2 - t1) / Number(step.value) > 100000) throw new Error("These are more than 100,000 rows. Choose a longer step or a shorter range.");
      return await post("api/v1/query/dataset", body, signal);
    }, [...columns.children].map(row => /** @type {any} */ (row).script));
  } } }, h("h2", null, "Dataset"), h("p", { class: "muted" }, "A row for each step, a column for each stream."), columns, button("Add a column", () => addColumn()), field("Step", step), h("button", { type: "submit", class: "primary" }, "Make the table"));

  const code = codeBlock(() => asked ?? { powershell: "Invoke-CdbDataset -Since 7d -Every 1h -Column 'temperature:mean'", path: "api/v1/query/dataset" });
  const element = h("div", { class: "screen" }, h("div", { class: "head" }, h("h1", null, "Dataset and PipeScript")),
    h("section", { class: "card row" }, field("From", from), field("To", to)),
    h("div", { class: "columns" }, dataset, pipeScript), result,
    code);
  element.dataset.title = "Dataset";
  return element;
}

/** A line of numbers, or bars of states; null for what is neither. @param {string} name @param {{t: number, d: any}[]} values */
function seriesOf(name, values) {
  const known = values.filter(({ d }) => d !== null);
  const states = changes(values);
  if (known.length > 1 && known.every(({ d }) => typeof d === "boolean" || typeof d === "string") && new Set(known.map(({ d }) => d)).size <= mostNames) return { name, states, until: values[values.length - 1].t };
  const columns = known.filter(({ d }) => typeof d === "number").map(({ t, d }) => ({ from: t, to: t, t1: t, t2: t, count: 1, numbers: 1, booleans: 0, min: d, max: d, sum: d }));
  return columns.length > 1 ? { name, columns } : null;
}

/** Shows rows, and returns what ends the chart. @param {Element} result @param {any[]} rows */
function resultOf(result, rows) {
  if (rows.length === 0) {
    fill(result, h("p", { class: "muted" }, "No rows in this range."));
    return () => {};
  }
  const names = columnNames(rows);
  const series = (names.length > 0 ? names : [""]).map(name => seriesOf(name, rows.map(row => ({ t: row.t ?? 0, d: name ? row.d[name] : row.d })))).filter(one => one !== null).slice(0, 8);
  const whole = { from: rows[0].t ?? 0, to: rows.at(-1).t ?? 0 };
  const pad = Math.max(1, (whole.to - whole.from) * 0.02);
  let view = { from: whole.from - pad, to: whole.to + pad };
  const readout = h("p", { class: "readout" });
  const chart = series.length > 0 && rows.length <= 20000 ? createChart({ view, moved: next => { view = next; chart && chart.show(view); }, all: () => { view = { from: whole.from - pad, to: whole.to + pad }; chart && chart.show(view); }, read: t => { readout.textContent = t === null ? "" : timeIn(t, view.to - view.from); } }) : null;
  fill(result,
    chart && h("section", { class: "card", "aria-label": "Chart" }, chart.element, readout, h("div", { class: "row actions" }, button("Picture", async () =>
      download("dataset.png", await chart.image(series.map(one => one.name).filter(Boolean).join(", ") || "PipeScript", `${time(view.from)} to ${time(view.to)}, ${timeZone()}`))))),
    h("section", { class: "card", "aria-label": "Rows" }, h("div", { class: "row" }, h("h2", null, counted(rows.length, "row")), button("CSV", () => download("dataset.csv", new Blob([csvOf(rows)], { type: "text/csv" })))),
      names.length > 0 ? rowTable(rows.slice(0, shownRows)) : pointTable(rows.slice(0, shownRows)), rows.length > shownRows && h("p", { class: "muted" }, `The first ${shownRows}; the CSV has all.`)));
  chart?.describe(`Chart of ${counted(rows.length, "row")}`);
  chart?.draw(series);
  return () => chart?.dispose();
}
