// @ts-check
// The only module that knows the chart library. Each series has a field of its own above one axis of time.
import { bands } from "./bands.js";
import { button, fill, h } from "./dom.js";
import { number, shownClock, value } from "./format.js";
import { gapOf } from "./series.js";
import { timeTicks } from "./ticks.js";

/** @typedef {{from: number, to: number}} View */
/** @typedef {{name: string, columns?: import("./series.js").Column[], states?: import("./series.js").State[], until?: number}} Series */

/** @type {any} */
let library;

/** Loads the chart library, once and last: it is larger than all the rest. The bundle is a classic script, which sets a global. */
function load() {
  library ??= new Promise((resolve, reject) => {
    const script = h("script", { src: new URL("echarts.js", import.meta.url).href, on: { load: () => resolve(/** @type {any} */ (globalThis).echarts), error: () => {
      // The next picture asks for it again.
      library = undefined;
      script.remove();
      reject(new Error("The charts could not be loaded."));
    } } });
    document.head.append(script);
  });
  return library;
}

/** How to move and zoom, beside each picture. */
export const hint = matchMedia("(pointer: coarse)").matches ? "Drag sideways to move, pinch to zoom." : "Drag to move, wheel to zoom, double click for all.";

/** The right side has room for half of a label of the time. */
const right = 36, bottom = 40, between = 26, lane = 44;
const bandOpacity = 0.4;

/** Milliseconds that a picture waits for new data at most. */
const patience = 60;

/** Above the chart in a picture that is kept. */
const titleHeight = 48;

/**
 * @param {{
 *   view: View,
 *   expected?: {fields: number, lanes: number},
 *   moved: (view: View) => void,
 *   all: () => void,
 *   read: (t: number | null) => void,
 * }} options expected: what there will be to draw, which keeps its room until then; moved: the viewer moves or zooms, which is to show the view; read: the time under the pointer
 */
export function createChart(options) {
  let view = options.view;
  /** @type {Series[]} */
  let series = [];
  /** @type {any} */
  let chart = null;
  let left = 56;
  let isDisposed = false;
  let frame = 0, timer = 0, owed = 0;
  const { promise: painted, resolve: tellPainted } = Promise.withResolvers();
  /** @type {number | null} */
  let pointer = null;
  const canvas = h("div", { class: "canvas" });
  const cursor = h("div", { class: "cursor", hidden: true });
  const probe = h("i", { hidden: true });
  const { fontFamily } = getComputedStyle(document.body);
  const failure = h("p", { class: "status failed", role: "alert" });
  const element = h("div", { class: "chart", tabindex: 0, role: "img", "aria-label": "Chart", "aria-keyshortcuts": "ArrowLeft ArrowRight + - 0" }, canvas, cursor, probe);

  /** Several fields have titles. */
  const top = () => series.length > 1 ? between : 12;
  const width = () => Math.max(50, element.clientWidth - left - right);
  const timeAt = clientX => view.from + (clientX - element.getBoundingClientRect().left - left) / width() * (view.to - view.from);

  /** Paints what was drawn last in the next frame; before that, there is nothing to paint. @param {boolean} isAwaited new data is under way: if it comes soon, one picture is painted instead of two */
  function paint(isAwaited = false) {
    if (series.length === 0) return;
    if (frame === 0 && timer === 0) owed = performance.now();
    const wait = isAwaited ? owed + patience - performance.now() : 0;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    timer = frame = 0;
    if (wait > 0) timer = setTimeout(paint, wait);
    else frame = requestAnimationFrame(render);
  }

  async function render() {
    frame = 0;
    const echarts = await load().catch(fail);
    if (!echarts || isDisposed || !element.isConnected) return;
    failure.remove();
    layOut();
    chart ??= echarts.init(canvas, null, { renderer: "canvas" });
    // The library draws all of the older picture again when it is resized.
    if (chart.getWidth() !== element.clientWidth || chart.getHeight() !== element.clientHeight) chart.resize({ width: element.clientWidth, height: element.clientHeight });
    chart.setOption(optionOf(), { notMerge: true });
    if (pointer !== null) read();
    element.dataset.painted = String(Number(element.dataset.painted ?? 0) + 1);
    tellPainted(true);
  }

  /** @param {Error} error */
  function fail(error) {
    element.after(fill(failure, error.message, " ", button("Again", () => paint())));
  }

  /** Reads what is under the pointer. Values and times pass under one that rests. */
  function read() {
    const t = pointer === null ? NaN : timeAt(pointer);
    const isInside = t >= view.from && t <= view.to;
    cursor.hidden = !isInside;
    cursor.style.left = `${(pointer ?? 0) - element.getBoundingClientRect().left}px`;
    options.read(isInside ? t : null);
  }

  /** Makes room for the fields. @param {number} fields @param {number} lanes */
  function stretch(fields, lanes) {
    const phone = (element.clientWidth || innerWidth) < 520;
    const height = `${(fields + lanes > 1 ? between : 12) + bottom + fields * ((fields > 1 ? 150 : phone ? 250 : 330) + between) + lanes * (lane + between)}px`;
    if (element.style.height !== height) element.style.height = height;
  }

  /** Makes room for the fields, and for the labels of the values. */
  function layOut() {
    const bounds = series.flatMap(one => one.columns ?? []).flatMap(column => [column.min, column.max]).filter(bound => bound !== null);
    const extremes = bounds.length > 0 ? [Math.min(.../** @type {number[]} */ (bounds)), Math.max(.../** @type {number[]} */ (bounds))] : [0];
    left = Math.min(120, Math.max(40, ...extremes.map(bound => number(Number(bound.toPrecision(3))).length * 8 + 18)));
    const fields = series.filter(one => !one.states).length;
    stretch(fields, series.length - fields);
  }

  /** The colours of the current scheme: a custom property is only text; as the colour of an element it is one of them. @type {Map<string, string>} */
  const inks = new Map();
  const color = name => {
    const known = inks.get(name);
    if (known) return known;
    probe.style.color = `var(${name})`;
    inks.set(name, getComputedStyle(probe).color);
    return color(name);
  };
  const repaint = () => {
    inks.clear();
    paint();
  };

  function optionOf() {
    const colors = [1, 2, 3, 4, 5, 6, 7, 8].map(i => color(`--series${i}`));
    const ink = color("--muted"), line = color("--line");
    const ticks = timeTicks(view.from, view.to, Math.max(2, width() / (width() < 400 ? 75 : 95)), shownClock());
    const texts = new Map(ticks.map(tick => [tick.t * 1000, tick.text]));
    const grid = [], xAxis = [], yAxis = [], drawn = [];
    const fields = series.filter(one => !one.states).length, lanes = series.length - fields;
    const free = element.clientHeight - top() - bottom - lanes * (lane + between) - (fields - 1) * between;
    let y = top();
    series.forEach((one, i) => {
      const height = one.states ? lane : Math.max(60, free / fields - (lanes > 0 ? between / fields : 0));
      const isLast = i === series.length - 1;
      // The library would move the field where a label needs room, away from where the pointer reads.
      grid.push({ left, right, top: y, height, outerBoundsMode: "none" });
      y += height + between;
      const values = ticks.map(tick => tick.t * 1000);
      xAxis.push({
        type: "value", gridIndex: i, min: view.from * 1000, max: view.to * 1000, axisLine: { onZero: false, lineStyle: { color: line } },
        splitLine: { show: false }, axisTick: { show: isLast, customValues: values, lineStyle: { color: line } }, axisPointer: { show: false },
        axisLabel: { show: isLast, customValues: values, color: ink, fontSize: 12, lineHeight: 15, hideOverlap: true, formatter: at => texts.get(at) ?? "" },
      });
      yAxis.push(one.states
        ? { type: "value", gridIndex: i, min: 0, max: 1, show: false }
        : { type: "value", gridIndex: i, scale: true, splitNumber: fields > 1 ? 3 : 5, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: ink, fontSize: 12, formatter: number }, splitLine: { lineStyle: { color: line } } });
      drawn.push(...(one.states ? states(one, i, colors) : lines(one, i, colors[i % colors.length])));
    });
    const titles = series.length > 1 ? series.map((one, i) => ({ text: one.name, left: left - 4, top: grid[i].top - 20, textStyle: { color: colors[i % colors.length], fontSize: 12, fontWeight: 600, width: width() + right, overflow: "truncate" } })) : [];
    return { animation: false, textStyle: { fontFamily }, grid, xAxis, yAxis, series: drawn, title: titles };
  }

  function lines(one, i, color) {
    const all = (one.columns ?? []).filter(column => column.numbers > 0 && column.min !== null);
    const gap = gapOf(all);
    // The columns in view, and one on each side, to which the line goes on: the others cost as much, and their values would flatten these.
    const columns = all.slice(Math.max(0, all.findIndex(column => column.t2 >= view.from) - 1), all.findLastIndex(column => column.t1 <= view.to) + 2);
    const isSparse = columns.length < width() / 12;
    const isAfterGap = at => at > 0 && columns[at].t1 - columns[at - 1].t2 > gap;
    const points = columns.map(column => [(column.count === 1 ? column.t1 : (column.from + column.to) / 2) * 1000, /** @type {number} */ (column.sum) / column.numbers]);
    const path = points.flatMap((point, at) => isAfterGap(at) ? [[point[0], null], point] : [point]);
    // A line has no length between two gaps.
    const lone = isSparse ? [] : points.filter((_, at) => (at === 0 || isAfterGap(at)) && (at === points.length - 1 || isAfterGap(at + 1)));
    return [
      { ...bands(columns.filter(column => column.max !== column.min).map(column => [Math.max(column.from, column.t1 - 1) * 1000, column.to * 1000, Number(column.min), Number(column.max)]), color, bandOpacity), xAxisIndex: i, yAxisIndex: i },
      { type: "line", xAxisIndex: i, yAxisIndex: i, silent: true, data: path, connectNulls: false, symbol: "circle", symbolSize: 5, showSymbol: isSparse, showAllSymbol: isSparse, lineStyle: { width: 1.6, color, type: i >= 3 ? "dashed" : "solid" }, itemStyle: { color }, z: 2, clip: true },
      {
        type: "custom", xAxisIndex: i, yAxisIndex: i, silent: true, clip: true, z: 2, data: lone,
        renderItem: (params, api) => {
          const [cx, cy] = api.coord([api.value(0), api.value(1)]);
          return { type: "circle", shape: { cx, cy, r: 2.5 }, style: { fill: color } };
        },
      },
    ];
  }

  function states(one, i, colors) {
    const runs = one.states ?? [];
    const names = [...new Set(runs.map(run => value(run.d)))];
    const paper = color("--card");
    return [{
      type: "custom", xAxisIndex: i, yAxisIndex: i, silent: true, clip: true, encode: { x: [0, 1] },
      data: runs.map((run, at) => [run.t * 1000, (runs[at + 1]?.t ?? Math.max(run.t, one.until ?? view.to)) * 1000, at]),
      renderItem: (params, api) => {
        const box = params.coordSys;
        const x = Math.max(box.x, api.coord([api.value(0), 0])[0]), x2 = Math.min(box.x + box.width, api.coord([api.value(1), 0])[0]);
        if (x2 < box.x || x > box.x + box.width) return null;
        const text = value(runs[api.value(2)].d);
        const wide = Math.max(1, x2 - x);
        // Off and empty are pale, so that the rest stands out without its colour, too.
        const isPale = runs[api.value(2)].d === false || runs[api.value(2)].d === null;
        const fill = isPale ? color("--line") : colors[names.indexOf(text) % colors.length];
        return {
          type: "rect", shape: { x, y: box.y, width: wide, height: box.height, r: 3 }, style: { fill, stroke: paper, lineWidth: wide > 4 ? 1 : 0 },
          textContent: wide > 34 ? { style: { text, fill: isPale ? color("--ink") : color("--on-series"), fontSize: 12, width: wide - 10, overflow: "truncate" } } : undefined,
          textConfig: { position: "inside" },
        };
      },
    }];
  }

  /** @param {View} next @param {boolean} isAwaited */
  const show = (next, isAwaited = false) => {
    view = next;
    paint(isAwaited);
  };
  const move = options.moved;
  const zoom = (factor, at = (view.from + view.to) / 2) => {
    const span = Math.min(200 * 31557600, Math.max(0.01, (view.to - view.from) * factor));
    const share = (at - view.from) / (view.to - view.from);
    move({ from: at - span * share, to: at + span * (1 - share) });
  };
  const pan = share => {
    const by = (view.to - view.from) * share;
    move({ from: view.from + by, to: view.to + by });
  };
  handle(element, { timeAt, zoom, move, all: options.all, view: () => view, width });

  element.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const action = { ArrowLeft: () => pan(-0.25), ArrowRight: () => pan(0.25), "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), 0: options.all }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  element.addEventListener("pointermove", event => {
    pointer = event.clientX;
    read();
  });
  element.addEventListener("pointerleave", () => {
    pointer = null;
    read();
  });
  const sized = new ResizeObserver(() => paint());
  sized.observe(element);
  const themed = new MutationObserver(repaint);
  themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", repaint);
  stretch(options.expected?.fields ?? 1, options.expected?.lanes ?? 0);
  // The data is asked for first: the server answers while the library runs for the first time. The first picture says what failed.
  setTimeout(() => load().catch(() => {}));

  return {
    element,
    /** @param {Series[]} next */
    draw(next) {
      series = next;
      paint();
    },
    show,
    /** @param {string} words what the chart shows */
    describe: words => element.setAttribute("aria-label", words),
    /** The picture as a PNG below its title, once there is one. @param {string} title @param {string} range @returns {Promise<Blob>} */
    async image(title, range) {
      await painted;
      const scale = 2, paper = color("--card");
      const picture = new Image();
      picture.src = chart.getDataURL({ type: "png", pixelRatio: scale, backgroundColor: paper });
      await picture.decode();
      const sheet = h("canvas", { width: picture.width, height: picture.height + titleHeight * scale });
      const pen = sheet.getContext("2d");
      pen.fillStyle = paper;
      pen.fillRect(0, 0, sheet.width, sheet.height);
      pen.drawImage(picture, 0, titleHeight * scale);
      pen.scale(scale, scale);
      [[title, "--ink", 600, 16, 22], [range, "--muted", 400, 13, 42]].forEach(([text, ink, weight, size, y]) => {
        pen.fillStyle = color(ink);
        pen.font = `${weight} ${size}px ${fontFamily}`;
        pen.fillText(text, 16, y, element.clientWidth - 32);
      });
      return new Promise(done => sheet.toBlob(done, "image/png"));
    },
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      sized.disconnect();
      themed.disconnect();
      scheme.removeEventListener("change", repaint);
      chart?.dispose();
    },
  };
}

/**
 * Dragging, the wheel, two fingers, and the double click. The library's own zoom cannot leave the data that it has.
 * @param {HTMLElement} element
 * @param {{timeAt: (x: number) => number, zoom: (factor: number, at?: number) => void, move: (view: View) => void, all: () => void, view: () => View, width: () => number}} chart
 */
function handle(element, chart) {
  /** @type {Map<number, number>} */
  const fingers = new Map();
  /** @type {{view: View, x: number, distance: number, at: number} | null} */
  let grip = null;
  const take = () => {
    const [a, b = a] = [...fingers.values()];
    grip = a === undefined ? null : { view: chart.view(), x: (a + b) / 2, distance: Math.abs(a - b), at: chart.timeAt((a + b) / 2) };
  };
  element.addEventListener("pointerdown", event => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event.clientX);
    take();
  });
  element.addEventListener("pointermove", event => {
    if (!grip || !fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event.clientX);
    const [a, b = a] = [...fingers.values()];
    const span = (grip.view.to - grip.view.from) * (fingers.size > 1 && grip.distance > 10 ? grip.distance / Math.max(10, Math.abs(a - b)) : 1);
    const share = (grip.at - grip.view.from) / (grip.view.to - grip.view.from);
    const from = grip.at - span * share - ((a + b) / 2 - grip.x) / chart.width() * span;
    if (Math.abs((a + b) / 2 - grip.x) > 2 || fingers.size > 1) chart.move({ from, to: from + span });
  });
  const release = event => {
    fingers.delete(event.pointerId);
    take();
  };
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener("wheel", event => {
    event.preventDefault();
    chart.zoom(1.0015 ** Math.max(-400, Math.min(400, event.deltaY)), chart.timeAt(event.clientX));
  }, { passive: false });
  element.addEventListener("dblclick", chart.all);
}
