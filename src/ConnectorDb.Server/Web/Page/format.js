// @ts-check
// Numbers and times as the viewer writes them: the locale of the browser, and its time zone or UTC. Names of months and units are English, as the page is.
import { clockOf, words } from "./clock.js";
import { recall, remember } from "./store.js";

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
let clock = clockOf(recall("zone") === "UTC" ? "UTC" : own);

/** The clock that the page shows. */
export const shownClock = () => clock;

/** The time zone in which times are shown. */
export const timeZone = () => clock.zone;

/** @param {boolean} isUtc */
export function useUtc(isUtc) {
  clock = clockOf(isUtc ? "UTC" : own);
  remember("zone", isUtc ? "UTC" : "");
}

/** A whole time. @param {number} seconds */
export const time = seconds => clock.text(seconds, { year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit", second: "2-digit" });

/** @param {number} seconds */
export const timeOfDay = seconds => clock.text(seconds, { hour: "numeric", minute: "2-digit", second: "2-digit" });

/** @param {number} seconds @param {number} span the seconds that are shown around it */
export const timeIn = (seconds, span) => span < 600 ? time(seconds)
  : clock.text(seconds, span < 400 * 86400 ? { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } : { year: "numeric", month: "short", day: "numeric", hour: "numeric" });

/** As the value of an input of type datetime-local. @param {number} seconds */
export const wallClock = seconds => new Date(Math.floor(clock.local(seconds)) * 1000).toISOString().slice(0, 19);

/** @param {string} text the value of an input of type datetime-local */
export function ofWallClock(text) {
  const wall = Date.parse(`${text}Z`) / 1000;
  return Number.isNaN(wall) ? NaN : clock.instant(wall);
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

/** The decimal separator of the viewer. */
const decimal = new Intl.NumberFormat().formatToParts(1.5).find(part => part.type === "decimal")?.value === "," ? "," : ".";

/** A number for an input, without separators of groups. @param {string} text the number as JavaScript writes it */
export const typed = text => text.replace(".", decimal);

/**
 * The number that somebody typed, with a point or a comma; NaN for anything else, also for a text that others read as thousands, such as 1,234.
 * @param {string} text
 */
export function numberOf(text) {
  const plain = text.trim().replace("\u2212", "-");
  const isClear = plain.includes(decimal) || !/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(plain);
  return isClear && /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain.replace(",", ".")) : NaN;
}

/** A number of things. @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** A value of a datapoint as short text. @param {any} value */
export const value = value => typeof value === "number" ? number(value)
  : value === true ? "on" : value === false ? "off"
  : value === null ? "null"
  : typeof value === "string" ? value
  : JSON.stringify(value);

const relative = new Intl.RelativeTimeFormat(words, { numeric: "auto", style: "short" });

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
