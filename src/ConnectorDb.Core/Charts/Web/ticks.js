// @ts-check
// Where the labels of the axis of time are, and what they say: at round times of the viewer's clock, also where it changes.
import { dayOf } from "./clock.js";

/** @typedef {import("./clock.js").Clock} Clock */

const minute = 60, hour = 3600, day = 86400;
const steps = [1, 2, 5, 10, 15, 30, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 3 * day, 7 * day, 14 * day];
const monthSteps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000];
const averageMonth = 30.44 * day;

/** A Monday, from which weeks are counted: 1970-01-05. */
const monday = 4 * day;

/** 1, 2 or 5 with zeros. @param {number} least */
export function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= least * (1 - 1e-9)) ?? 10 * power;
}

/** @param {number} from @param {number} to @param {number} most labels @param {Clock} clock @returns {{t: number, text: string}[]} */
export function timeTicks(from, to, most, clock) {
  const least = (to - from) / most;
  const step = least < 1 ? roundStep(least) : steps.find(step => step >= least);
  const times = step ? byClock(from, to, step, clock) : byMonth(from, to, monthSteps.find(months => months * averageMonth >= least) ?? 12000, clock);
  return times.map((t, i) => ({ t, text: label(t, step ?? averageMonth, times[i - 1], clock) }));
}

/** @param {number} from @param {number} to @param {number} step @param {Clock} clock */
function byClock(from, to, step, clock) {
  const origin = step >= day ? monday : 0;
  const times = [];
  for (let i = Math.floor((clock.local(from) - origin) / step); times.length < 100; i++) {
    const t = clock.instant(i * step + origin);
    if (t > to) break;
    if (t >= from && t > (times.at(-1) ?? -Infinity)) times.push(t);
  }
  return times;
}

/** @param {number} from @param {number} to @param {number} months @param {Clock} clock */
function byMonth(from, to, months, clock) {
  const first = new Date(clock.local(from) * 1000);
  const times = [];
  for (let next = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months; times.length < 100; next += months) {
    const t = clock.instant(dayOf(Math.floor(next / 12), ((next % 12) + 12) % 12, 1));
    if (t > to) break;
    if (t >= from) times.push(t);
  }
  return times;
}

/** @param {number} t @param {number} step @param {number | undefined} before the label before, which says what this one leaves out @param {Clock} clock */
function label(t, step, before, clock) {
  const yearOf = t => new Date(clock.local(t) * 1000).getUTCFullYear();
  if (step >= averageMonth) return clock.text(t, new Date(clock.local(t) * 1000).getUTCMonth() === 0 ? { year: "numeric" } : before === undefined ? { year: "numeric", month: "short" } : { month: "short" });
  const date = clock.text(t, { month: "short", day: "numeric" });
  if (step >= day) return yearOf(t) === yearOf(before ?? Date.now() / 1000) ? date : clock.text(t, { year: "numeric", month: "short", day: "numeric" });
  const time = clock.text(t, step < 1 ? { minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 } : step < minute ? { hour: "numeric", minute: "2-digit", second: "2-digit" } : { hour: "numeric", minute: "2-digit" });
  return before !== undefined && clock.text(before, { month: "short", day: "numeric" }) === date ? time : `${time}\n${date}`;
}
