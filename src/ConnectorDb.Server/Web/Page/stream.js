// @ts-check
// A stream: its newest value, its chart from years to seconds, its datapoints, and what one may do with it.
import { crud, get, query, remove } from "./api.js";
import { createChart, hint } from "./chart.js";
import { codeBlock, quote } from "./code.js";
import { confirmRemoval } from "./dialogs.js";
import { button, described, field, fill, h, nodeIcon } from "./dom.js";
import { age, counted, number, ofWallClock, time, timeIn, timeZone, value, wallClock } from "./format.js";
import { downlinkCard } from "./downlink.js";
import { inputCard } from "./inputs.js";
import { schemaOf, unitOf } from "./schema.js";
import { scriptBox } from "./script.js";
import { onLive, watch } from "./live.js";
import { newestTable } from "./newest.js";
import { mayChange, mayCreate, mayRequest, mayWrite } from "./rights.js";
import { appendArrived, figuresOf, mostStates, readColumns, readOf, readStates } from "./series.js";
import { streamForm } from "./forms.js";
import { csvParts } from "./csv.js";
import { csvHead, download } from "./table.js";
import { userLink } from "./userlink.js";

const ranges = [["1 h", 3600], ["1 d", 86400], ["7 d", 7 * 86400], ["30 d", 30 * 86400], ["1 y", 365 * 86400]];
const settle = 120, settleAddress = 300;

const mostMembers = 6;

/** The first range has at least so many datapoints on average. */
const fewPoints = 10;

/** @param {{path: string, parameters: URLSearchParams, onLeave: (end: () => void) => void, reload: () => void, changed: () => void, go: (hash: string) => void, tell: (parameters: string) => void}} place */
export async function screen({ path, parameters, onLeave, reload, changed, go, tell }) {
  const [stream, summary, newest] = await Promise.all([get(crud(path)), get(crud(path, "/data?q=summary")).catch(() => ({ count: 0 })), get(crud(path, "/data?q=last")).then(points => points[0] ?? null, () => null)]);
  const schema = schemaOf(stream);
  const unit = unitOf(stream);

  /** A script changes what the numbers are. */
  const unitHere = () => transform ? "" : unit;

  const head = header(path, stream, unit);
  const now = () => Date.now() / 1000;
  const whole = () => summary.count > 0 ? widen(summary.t1, Math.max(summary.t2, view.isLive ? now() : 0)) : { from: now() - 86400, to: now() };
  const view = startView(parameters, summary);
  /** @type {import("./series.js").Column[]} */
  let columns = [];
  /** @type {import("./series.js").State[] | null} */
  let states = null;
  let loaded = { from: 0, to: 0, span: 0 };
  let transform = parameters.get("t") ?? "";
  let last = newest;
  let count = summary.count ?? 0;

  const readout = h("p", { class: "readout", role: "status", "aria-live": "polite" }, hint);
  const told = h("span", { class: "told" });
  const note = h("div", { class: "note", role: "status" });
  const figures = h("dl", { class: "figures" });
  const buttons = ranges.map(([text, seconds]) => button(/** @type {string} */ (text), () => setView({ from: now() - Number(seconds), to: now() }, true, text), { "data-range": text }));
  const allButton = button("All", () => setView(whole(), true, "All"), { "data-range": "All" });
  const liveButton = button("Now", () => setView({ from: now() - (view.to - view.from), to: now() }, true, ""), { class: "now", title: "The newest at the right edge (l)" });
  const isLikelyState = isStateSchema(schema) || isStateValue(last?.d);
  const chart = createChart({ view, expected: { fields: isLikelyState ? 0 : 1, lanes: isLikelyState ? 1 : 0 }, moved: next => setView(next, false, ""), all: () => setView(whole(), false, "All"), read: readAt });

  const from = h("input", { type: "datetime-local", step: 1 }), to = h("input", { type: "datetime-local", step: 1 });
  const custom = h("details", { class: "custom" }, h("summary", null, "from – to"), h("form", { class: "row", on: { submit: event => {
    event.preventDefault();
    const chosen = { from: ofWallClock(from.value), to: ofWallClock(to.value) };
    if (chosen.from < chosen.to) setView(chosen, false, "");
  } } }, field("From", from), field("To", to), h("button", { type: "submit" }, "Show")));
  custom.addEventListener("toggle", () => {
    // The event comes after the box has opened: what was typed by then stays.
    from.value = custom.open ? from.value || wallClock(view.from) : "";
    to.value = custom.open ? to.value || wallClock(view.to) : "";
  });

  const script = scriptBox(transform);
  const scriptForm = h("form", { class: "row", on: { submit: event => {
    event.preventDefault();
    transform = script.input.value.trim() && script.input.value;
    script.clear();
    loaded = { from: 0, to: 0, span: 0 };
    setView({ ...view }, view.isLive, view.name);
  } } }, field("PipeScript", script, "such as if $ > 20, or mean"), h("button", { type: "submit" }, "Apply"));

  /** @param {{from: number, to: number}} next @param {boolean} isLive @param {any} name the button that stands for it */
  function setView(next, isLive, name) {
    Object.assign(view, { from: next.from, to: next.to, isLive, name });
    for (const one of [...buttons, allButton]) one.setAttribute("aria-pressed", String(one.dataset.range === name));
    liveButton.hidden = isLive;
    plan();
    chart.show(next, isReading);
    cancelAnimationFrame(figured);
    figured = requestAnimationFrame(tellFigures);
    clearTimeout(settled);
    settled = setTimeout(tellAddress, settleAddress);
  }

  /** Browsers allow few changes of the address in a short time. */
  let settled = 0, figured = 0;
  let tabled = "";
  function tellAddress() {
    if (transform || tabled) table.show(-1);
    tabled = transform;
    tell(query({ from: view.isLive ? "" : Math.round(view.from * 1000) / 1000, to: view.isLive ? "" : Math.round(view.to * 1000) / 1000, range: view.isLive ? view.name : "", t: transform }));
  }

  let timer = 0;
  let begun = -Infinity;
  let wish = new AbortController();
  function plan() {
    clearTimeout(timer);
    const span = view.to - view.from;
    const isEnough = loaded.from <= view.from && (loaded.to >= view.to || loaded.to >= now() - 1) && loaded.span < span * 2 && loaded.span > span / 1.6;
    // The first step of a wheel reads at once, and those that follow it closely share a reading.
    if (isEnough) return;
    const wait = Math.max(0, loaded.span === 0 ? 0 : begun + settle - performance.now());
    // A zoom asks before its picture is drawn: the server answers meanwhile. The first picture has its width later.
    if (wait === 0 && loaded.span > 0) read();
    else timer = setTimeout(read, wait);
  }

  /** Datapoints that came while the chart was read, which the answer may not have. @type {import("./live.js").Point[]} */
  let arrived = [];
  let isReading = false;
  let isBroken = false;
  /** The times of the newest datapoint and of the newest state that were read. */
  let readTo = -Infinity, stateFrom = -Infinity;

  /** Reads what is seen, and a quarter as much on each side, so that moving shows something at once. */
  async function read() {
    wish.abort();
    arrived = [];
    isReading = true;
    begun = performance.now();
    const mine = wish = new AbortController();
    const span = view.to - view.from;
    const range = { from: view.from - span / 4, to: view.to + span / 4 };
    const wanted = Math.max(50, Math.min(2000, (chart.element.clientWidth || 800) - 80)) * 1.5;
    try {
      const read = await readColumns(path, range, wanted, transform, mine.signal);
      const total = read.reduce((sum, column) => sum + column.count, 0);
      const isText = total > 0 && read.every(column => column.numbers === 0);
      const isState = !transform && (isText ? isStateValue(last?.d) : isBoolean() || (total === 0 && isStateSchema(schema)));
      const runs = isState ? await readStates(path, range, mine.signal) : null;
      columns = read;
      states = runs && runs.length <= mostStates ? runs : null;
      ({ readTo, stateFrom } = readOf(read, runs));
      isReading = isBroken = false;
      loaded = { ...range, to: Math.max(range.to, view.isLive ? now() : 0), span };
      if (!add(arrived)) again();
      fill(note, noteOf(total, isText, runs));
      // An empty field says less than the note.
      showChart(count > 0 && (total === 0 || !isText || runs !== null));
    } catch (error) {
      if (mine.signal.aborted) return;
      isReading = false;
      isBroken = true;
      fill(note, h("div", { class: "status failed", role: "alert" }, script.mark(error) ?? /** @type {Error} */ (error).message, " ", button("Again", read)));
      return;
    }
    draw();
  }

  /** @param {boolean} isThere */
  function showChart(isThere) {
    chart.element.hidden = readout.hidden = pictureButton.hidden = !isThere;
  }

  const isBoolean = () => typeof last?.d === "boolean" || schema.type === "boolean";

  /** What to say beside the picture. */
  function noteOf(total, isText, runs) {
    if (count === 0) return [h("p", null, "Nothing yet. "), !transform && h("pre", { tabindex: 0 }, h("code", null, `${schema.type === "string" ? "'a text'" : schema.type === "boolean" ? "$true" : "21.5"} | Add-CdbDatapoint ${path}`))];
    if (runs && runs.length > mostStates) return h("p", null, `More than ${number(mostStates)} changes. Zoom in to see each.`);
    if (total > 0 && isText && !runs) return [h("p", null, "These values are neither numbers nor states; the table below has them."), h("div", { class: "row" }, membersOf(last?.d).map(name => button(`Draw ${name}`, () => {
      script.input.value = `$[${JSON.stringify(name)}]`;
      scriptForm.requestSubmit();
    })))];
    const inView = figuresOf(columns, view).count > 0 || states?.length;
    if (!inView && last && !transform) {
      const t = last.t ?? 0;
      return [h("p", null, `Nothing here; the newest is of ${time(t)}. `), button("Go there", () => setView({ from: t - (view.to - view.from) / 2, to: t + (view.to - view.from) / 2 }, false, ""))];
    }
    return null;
  }

  function draw() {
    chart.draw([states ? { name: path, states, until: Math.min(now(), loaded.to) } : { name: path, columns }]);
    tellFigures();
  }

  function tellFigures() {
    const of = figuresOf(columns, view);
    chart.describe(of.count === 0 ? `${stream.nickname || stream.name}: no datapoints from ${time(view.from)} to ${time(view.to)}`
      : `${stream.nickname || stream.name} from ${time(view.from)} to ${time(view.to)}: ${counted(of.count, "datapoint")}${of.min === null ? "" : `, minimum ${number(of.min)}, mean ${number(/** @type {number} */ (of.mean))}, maximum ${number(/** @type {number} */ (of.max))}${unitHere()}`}`);
    const drawn = columns.filter(column => column.t2 >= view.from && column.t1 <= view.to).length;
    told.textContent = of.count > drawn ? `${counted(of.count, "datapoint")} in ${counted(drawn, "column")}: minimum to maximum, and mean` : counted(of.count, "datapoint");
    const entries = [["minimum", of.min], ["mean", of.mean === null ? null : Number(of.mean.toPrecision(5))], ["maximum", of.max], [of.count === 1 ? "datapoint" : "datapoints", of.count]].filter(([, figure]) => figure !== null && !(states && figure !== of.count));
    fill(figures, entries.map(([name, figure]) => h("div", null, h("dd", null, number(Number(figure)), h("small", null, String(name).startsWith("datapoint") ? "" : unitHere())), h("dt", null, name))));
  }

  /** @param {number | null} t */
  function readAt(t) {
    if (t === null) {
      readout.textContent = hint;
      return;
    }
    const span = view.to - view.from;
    if (states) {
      const run = states.findLast(state => state.t <= t);
      readout.textContent = run ? `${timeIn(t, span)} · ${value(run.d)} since ${timeIn(run.t, span)}` : timeIn(t, span);
      return;
    }
    const near = columns.filter(column => column.numbers > 0).reduce((best, column) => !best || Math.abs((column.t1 + column.t2) / 2 - t) < Math.abs((best.t1 + best.t2) / 2 - t) ? column : best, /** @type {any} */ (null));
    readout.textContent = near ? `${timeIn(near.t1, span)} · ${number(near.sum / near.numbers)}${unitHere()}${near.count > 1 ? ` (${number(near.min)} to ${number(near.max)}, ${number(near.count)} datapoints)` : ""}` : timeIn(t, span);
  }

  /** Adds datapoints that have just arrived. @param {import("./live.js").Point[]} points @returns {boolean} false if one has the time of the newest that was read, and so may be there already */
  function add(points) {
    return transform !== "" || appendArrived({ columns, states, readTo, stateFrom }, points);
  }

  const table = newestTable(path, () => count, () => ({ transform, from: view.from, to: view.to }));
  /** Reads all that is seen again. */
  function again() {
    loaded = { from: 0, to: 0, span: 0 };
    plan();
    table.newest();
  }

  // What could not be read while the server was away is read when it is there again.
  onLeave(onLive(() => {
    table.recover();
    if (isBroken) again();
  }));
  let redraw = 0;
  head.tell(last);
  onLeave(watch(path, {
    value: (point, total) => {
      if (!point) return;
      last = point;
      head.tell(point);
      // What was stored between the first answers and the subscription comes with neither.
      if (total === count) return;
      count = total;
      again();
    },
    points: points => {
      count += points.length;
      arrived.push(...points);
      if (transform) return;
      if (!add(points) && !isReading) again();
      if (!states && isBoolean() && columns.length <= points.length) loaded = { from: 0, to: 0, span: 0 };
      fill(note);
      if (count === points.length) showChart(true);
      follow();
      table.newest();
      cancelAnimationFrame(redraw);
      redraw = requestAnimationFrame(draw);
    },
    missed: again,
  }));

  /** Keeps now at the right edge. */
  function follow() {
    if (!view.isLive) return;
    const span = view.to - view.from;
    if (view.name === "All") Object.assign(view, { to: now() });
    else Object.assign(view, { from: now() - span, to: now() });
    loaded.to = Math.max(loaded.to, now());
    chart.show(view);
    if (loaded.from > view.from) plan();
  }
  const clock = setInterval(() => {
    head.tellAge();
    if (view.isLive && view.to - view.from < 2 * 86400) follow();
  }, 1000);

  const keys = event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input,textarea,select,dialog")) return;
    if (event.key === "l") liveButton.click();
    else if (event.key === "t") table.element.scrollIntoView({ behavior: "smooth" });
  };
  addEventListener("keydown", keys);
  onLeave(() => {
    removeEventListener("keydown", keys);
    clearInterval(clock);
    clearTimeout(timer);
    clearTimeout(settled);
    cancelAnimationFrame(redraw);
    cancelAnimationFrame(figured);
    wish.abort();
    table.end();
    chart.dispose();
  });

  const csv = async () => download(`${stream.name}.csv`, new Blob([csvHead, ...await csvParts(path, view, transform)], { type: "text/csv" }));
  const picture = async () => download(`${stream.name}.png`, await chart.image(`${stream.nickname || stream.name}${unitHere() && ` in${unitHere()}`}${transform && ` · ${transform}`}`, `${path} · ${time(view.from)} to ${time(view.to)}, ${timeZone()}`));
  const pictureButton = button("Picture", guard(picture, note));
  const more = h("div", { class: "row actions" }, button("CSV of the range", guard(csv, note)), pictureButton, h("a", { class: "button", href: `#compare?s=${encodeURIComponent(path)}` }, "Compare with…"));

  setView(view, view.isLive, view.name);
  const input = mayWrite(path) ? inputCard(path, stream, { follow: show => onLeave(watch(path, { value: point => { if (point) show(point.d); } })) }) : null;
  const element = h("div", { class: "screen" }, head.element,
    h("section", { class: "card", "aria-label": "Chart" },
      h("div", { class: "row tools" }, h("div", { class: "segments", role: "group", "aria-label": "Range" }, buttons, allButton), liveButton, custom, told),
      chart.element, note, readout, scriptForm, more),
    figures,
    h("div", { class: "columns" }, input, stream.downlink && downlinkCard(path, stream, { onLeave, mayAsk: mayRequest(path, stream) }), table.element),
    codeBlock(() => ({
      powershell: `Get-CdbDatapoint ${quote(path)} -From ${quote(new Date(view.from * 1000).toISOString())} -To ${quote(new Date(view.to * 1000).toISOString())}${transform ? ` -Transform ${quote(transform)}` : ""}`,
      path: crud(path, `/data?${query({ t1: view.from, t2: view.to, transform })}`),
    })),
    properties(path, stream, { reload, changed, go }));
  element.dataset.title = path;
  return element;
}

/** @param {() => Promise<void>} action @param {Element} note */
const guard = (action, note) => async () => {
  try {
    await action();
  } catch (error) {
    fill(note, h("p", { class: "status failed", role: "alert" }, /** @type {Error} */ (error).message));
  }
};

/** @param {number} from @param {number} to */
function widen(from, to) {
  const margin = Math.max((to - from) * 0.02, 1);
  return { from: from - margin, to: to + margin };
}

/** @param {URLSearchParams} parameters @param {any} summary */
function startView(parameters, summary) {
  const now = Date.now() / 1000;
  const from = Number(parameters.get("from")), to = Number(parameters.get("to"));
  if (from < to) return { from, to, isLive: false, name: "" };
  const named = ranges.find(([text]) => text === parameters.get("range"));
  if (named) return { from: now - Number(named[1]), to: now, isLive: true, name: /** @type {string} */ (named[0]) };
  if (summary.count > 0 && (now - summary.t2 > 86400 || parameters.get("range") === "All")) return { ...widen(summary.t1, summary.t2), isLive: now - summary.t2 < 86400, name: "All" };
  // A day, or as much longer as some datapoints take: what is entered once a day is a line, and not a point.
  const least = summary.count > 1 ? Math.min((summary.t2 - summary.t1) / (summary.count - 1) * fewPoints, now - summary.t1) : 0;
  const [name, span] = ranges.slice(1).find(([, seconds]) => Number(seconds) >= least) ?? ["All", now - summary.t1];
  return { from: now - Number(span), to: now, isLive: true, name: /** @type {string} */ (name) };
}

/** The members of an object that are numbers. @param {any} value @returns {string[]} */
const membersOf = value => value === null || typeof value !== "object" ? [] : Object.keys(value).filter(name => typeof value[name] === "number" && !Array.isArray(value)).slice(0, mostMembers);

/** Null is a state, too; undefined is none. @param {any} value */
const isStateValue = value => value === null || typeof value === "string" || typeof value === "boolean";

const isStateSchema = schema => schema.type === "boolean" || schema.type === "string" || Array.isArray(schema.enum);

/** @param {string} path @param {any} stream @param {string} unit */
function header(path, stream, unit) {
  const big = h("span", { class: "big" }, "…");
  const old = h("span", { class: "muted" });
  let last = /** @type {any} */ (null);
  const tellAge = () => {
    if (last) old.textContent = Date.now() / 1000 - last.t < 2 ? "just now" : age(last.t);
  };
  const [user, device] = path.split("/");
  return {
    element: h("div", { class: "head" },
      h("div", null, h("h1", null, nodeIcon(stream.icon), stream.nickname || stream.name),
        h("p", { class: "muted" }, userLink(user), " / ", h("a", { href: `#/${encodeURI(`${user}/${device}`)}` }, device), ` / ${stream.name}`), described(stream.description)),
      h("div", { class: "value" }, big, old)),
    tell(point) {
      last = point;
      const text = point ? value(point.d) : "–";
      fill(big, text.length > 60 ? `${text.slice(0, 60)}…` : text, point && unit && h("small", null, unit));
      big.classList.toggle("long", text.length > 12);
      if (!point) old.textContent = "no datapoints";
      tellAge();
    },
    tellAge,
  };
}

/** @param {string} path @param {any} stream @param {{reload: () => void, changed: () => void, go: (hash: string) => void}} page */
function properties(path, stream, { reload, changed, go }) {
  if (!mayChange(path)) return null;
  return h("details", { class: "card" }, h("summary", null, "Properties"),
    streamForm(path, stream, () => { changed(); reload(); }),
    mayCreate(path) && h("div", { class: "danger-zone" }, button("Delete this stream…", () => confirmRemoval(stream.name, `All datapoints of ${path} are lost. There is no way back.`, async () => {
      await remove(crud(path));
      changed();
      go(`#/${encodeURI(path.split("/").slice(0, 2).join("/"))}`);
    }), { class: "danger" })));
}
