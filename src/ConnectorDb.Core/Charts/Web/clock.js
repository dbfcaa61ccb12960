// @ts-check
// The clock and calendar of a time zone. Times are unix seconds.

/** @typedef {ReturnType<typeof clockOf>} Clock */

const viewer = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();

/** The locale of words. All else is English: viewers of other languages get the day before the month, which is in letters. */
export const words = /^en\b/.test(viewer.locale) ? viewer.locale : "en-GB";

/** Twelve hours where the viewer's language has them. */
const hours = viewer.hour12 && words !== viewer.locale ? { hour12: true } : {};

/** @param {string} zone */
export function clockOf(zone) {
  /** @type {Map<string, Intl.DateTimeFormat>} */
  const formats = new Map();
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23", era: "short", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });

  /** What the clock shows, as if it were UTC. @param {number} t */
  function local(t) {
    const part = Object.fromEntries(parts.formatToParts(Math.floor(t) * 1000).map(({ type, value }) => [type, value]));
    const year = part.era === "BC" ? 1 - Number(part.year) : Number(part.year);
    return dayOf(year, Number(part.month) - 1, Number(part.day)) + Number(part.hour) * 3600 + Number(part.minute) * 60 + Number(part.second) + (t - Math.floor(t));
  }

  return {
    zone,
    local,

    /** When the clock shows this. A time that a change of the clock leaves out is the one after it. @param {number} wall */
    instant(wall) {
      const guess = wall + (wall - local(wall));
      return guess + (wall - local(guess));
    },

    /** @param {number} t @param {Intl.DateTimeFormatOptions} options */
    text(t, options) {
      const key = JSON.stringify(options);
      let format = formats.get(key);
      if (!format) formats.set(key, format = new Intl.DateTimeFormat(words, { ...options, ...(options.hour ? hours : {}), timeZone: zone }));
      return format.format(t * 1000);
    },
  };
}

/** The start of a day in UTC; Date.UTC takes the years to 99 for those of the 20th century. @param {number} year @param {number} month from 0 @param {number} day */
export const dayOf = (year, month, day) => new Date(0).setUTCFullYear(year, month, day) / 1000;
