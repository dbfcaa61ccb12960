// @ts-check
// Where the labels of the axis of time are, and what they say: at round times of the viewer's clock, also where it changes.
import { date, instant, parts } from "./format.js";

const minute = 60, hour = 3600, day = 86400;
const steps = [1, 2, 5, 10, 15, 30, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 3 * day, 7 * day, 14 * day];
const monthSteps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
const averageMonth = 30.44 * day;

/** A Monday, from which weeks are counted: 1970-01-05. */
const monday = 4 * day;

/** @param {number} from unix seconds @param {number} to @param {number} most labels @returns {{t: number, text: string}[]} */
export function timeTicks(from, to, most) {
  const span = to - from;
  const step = steps.find(step => span / step <= most);
  const times = step ? byClock(from, to, step) : byMonth(from, to, monthSteps.find(months => span / averageMonth / months <= most) ?? 2400);
  return times.map((t, i) => ({ t, text: label(t, step ?? averageMonth, i === 0) }));
}

/** @param {number} from @param {number} to @param {number} step */
function byClock(from, to, step) {
  const p = parts(from);
  const wall = Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) / 1000;
  const origin = step >= day ? monday : 0;
  const times = [];
  for (let next = Math.floor((wall - origin) / step) * step + origin; times.length < 100; next += step) {
    const at = new Date(next * 1000);
    const t = instant(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds());
    if (t > to) break;
    if (t >= from && t > (times.at(-1) ?? -Infinity)) times.push(t);
  }
  return times;
}

/** @param {number} from @param {number} to @param {number} months */
function byMonth(from, to, months) {
  const p = parts(from);
  const times = [];
  for (let next = Math.floor((p.year * 12 + p.month - 1) / months) * months; times.length < 100; next += months) {
    const t = instant(Math.floor(next / 12), next % 12 + 1);
    if (t > to) break;
    if (t >= from) times.push(t);
  }
  return times;
}

/** @param {number} t @param {number} step @param {boolean} isFirst the first label says what the others leave out */
function label(t, step, isFirst) {
  const p = parts(t);
  if (step >= averageMonth) return p.month === 1 ? date(t, { year: "numeric" }) : date(t, isFirst ? { year: "numeric", month: "short" } : { month: "short" });
  if (step >= day) return date(t, isFirst && p.year !== parts(Date.now() / 1000).year ? { year: "numeric", month: "short", day: "numeric" } : { month: "short", day: "numeric" });
  const clock = date(t, step < minute ? { hour: "numeric", minute: "2-digit", second: "2-digit" } : { hour: "numeric", minute: "2-digit" });
  const isMidnight = p.hour === 0 && p.minute === 0 && p.second === 0;
  return isFirst || isMidnight ? `${clock}\n${date(t, { month: "short", day: "numeric" })}` : clock;
}
