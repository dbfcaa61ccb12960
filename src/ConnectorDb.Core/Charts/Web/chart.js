// @ts-check
// Draws the chart that is in the file, with the chart library that is in the file. Times are unix seconds.
import { bands } from "./bands.js";
import { clockOf } from "./clock.js";
import { roundStep, timeTicks } from "./ticks.js";

const byId = id => /** @type {HTMLElement} */ (document.getElementById(id));
const data = JSON.parse(byId("data").textContent ?? "");
const chartElement = byId("chart"), cursor = byId("cursor"), readOut = byId("read");

/** Room around the lines; at the sides, for half of a label of the time. */
const lineSpace = { left: 36, right: 36, top: 10, bottom: 28 };
const rowHeight = 22;

/** Times are in the zone of the chart. */
const clock = clockOf(data.zone);
const fullText = t => clock.text(t, { hourCycle: "h23", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit", second: "2-digit" });

/** Runs the library: the policy of the page allows exactly its text. */
async function load() {
  const packed = Uint8Array.from(atob((byId("library").textContent ?? "").trim()), c => c.charCodeAt(0));
  const script = document.createElement("script");
  script.textContent = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  document.head.append(script);
  return /** @type {any} */ (globalThis).echarts;
}

// ---- Values ----

const numbers = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 6 });
const small = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 6, notation: "scientific" });
/** A space and the unit; nothing without one. */
const unitOf = one => one.unit === "" ? "" : ` ${one.unit}`;
const numberText = value => value !== 0 && (Math.abs(value) >= 1e7 || Math.abs(value) < 1e-4) ? small.format(value) : numbers.format(value);

/** Round ends and steps around the values that are seen. */
function axisOf(series, isRight) {
  let least = Infinity, largest = -Infinity;
  for (const one of series) {
    if (one.right !== isRight || one.states) continue;
    for (let i = first(one, view.from); i < one.t.length && one.t[i] <= view.to; i++) {
      least = Math.min(least, one.min[i]);
      largest = Math.max(largest, one.max[i]);
    }
  }
  if (!isRight) [least, largest] = [data.minimum ?? least, data.maximum ?? largest];
  if (!(least < largest)) [least, largest] = Number.isFinite(least) ? [least - (Math.abs(least) / 2 || 1), least + (Math.abs(least) / 2 || 1)] : [0, 1];
  const step = roundStep(largest / 7 - least / 7);
  return { min: isRight ? Math.floor(least / step) * step : data.minimum ?? Math.floor(least / step) * step, max: isRight ? Math.ceil(largest / step) * step : data.maximum ?? Math.ceil(largest / step) * step, interval: step };
}

/** The index of the first point that is not before a time. */
function first(one, t) {
  let low = 0, high = one.t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (one.t[middle] < t) low = middle + 1; else high = middle;
  }
  return low;
}

// ---- Drawing ----

const all = { from: data.from, to: data.to };
let view = { ...all };
const lines = data.series.filter(one => !one.states), rows = data.series.flatMap(one => (one.states ?? []).map((state, i) => ({ one, state, i })));
for (const one of lines) {
  one.min ??= one.mean;
  one.max ??= one.mean;
  one.count ??= one.t.map(() => 1);
  one.breaks = new Set(one.breaks);
  const steps = one.t.slice(1).map((t, i) => t - one.t[i]).filter(step => step > 0).sort((a, b) => a - b);
  one.step = steps[steps.length >> 1] ?? 0;
}
const echarts = await load();
const picture = echarts.init(chartElement.firstElementChild, null, { renderer: "canvas" });
let plot = { left: 60, width: 100 };
let frame = 0;

function paint() {
  const style = getComputedStyle(document.documentElement);
  const color = name => style.getPropertyValue(`--${name}`).trim();
  const width = chartElement.clientWidth, height = chartElement.clientHeight;
  const text = { color: color("muted"), fontFamily: "system-ui, sans-serif", fontSize: 12 };
  const hasRight = lines.some(one => one.right), hasLeft = lines.some(one => !one.right);
  const axes = [axisOf(lines, false), axisOf(lines, true)];
  const widthOf = axis => Math.max(...[axis.min, axis.max, axis.min + axis.interval].map(value => numberText(value).length)) * 7.5 + 8;
  const left = Math.max(lineSpace.left, hasLeft ? widthOf(axes[0]) : 0, ...rows.map(row => Math.min(row.state.length * 7.5 + 8, width / 4)));
  const right = Math.max(lineSpace.right, hasRight ? widthOf(axes[1]) : 0);
  plot = { left, width: Math.max(1, width - left - right) };
  const ticks = timeTicks(view.from, view.to, Math.max(1, plot.width / 100), clock);
  const texts = new Map(ticks.map(({ t, text }) => [t * 1000, text]));
  const rowSpace = Math.min(rows.length * rowHeight, lines.length > 0 ? height / 2 : height);
  const bottom = lineSpace.bottom + (texts.size > 0 && [...texts.values()].some(label => label.includes("\n")) ? 14 : 0);
  // The library would move the lines where a label needs room, away from where the pointer reads.
  const outerBoundsMode = "none";
  const grid = { left, right, outerBoundsMode, top: lineSpace.top, bottom: bottom + (rows.length > 0 ? rowSpace + 8 : 0) };
  const rowGrid = { left, right, outerBoundsMode, bottom, height: rowSpace };
  const timeAxis = isLast => ({
    type: "value", min: view.from * 1000, max: view.to * 1000, axisLine: { onZero: false, lineStyle: { color: color("axis") }, show: isLast },
    axisTick: { show: false, customValues: [...texts.keys()] }, splitLine: { show: true, lineStyle: { color: color("grid") } },
    axisLabel: { ...text, show: isLast, customValues: [...texts.keys()], hideOverlap: true, lineHeight: 14, formatter: at => texts.get(at) ?? "" },
  });
  const valueAxis = (axis, isRight) => ({
    type: "value", ...axis, show: isRight ? hasRight : hasLeft, position: isRight ? "right" : "left", axisLine: { show: false }, axisTick: { show: false },
    splitLine: { show: !isRight || !hasLeft, lineStyle: { color: color("grid") } }, axisLabel: { ...text, formatter: numberText, showMinLabel: true, showMaxLabel: true },
  });
  const drawn = [];
  lines.forEach(one => {
    const ink = color(`s${one.color}`);
    const [begin, end] = [Math.max(0, first(one, view.from) - 1), Math.min(one.t.length, first(one, view.to) + 2)];
    const points = [], band = [];
    for (let i = begin; i < end; i++) {
      if (one.breaks.has(i)) points.push([one.t[i] * 1000, null]);
      points.push([one.t[i] * 1000, one.mean[i]]);
      if (one.min[i] < one.max[i]) {
        const start = one.t[i] - one.span[i] / 2;
        band.push([start * 1000, (start + one.width[i]) * 1000, one.min[i], one.max[i]]);
      }
    }
    const shared = { xAxisIndex: 0, yAxisIndex: one.right ? 1 : 0, silent: true, clip: true, animation: false, progressive: 0 };
    drawn.push({ ...shared, ...bands(band, ink, data.bandOpacity) }, {
      ...shared, type: "line", data: points, connectNulls: false, symbol: "circle", z: 2,
      showSymbol: true, showAllSymbol: true,
      symbolSize: (_, item) => points.length < plot.width / 12 || (points[item.dataIndex - 1]?.[1] ?? null) === null && (points[item.dataIndex + 1]?.[1] ?? null) === null ? 5 : 0,
      lineStyle: { width: 1.5, color: ink, type: one.dashes.length > 0 ? one.dashes : "solid" }, itemStyle: { color: ink },
    });
  });
  const rowAxes = rows.length > 0;
  if (rowAxes) {
    drawn.push({
      type: "custom", xAxisIndex: 1, yAxisIndex: 2, silent: true, clip: true, animation: false, encode: { x: [0, 1], y: 2 },
      data: rows.flatMap((row, y) => row.one.bars.filter(bar => bar[0] === row.i && bar[2] >= view.from && bar[1] <= view.to).map(bar => [bar[1] * 1000, bar[2] * 1000, y, row.one.color])),
      renderItem: (params, api) => {
        const box = params.coordSys;
        const [from, y] = api.coord([api.value(0), api.value(2)]), [to] = api.coord([api.value(1), api.value(2)]);
        const x = Math.max(box.x, from), high = box.height / rows.length * 0.6;
        return { type: "rect", shape: { x, y: y - high / 2, width: Math.max(1, Math.min(box.x + box.width, to) - x), height: high }, style: { fill: color(`s${api.value(3)}`) } };
      },
    });
  }
  // The library draws all of the older picture again when it is resized.
  if (picture.getWidth() !== width || picture.getHeight() !== height) picture.resize({ width, height });
  picture.setOption({
    animation: false,
    grid: rowAxes ? [grid, rowGrid] : [grid],
    xAxis: rowAxes ? [timeAxis(false), { ...timeAxis(true), gridIndex: 1 }] : [timeAxis(true)],
    yAxis: [valueAxis(axes[0], false), valueAxis(axes[1], true), ...(rowAxes ? [{ type: "category", gridIndex: 1, inverse: true, data: rows.map((_, i) => i), axisLine: { show: false }, axisTick: { show: false }, axisLabel: { ...text, interval: 0, width: width / 4, overflow: "truncate", formatter: i => rows[i].state } }] : [])],
    series: drawn,
  }, { notMerge: true });
  cursor.style.height = `${height - bottom}px`;
  read();
  byId("range").textContent = `${fullText(view.from)} – ${fullText(view.to)}, ${data.zone}`;
  chartElement.setAttribute("aria-label", `${document.title}. ${byId("range").textContent}. ${lines.map(described).join(". ")}`);
  document.documentElement.dataset.painted = String(Number(document.documentElement.dataset.painted ?? 0) + 1);
  if (/** @type {HTMLDetailsElement} */ (byId("details")).open) fillTable();
}

/** The figures of what is seen of a series. */
function described(one) {
  const [begin, end] = [first(one, view.from), first(one, view.to + 1e-6)];
  let count = 0, sum = 0, least = Infinity, largest = -Infinity;
  for (let i = begin; i < end; i++) {
    count += one.count[i];
    sum += one.mean[i] * one.count[i];
    least = Math.min(least, one.min[i]);
    largest = Math.max(largest, one.max[i]);
  }
  return count === 0 ? `${one.name}: no numbers` : `${one.name}: ${numbers.format(count)} datapoints, minimum ${numberText(least)}, mean ${numberText(sum / count)}, maximum ${numberText(largest)}${unitOf(one)}`;
}

function draw() {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(paint);
}

// ---- What is at a time ----

const valueAt = (one, t) => {
  if (one.states) {
    const states = one.bars.filter(bar => bar[1] <= t && (t < bar[2] || bar[1] === bar[2])).map(bar => one.states[bar[0]]);
    return states.length > 0 ? `${one.name} ${states.join(", ")}` : "";
  }
  const after = first(one, t), i = after === 0 || after < one.t.length && one.t[after] - t < t - one.t[after - 1] ? after : after - 1;
  if (one.t.length === 0 || Math.abs(one.t[i] - t) > Math.max(one.step, (view.to - view.from) / plot.width * 8)) return "";
  return `${one.name} ${numberText(one.mean[i])}${unitOf(one)}${one.min[i] < one.max[i] ? ` (${numberText(one.min[i])} to ${numberText(one.max[i])})` : ""}`;
};

/** Where the pointer is, which may rest while times pass under it. @type {number | null} */
let pointer = null;

function read() {
  const t = pointer === null ? null : timeAt(pointer);
  if (t === null || t < view.from || t > view.to) {
    cursor.hidden = true;
    readOut.textContent = "";
    return;
  }
  cursor.hidden = false;
  cursor.style.left = `${plot.left + (t - view.from) / (view.to - view.from) * plot.width}px`;
  readOut.textContent = [fullText(t), ...data.series.map(one => valueAt(one, t)).filter(text => text !== "")].join(" · ");
}

// ---- Moving ----

const timeAt = x => view.from + (x - chartElement.getBoundingClientRect().left - plot.left) / plot.width * (view.to - view.from);
function show(from, to) {
  if (!(to - from >= 1e-3) || to - from > (all.to - all.from) * 4) return;
  view = { from, to };
  draw();
}
const pan = share => show(view.from + (view.to - view.from) * share, view.to + (view.to - view.from) * share);
const zoom = (factor, at = (view.from + view.to) / 2) => show(at - (at - view.from) * factor, at + (view.to - at) * factor);
const showAll = () => show(all.from, all.to);
const actions = { ArrowLeft: () => pan(-0.25), ArrowRight: () => pan(0.25), "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), 0: showAll };
chartElement.addEventListener("keydown", event => {
  const action = event.ctrlKey || event.altKey || event.metaKey ? undefined : actions[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
});
for (const button of document.querySelectorAll("button")) button.addEventListener("click", () => actions[button.value]());

/** The places of the pointers that are down. @type {Map<number, number>} */
const fingers = new Map();
/** @type {{view: {from: number, to: number}, x: number, distance: number, at: number} | null} */
let grip = null;
const take = () => {
  const [a, b = a] = [...fingers.values()];
  grip = a === undefined ? null : { view, x: (a + b) / 2, distance: Math.abs(a - b), at: timeAt((a + b) / 2) };
};
const release = event => {
  fingers.delete(event.pointerId);
  take();
};
chartElement.addEventListener("pointerdown", event => {
  if (event.button === 0) {
    chartElement.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event.clientX);
    take();
  }
});
chartElement.addEventListener("pointermove", event => {
  if (grip && fingers.has(event.pointerId)) {
    fingers.set(event.pointerId, event.clientX);
    const [a, b = a] = [...fingers.values()];
    const span = (grip.view.to - grip.view.from) * (fingers.size > 1 && grip.distance > 10 ? grip.distance / Math.max(10, Math.abs(a - b)) : 1);
    const from = grip.at - span * (grip.at - grip.view.from) / (grip.view.to - grip.view.from) - ((a + b) / 2 - grip.x) / plot.width * span;
    show(from, from + span);
  }
  pointer = event.clientX;
  read();
});
chartElement.addEventListener("pointerup", release);
chartElement.addEventListener("pointercancel", release);
chartElement.addEventListener("pointerleave", () => {
  pointer = null;
  read();
});
chartElement.addEventListener("wheel", event => {
  event.preventDefault();
  zoom(1.0015 ** Math.max(-400, Math.min(400, event.deltaY)), timeAt(event.clientX));
}, { passive: false });
chartElement.addEventListener("dblclick", showAll);

// ---- The same as a table ----

const maxRows = 200;
function fillTable() {
  const head = document.createElement("tr"), body = document.createElement("tbody");
  const cell = (row, name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (name === "th") made.setAttribute("scope", row === head ? "col" : "row");
    row.append(made);
  };
  cell(head, "th", "Time");
  for (const one of data.series) cell(head, "th", one.unit === "" ? one.name : `${one.name} in ${one.unit}`);
  const times = [...new Set(data.series.flatMap(one => one.states ? one.bars.map(bar => bar[1]) : one.t))].filter(t => t >= view.from && t <= view.to).sort((a, b) => a - b);
  const every = Math.max(1, Math.ceil(times.length / maxRows));
  for (let i = 0; i < times.length; i += every) {
    const row = document.createElement("tr");
    cell(row, "th", fullText(times[i]));
    for (const one of data.series) cell(row, "td", valueAt(one, times[i]).slice(one.name.length + 1));
    body.append(row);
  }
  const header = document.createElement("thead");
  header.append(head);
  const caption = document.createElement("caption");
  caption.textContent = every > 1 ? `Every ${every}th of ${times.length} times; zoom in for the others. Mean (minimum to maximum).` : "Mean (minimum to maximum).";
  byId("table").replaceChildren(caption, header, body);
}
byId("details").addEventListener("toggle", fillTable);

new ResizeObserver(draw).observe(chartElement);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
draw();
