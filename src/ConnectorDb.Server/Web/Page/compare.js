// @ts-check
// Several streams above one axis of time, with the datapoints that arrive.
import { crud, get, post } from "./api.js";
import { createChart, hint } from "./chart.js";
import { codeBlock, quote } from "./code.js";
import { button, field, fill, h } from "./dom.js";
import { number, time, timeIn, timeZone, value } from "./format.js";
import { onLive, watch } from "./live.js";
import { pathBox } from "./pathbox.js";
import { unitOf } from "./schema.js";
import { appendArrived, columnsOf, mostStates, readOf, readStates, statesOf } from "./series.js";
import { download } from "./table.js";

const most = 8, settle = 120, pause = 1000;

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
  const [summaries, units] = await Promise.all([
    Promise.all(paths.map(one => get(crud(one, "/data?q=summary")).catch(error => ({ error })))),
    Promise.all(paths.map(one => get(crud(one)).then(unitOf, () => ""))),
  ]);
  const failed = summaries.map((summary, i) => summary.error && `${paths[i]}: ${summary.error.message}`).filter(Boolean);
  const known = summaries.filter(summary => summary.count > 0);
  const now = () => Date.now() / 1000;
  const all = known.length > 0 ? { from: Math.min(...known.map(one => one.t1)), to: Math.max(...known.map(one => one.t2)) } : { from: now() - 86400, to: now() };
  const pad = () => Math.max(1, (all.to - all.from) * 0.02);
  const whole = () => ({ from: all.from - pad(), to: all.to + pad() });
  let view = whole();
  /** The view moves with the newest datapoint, and shows all of the time or as much as before. */
  let isLive = true, isWhole = true;
  /** @type {import("./series.js").Read[]} */
  let reads = paths.map(() => readOf([], null));
  /** What the answer to a request that is under way may not have. @type {{i: number, points: import("./live.js").Point[]}[]} */
  let arrived = [];
  let range = { from: 0, to: 0 };
  let isReading = false, isBroken = false;
  let timer = 0, later = 0, redraw = 0;
  let wish = new AbortController();
  const readout = h("p", { class: "readout", role: "status" }, hint);
  const chart = createChart({ view, expected: { fields: paths.length, lanes: 0 }, all: showAll, moved: move, read: t => {
    readout.textContent = t === null ? hint
      : `${timeIn(t, view.to - view.from)} · ${paths.map((path, i) => `${path.split("/").at(-1)} ${near(reads[i], t, units[i])}`).join(" · ")}`;
  } });
  const nowButton = button("Now", () => show({ from: all.to + pad() - (view.to - view.from), to: all.to + pad() }), { hidden: true, title: "The newest at the right edge" });
  function showAll() {
    show(whole());
    isWhole = true;
  }
  function move(next) {
    isWhole = false;
    isLive = next.from <= all.to && all.to <= next.to;
    nowButton.hidden = isLive;
    show(next, isLive);
  }
  function show(next, isNewest = true) {
    [view, isLive, nowButton.hidden] = [next, isNewest, isNewest];
    chart.show(view);
    clearTimeout(timer);
    timer = setTimeout(read, settle);
  }
  async function read() {
    wish.abort();
    clearTimeout(later);
    later = 0;
    arrived = [];
    isReading = true;
    const mine = wish = new AbortController();
    const span = view.to - view.from;
    const asked = { from: view.from - span / 2, to: view.to + span / 2 };
    try {
      const charts = await post("api/v1/query/chart", paths.map(stream => ({ stream, columns: Math.round(Math.max(50, (chart.element.clientWidth || 800) - 80)) * 2, t1: asked.from, t2: asked.to, timezone: timeZone() })), mine.signal);
      const next = await Promise.all(paths.map(async (name, i) => {
        const columns = charts[i] ? columnsOf(charts[i]) : [];
        const states = statesOf(charts[i], columns);
        if (!states && !(columns.length === 0 && reads[i].states)) return readOf(columns, null);
        // What holds at the left edge was stored before it.
        const all = await readStates(name, asked, mine.signal);
        return readOf(columns, states && all.length > mostStates ? states : all);
      }));
      [reads, range, isReading, isBroken] = [next, asked, false, false];
      const others = paths.filter((_, i) => !reads[i].states && reads[i].columns.length > 0 && reads[i].columns.every(column => column.numbers === 0));
      fill(note, failed.map(text => h("p", { class: "status failed" }, text)), others.map(name => h("p", null, `${name}: these values are neither numbers nor states.`)));
      if (!arrived.every(({ i, points }) => append(i, points))) again();
      draw();
    } catch (error) {
      if (mine.signal.aborted) return;
      isReading = false;
      isBroken = true;
      fill(note, h("p", { class: "status failed", role: "alert" }, /** @type {Error} */ (error).message, " ", button("Again", read)));
    }
  }
  const draw = () => chart.draw(reads.map(({ columns, states }, i) => {
    const name = `${paths[i]}${units[i] && ` in${units[i]}`}`;
    return states ? { name, states, until: Math.min(now(), range.to) } : { name, columns };
  }));

  /** Reads all again, but not for each of many datapoints. */
  function again() {
    later ||= setTimeout(read, pause);
  }

  /** @returns {boolean} false if the streams are to be read again */
  function append(i, points) {
    const isOther = !reads[i].states && points.some(({ d }) => typeof d !== "number");
    return appendArrived(reads[i], points) && !isOther;
  }

  /** Keeps the newest datapoint in view. */
  function follow() {
    if (!isLive) return;
    if (isWhole) view = whole();
    else if (all.to > view.to) view = { from: view.from + all.to - view.to, to: all.to };
    chart.show(view);
    if (view.to > range.to) again();
  }
  const counts = summaries.map(summary => summary.count ?? 0);
  paths.forEach((path, i) => onLeave(watch(path, {
    value: (_, count) => {
      // What was stored between the first answers and the subscription comes with neither.
      if (count !== counts[i]) again();
      counts[i] = count;
    },
    points: points => {
      counts[i] += points.length;
      all.from = Math.min(all.from, points[0].t);
      all.to = Math.max(all.to, points[points.length - 1].t);
      if (isReading) arrived.push({ i, points });
      else if (!append(i, points)) again();
      follow();
      cancelAnimationFrame(redraw);
      redraw = requestAnimationFrame(draw);
    },
    missed: again,
  })));
  // A state goes on while nothing arrives.
  const clock = setInterval(() => { if (isLive && !isReading && view.to - view.from < 2 * 86400 && reads.some(one => one.states)) draw(); }, 1000);
  const picture = async () => download("compare.png", await chart.image(paths.map(one => one.split("/").at(-1)).join(", "), `${time(view.from)} to ${time(view.to)}, ${timeZone()}`));
  chart.describe(`Charts of ${paths.join(", ")} above one axis of time`);
  onLeave(onLive(() => { if (isBroken) read(); }));
  onLeave(() => {
    clearTimeout(timer);
    clearTimeout(later);
    clearInterval(clock);
    cancelAnimationFrame(redraw);
    wish.abort();
    chart.dispose();
  });
  element.append(h("section", { class: "card", "aria-label": "Charts" }, chart.element, readout, h("div", { class: "row actions" }, button("Picture", picture), nowButton)),
    codeBlock(() => ({ powershell: `Show-CdbChart ${paths.map(quote).join(", ")} -From ${quote(new Date(view.from * 1000).toISOString())} -To ${quote(new Date(view.to * 1000).toISOString())}`, path: "api/v1/query/chart", body: paths.map(stream => ({ stream, columns: 800, t1: view.from, t2: view.to })) })));
  timer = setTimeout(read);
  return element;
}

/** @param {import("./series.js").Read} read @param {number} t @param {string} unit */
function near({ columns, states }, t, unit) {
  const state = states?.findLast(state => state.t <= t);
  if (state) return value(state.d);
  const best = columns.filter(column => column.numbers > 0).reduce((best, column) => !best || Math.abs(column.t1 - t) < Math.abs(best.t1 - t) ? column : best, /** @type {any} */ (null));
  return best ? `${number(best.sum / best.numbers)}${unit}` : "–";
}
