// @ts-check
// A small line of the last day.
import { h } from "./dom.js";

/** @param {import("./series.js").Column[]} columns @param {{from: number, to: number}} range @param {boolean} isStepped each value holds until the next */
export function spark(columns, range, isStepped) {
  const known = columns.filter(column => column.numbers > 0 && column.sum !== null);
  if (known.length < 2) return null;
  const means = known.map(column => /** @type {number} */ (column.sum) / column.numbers);
  const low = Math.min(...means), height = Math.max(...means) - low || 1;
  const places = known.map((column, i) => [((column.t1 - range.from) / (range.to - range.from) * 100).toFixed(1), (22 - (means[i] - low) / height * 20).toFixed(1)]);
  if (isStepped) places.push(["100", places[places.length - 1][1]]);
  const points = places.flatMap(([x, y], i) => isStepped && i > 0 ? [`${x},${places[i - 1][1]}`, `${x},${y}`] : [`${x},${y}`]);
  return h("svg", { viewBox: "0 0 100 24", class: "spark", preserveAspectRatio: "none", "aria-hidden": "true" }, h("polyline", { points: points.join(" ") }));
}
