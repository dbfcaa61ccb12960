// @ts-check
// Numbers and times as the viewer writes them: the locale of the browser, and its time zone or UTC.
import { recall, remember } from "./store.js";

const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
let zone = recall("zone") === "UTC" ? "UTC" : local;

/** The time zone in which times are shown. */
export const timeZone = () => zone;

/** @param {boolean} isUtc */
export function useUtc(isUtc) {
  zone = isUtc ? "UTC" : local;
  remember("zone", isUtc ? "UTC" : "");
  formats.clear();
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {number} seconds unix seconds @param {Intl.DateTimeFormatOptions} options */
export function date(seconds, options) {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, format = new Intl.DateTimeFormat(undefined, { ...options, timeZone: zone }));
  return format.format(seconds * 1000);
}

/** A whole time. @param {number} seconds */
export const time = seconds => date(seconds, { year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit", second: "2-digit" });

/** @param {number} seconds @param {number} span the seconds that are shown around it */
export const timeIn = (seconds, span) => span < 600 ? time(seconds)
  : date(seconds, span < 400 * 86400 ? { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } : { year: "numeric", month: "short", day: "numeric", hour: "numeric" });

/** The parts of a time in the shown zone, as numbers. @param {number} seconds */
export function parts(seconds) {
  const key = "parts";
  let format = formats.get(key);
  if (!format) formats.set(key, format = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }));
  return Object.fromEntries(format.formatToParts(seconds * 1000).filter(part => part.type !== "literal").map(part => [part.type, Number(part.value)]));
}

/** The unix seconds of a wall time in the shown zone. A time that a change of the clock leaves out is the one after it. @param {number} year @param {number} month from 1 @param {number} [day] @param {number} [hour] @param {number} [minute] @param {number} [second] */
export function instant(year, month, day = 1, hour = 0, minute = 0, second = 0) {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  let guess = wall;
  for (let i = 0; i < 2; i++) {
    const p = parts(guess);
    guess += wall - Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) / 1000;
  }
  return guess;
}

/** As the value of an input of type datetime-local. @param {number} seconds */
export function wallClock(seconds) {
  const p = parts(seconds);
  const two = n => String(n).padStart(2, "0");
  return `${String(p.year).padStart(4, "0")}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}:${two(p.second)}`;
}

/** @param {string} text the value of an input of type datetime-local */
export function ofWallClock(text) {
  const match = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)(?::(\d+))?/.exec(text);
  return match ? instant(+match[1], +match[2], +match[3], +match[4], +match[5], +(match[6] ?? 0)) : NaN;
}

const wholes = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const fractions = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 6 });
const extremes = new Intl.NumberFormat(undefined, { notation: "scientific", maximumSignificantDigits: 6 });

/** @param {number} value */
export function number(value) {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return wholes.format(value);
  const size = Math.abs(value);
  return size >= 1e12 || size < 1e-4 ? extremes.format(value) : fractions.format(value);
}

/** A value of a datapoint as short text. @param {any} value */
export const value = value => typeof value === "number" ? number(value)
  : value === true ? "on" : value === false ? "off"
  : value === null ? "null"
  : typeof value === "string" ? value
  : JSON.stringify(value);

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });

/** How long ago. @param {number} seconds */
export function age(seconds) {
  const ago = seconds - Date.now() / 1000;
  const [size, unit] = [[31557600, "year"], [2629800, "month"], [86400, "day"], [3600, "hour"], [60, "minute"]].find(([size]) => Math.abs(ago) >= Number(size)) ?? [1, "second"];
  return relative.format(Math.trunc(ago / Number(size)), /** @type {any} */ (unit));
}

/** A length of time in its largest units. @param {number} seconds */
export function duration(seconds) {
  const [size, unit] = [[86400, "d"], [3600, "h"], [60, "min"]].find(([size]) => seconds >= Number(size)) ?? [1, "s"];
  return `${number(Math.round(seconds / Number(size) * 10) / 10)} ${unit}`;
}
