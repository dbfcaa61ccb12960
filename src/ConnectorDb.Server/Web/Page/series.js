// @ts-check
// The data of charts: columns of numbers, and runs of states.
import { crud, get, getText, query } from "./api.js";
import { timeZone } from "./format.js";

/** @typedef {{from: number, to: number, t1: number, t2: number, count: number, numbers: number, booleans: number, min: number | null, max: number | null, sum: number | null}} Column */
/** @typedef {{t: number, d: any}} State */
/** @typedef {{columns: Column[], states: State[] | null, readTo: number, stateFrom: number}} Read what was read of a stream, and the times of its newest datapoint and state */

/** The number of changes of state that are drawn. */
export const mostStates = 2000;

/** A pause this many times as long as usual is a gap, as in the charts of the prompt. */
const pausesPerGap = 8;

/** Fewer pauses between columns are too few. */
const fewPauses = 3;

/**
 * @param {any} chart the answer to q=chart: times are relative, one number stands for equal elements, and what is missing has a default
 * @returns {Column[]}
 */
export function columnsOf(chart) {
  const part = (name, i, missing) => name === undefined ? missing : Array.isArray(name) ? name[i] : name;
  const columns = (chart.from ?? []).map((offset, i) => {
    const from = chart.start + offset;
    const t1 = part(chart.t1, i, 0), count = part(chart.count, i, 1), min = part(chart.min, i, null);
    return {
      from, to: from + part(chart.length, i, 0), t1: from + t1, t2: from + part(chart.t2, i, t1), count, numbers: part(chart.numbers, i, count), booleans: part(chart.booleans, i, 0),
      min: finite(min), max: finite(part(chart.max, i, min)), sum: finite(part(chart.sum, i, min)),
    };
  });
  // Among numbers, booleans are no values of the line; alone they are a share.
  if (isLine(columns)) columns.forEach((column, i) => {
    column.numbers -= column.booleans;
    if (column.numbers === 0) column.min = column.max = column.sum = null;
    else if (column.booleans > 0) column.sum -= part(chart.trues, i, 0);
    column.booleans = 0;
  });
  return columns;
}

/** There are numbers that are no booleans. @param {Column[]} columns */
const isLine = columns => columns.some(column => column.numbers > column.booleans);

/** The states of a column with their counts, the newest last. @param {any} chart @param {number} i @param {number} all its datapoints @returns {{state: number, count: number}[]} */
function countsOf(chart, i, all) {
  const of = chart.states ? Array.isArray(chart.state) ? chart.state[i] : chart.state : null;
  if (typeof of === "number") return [{ state: of, count: all }];
  return (of ?? []).flatMap((state, at) => at % 2 === 0 ? [{ state, count: of[at + 1] }] : []);
}

/** Numbers that JSON does not have come as texts. @param {any} value */
const finite = value => typeof value === "number" ? value : null;

/**
 * The states of a chart that has no other numbers than booleans; null for one of numbers, or of free texts.
 * @param {any} chart @param {Column[]} columns of it @returns {State[] | null}
 */
export function statesOf(chart, columns) {
  if (!chart?.states) return null;
  if (isLine(columns)) return null;
  return changes(columns.flatMap(({ t1, t2, count, booleans }, i) => countsOf(chart, i, count).map(({ state, count }, at, all) => {
    const name = chart.states[state];
    const d = name === "null" ? null : booleans > 0 && name === "true" ? true : booleans > 0 && name === "false" ? false : name;
    // A column of several shows each of them, the newest last.
    return { t: all.length === 1 ? t1 : t1 + (t2 - t1) * at / (all.length - 1), d };
  })));
}

/** Without repetitions. @param {State[]} states */
export const changes = states => states.filter((state, i) => i === 0 || JSON.stringify(state.d) !== JSON.stringify(states[i - 1].d));

/** @param {string} path @param {{from: number, to: number}} range @param {number} columns @param {string} transform @param {AbortSignal} [signal] */
export async function readColumns(path, range, columns, transform, signal) {
  const parameters = { q: "chart", columns: Math.round(columns), t1: range.from, t2: range.to, transform, timezone: timeZone() };
  return columnsOf(await get(crud(path, `/data?${query(parameters)}`), signal));
}

/** The states of a stream of texts or booleans, from the one before the range on. @param {string} path @param {{from: number, to: number}} range @param {AbortSignal} [signal] */
export async function readStates(path, range, signal) {
  const first = Number(await getText(crud(path, `/data?q=time2index&t=${range.from}`), signal));
  const [before, within] = await Promise.all([
    first > 0 ? get(crud(path, `/data?${query({ i1: first - 1, i2: first })}`), signal) : [],
    get(crud(path, `/data?${query({ t1: range.from, t2: range.to, transform: "if changed", limit: mostStates + 1 })}`), signal),
  ]);
  return changes([...before, ...within].map(({ t = 0, d }) => ({ t, d })));
}

/** Adds datapoints that follow. @param {Column[]} columns @param {{t: number, d: any}[]} points */
export function appendPoints(columns, points) {
  const isAmongNumbers = isLine(columns);
  const width = columns.length > 0 && columns.some(column => column.count > 1) ? Math.max(...columns.slice(-20).map(column => column.to - column.from)) : 0;
  for (const { t, d } of points) {
    const last = columns.at(-1);
    const isBoolean = typeof d === "boolean" && !isAmongNumbers;
    const value = isBoolean ? Number(d) : typeof d === "number" ? d : null;
    const isNumber = value === null ? 0 : 1;
    if (last && width > 0 && t < last.to) {
      last.t2 = t;
      last.count++;
      last.numbers += isNumber;
      last.booleans += Number(isBoolean);
      if (value !== null) Object.assign(last, { min: Math.min(last.min ?? value, value), max: Math.max(last.max ?? value, value), sum: (last.sum ?? 0) + value });
    } else {
      const from = last && width > 0 ? last.to + Math.floor((t - last.to) / width) * width : t;
      columns.push({ from, to: from + width, t1: t, t2: t, count: 1, numbers: isNumber, booleans: Number(isBoolean), min: value, max: value, sum: value });
    }
  }
}

/** Adds states that follow. @param {State[]} states @param {State[]} points */
export function appendStates(states, points) {
  for (const { t, d } of points) {
    const last = states.at(-1);
    if (!last || JSON.stringify(last.d) !== JSON.stringify(d)) states.push({ t, d });
  }
}

/**
 * Adds datapoints that have just arrived to the columns and states of a stream.
 * @param {Read} read @param {{t: number, d: any}[]} points
 * @returns {boolean} false if one has the time of the newest that was read, and so may be there already, or makes a line of booleans one of numbers
 */
export function appendArrived({ columns, states, readTo, stateFrom }, points) {
  appendPoints(columns, points.filter(({ t }) => t > readTo));
  if (states) appendStates(states, points.filter(({ t }) => t > stateFrom));
  return !points.some(({ t }) => t === readTo || (states && t === stateFrom)) && !(isLine(columns) && columns.some(column => column.booleans > 0));
}

/** @param {Column[]} columns @param {State[] | null} states @returns {Read} */
export const readOf = (columns, states) => ({ columns, states, readTo: columns.at(-1)?.t2 ?? -Infinity, stateFrom: states?.at(-1)?.t ?? -Infinity });

/** @param {Column[]} columns of numbers @returns {number} the seconds of a pause that is a gap */
export function gapOf(columns) {
  let pauses = columns.slice(1).map((column, i) => column.t1 - columns[i].t2);
  // A few columns do not show what is usual: their datapoints do.
  if (pauses.length < fewPauses) pauses.push(...columns.filter(column => column.count > 1).map(column => (column.t2 - column.t1) / (column.count - 1)));
  pauses = pauses.filter(pause => pause > 0).sort((a, b) => a - b);
  return pauses.length === 0 ? Infinity : pausesPerGap * pauses[Math.floor((pauses.length - 1) / 2)];
}

/** The figures of a range. @param {Column[]} columns @param {{from: number, to: number}} range */
export function figuresOf(columns, range) {
  const seen = columns.filter(column => column.t2 >= range.from && column.t1 <= range.to);
  const numbers = seen.filter(column => column.numbers > 0 && column.min !== null);
  const sum = key => numbers.reduce((total, column) => total + column[key], 0);
  return {
    count: seen.reduce((total, column) => total + column.count, 0),
    numbers: sum("numbers"),
    min: numbers.length > 0 ? Math.min(...numbers.map(column => /** @type {number} */ (column.min))) : null,
    max: numbers.length > 0 ? Math.max(...numbers.map(column => /** @type {number} */ (column.max))) : null,
    mean: numbers.length > 0 ? sum("sum") / sum("numbers") : null,
  };
}
