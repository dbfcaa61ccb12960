// @ts-check
// Several streams above one axis of time.
import { crud, get, post } from "./api.js";
import { createChart, hint } from "./chart.js";
import { codeBlock, quote } from "./code.js";
import { button, field, fill, h } from "./dom.js";
import { number, time, timeIn, timeZone, value } from "./format.js";
import { onLive } from "./live.js";
import { pathBox } from "./pathbox.js";
import { columnsOf, mostStates, readStates, statesOf } from "./series.js";
import { download } from "./table.js";

const most = 8;

/** @param {{parameters: URLSearchParams, onLeave: (end: () => void) => void, reload: () => void}} place */
export async function screen({ parameters, onLeave, reload }) {
  const paths = parameters.getAll("s").slice(0, most);
  const path = pathBox();
  const go = list => {
    const next = new URLSearchParams(list.map(one => ["s", one]));
    location.hash = `#compare?${next}`;
  };
  const add = h("form", { class: "row", on: { submit: event => {
    event.preventDefault();
    const typed = path.input.value.trim();
    if (typed && paths.length < most && !paths.includes(typed)) go([...paths, typed]);
  } } }, field("Add a stream", path), h("button", { type: "submit" }, "Add"));
  const note = h("div", { class: "note", role: "status" });
  const chips = h("ul", { class: "chips" }, paths.map(one => h("li", null, h("a", { href: `#/${encodeURI(one)}` }, one), button("×", () => go(paths.filter(other => other !== one)), { "aria-label": `Leave out ${one}` }))));
  const element = h("div", { class: "screen" }, h("div", { class: "head" }, h("h1", null, "Compare streams")), h("section", { class: "card" }, chips, paths.length < most ? add : h("p", { class: "muted" }, `At most ${most}.`), note));
  element.dataset.title = "Compare";
  if (paths.length === 0) {
    fill(note, h("p", { class: "muted" }, "Add the paths of two streams or more. “Compare with…” on the page of a stream begins here with it."));
    return element;
  }
  const summaries = await Promise.all(paths.map(one => get(crud(one, "/data?q=summary")).catch(error => ({ error }))));
  const failed = summaries.map((summary, i) => summary.error && `${paths[i]}: ${summary.error.message}`).filter(Boolean);
  const known = summaries.filter(summary => summary.count > 0);
  const now = Date.now() / 1000;
  const all = known.length > 0 ? { from: Math.min(...known.map(one => one.t1)), to: Math.max(...known.map(one => one.t2)) } : { from: now - 86400, to: now };
  const pad = Math.max(1, (all.to - all.from) * 0.02);
  let view = { from: all.from - pad, to: all.to + pad };
  /** @type {import("./chart.js").Series[]} */
  let series = paths.map(name => ({ name, columns: [] }));
  let isBroken = false;
  let timer = 0;
  let wish = new AbortController();
  const readout = h("p", { class: "readout", role: "status" }, hint);
  const chart = createChart({ view, expected: { fields: paths.length, lanes: 0 }, all: () => move({ from: all.from - pad, to: all.to + pad }), moved: move, read: t => {
    readout.textContent = t === null ? hint
      : `${timeIn(t, view.to - view.from)} · ${series.map(one => `${one.name.split("/").at(-1)} ${near(one, t)}`).join(" · ")}`;
  } });
  function move(next) {
    view = next;
    chart.show(view);
    clearTimeout(timer);
    timer = setTimeout(read, 120);
  }
  async function read() {
    wish.abort();
    const mine = wish = new AbortController();
    const span = view.to - view.from;
    try {
      const charts = await post("api/v1/query/chart", paths.map(stream => ({ stream, columns: Math.round(Math.max(50, (chart.element.clientWidth || 800) - 80)) * 2, t1: view.from - span / 2, t2: view.to + span / 2, timezone: timeZone() })), mine.signal);
      const range = { from: view.from - span / 2, to: view.to + span / 2 };
      series = await Promise.all(paths.map(async (name, i) => {
        const columns = charts[i] ? columnsOf(charts[i]) : [];
        const states = statesOf(charts[i], columns);
        if (!states && !(columns.length === 0 && series[i].states)) return { name, columns };
        // What holds at the left edge was stored before it.
        const all = await readStates(name, range, mine.signal);
        return { name, states: states && all.length > mostStates ? states : all, until: Math.min(Date.now() / 1000, range.to) };
      }));
      isBroken = false;
      const others = series.filter(one => one.columns?.length && one.columns.every(column => column.numbers === 0));
      fill(note, failed.map(text => h("p", { class: "status failed" }, text)), others.map(one => h("p", null, `${one.name}: these values are neither numbers nor states.`)));
      chart.draw(series);
    } catch (error) {
      if (mine.signal.aborted) return;
      isBroken = true;
      fill(note, h("p", { class: "status failed", role: "alert" }, /** @type {Error} */ (error).message, " ", button("Again", read)));
    }
  }
  const picture = async () => download("compare.png", await chart.image(paths.map(one => one.split("/").at(-1)).join(", "), `${time(view.from)} to ${time(view.to)}, ${timeZone()}`));
  chart.describe(`Charts of ${paths.join(", ")} above one axis of time`);
  onLeave(onLive(() => { if (isBroken) read(); }));
  onLeave(() => { clearTimeout(timer); wish.abort(); chart.dispose(); });
  element.append(h("section", { class: "card", "aria-label": "Charts" }, chart.element, readout, h("div", { class: "row actions" }, button("Picture", picture))),
    codeBlock(() => ({ powershell: `Show-CdbChart ${paths.map(quote).join(", ")} -From ${quote(new Date(view.from * 1000).toISOString())} -To ${quote(new Date(view.to * 1000).toISOString())}`, path: "api/v1/query/chart", body: paths.map(stream => ({ stream, columns: 800, t1: view.from, t2: view.to })) })));
  timer = setTimeout(read);
  return element;
}

/** @param {import("./chart.js").Series} series @param {number} t */
function near({ columns = [], states }, t) {
  const state = states?.findLast(state => state.t <= t);
  if (state) return value(state.d);
  const best = columns.filter(column => column.numbers > 0).reduce((best, column) => !best || Math.abs(column.t1 - t) < Math.abs(best.t1 - t) ? column : best, /** @type {any} */ (null));
  return best ? number(best.sum / best.numbers) : "–";
}
