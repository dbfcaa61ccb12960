// @ts-check
// The datapoints of a stream as CSV for people: times as texts, and no cell that a spreadsheet would run.
import { crud, get, getText, query } from "./api.js";
import { csvPoints } from "./table.js";

/** Datapoints of a request. */
const page = 50000;

/** The lines of a range, in parts. @param {string} path @param {{from: number, to: number}} range @param {string} transform */
export async function csvParts(path, range, transform) {
  if (transform) return [csvPoints(await get(crud(path, `/data?${query({ t1: range.from, t2: range.to, transform })}`)))];
  const [first, end] = await Promise.all([range.from, range.to].map(async t => Number(await getText(crud(path, `/data?q=time2index&t=${t}`)))));
  const parts = [];
  for (let i1 = first; i1 < end; i1 += page) parts.push(csvPoints(await get(crud(path, `/data?${query({ i1, i2: Math.min(end, i1 + page) })}`))));
  return parts;
}
