// @ts-check
// Streams with their newest values and a line of the last day. One request brings all lines.
import { post } from "./api.js";
import { fill, h, nodeIcon } from "./dom.js";
import { age, value } from "./format.js";
import { unitOf } from "./schema.js";
import { onLive, watch } from "./live.js";
import { columnsOf } from "./series.js";
import { spark } from "./spark.js";

const day = 86400, silent = 3 * day;
const mostAtOnce = 200;

/** @param {{path: string, stream: any}[]} entries @param {(end: () => void) => void} onLeave */
export function streamList(entries, onLeave) {
  const rows = entries.map(({ path, stream }) => {
    const last = h("span", { class: "last" }, "…"), old = h("span", { class: "muted age" }), line = h("span", { class: "spark" });
    const unit = unitOf(stream);
    let t = 0;
    const tellAge = () => {
      if (t) old.textContent = `${age(t)}${Date.now() / 1000 - t > silent ? " · silent" : ""}`;
    };
    onLeave(watch(path, { value: point => {
      last.textContent = point ? `${value(point.d)}${unit}` : "–";
      t = point?.t ?? 0;
      if (!point) old.textContent = "no datapoints";
      tellAge();
    }, refused: message => { last.textContent = message; } }));
    return { path, line, tellAge, element: h("li", null, h("a", { href: `#/${encodeURI(path)}` }, nodeIcon(stream.icon), h("span", { class: "name" }, stream.nickname || stream.name)), line, last, old) };
  });
  const clock = setInterval(() => rows.forEach(row => row.tellAge()), 10000);
  onLeave(() => clearInterval(clock));
  const range = { from: Date.now() / 1000 - day, to: Date.now() / 1000 };
  const shown = rows.slice(0, mostAtOnce);
  const draw = () => {
    post("api/v1/query/chart", shown.map(row => ({ stream: row.path, columns: 24, t1: range.from, t2: range.to })))
      .then(charts => charts.forEach((chart, i) => { if (chart) fill(shown[i].line, spark(columnsOf(chart), range, Boolean(chart.states))); }))
      .then(() => { isDrawn = true; }, () => {}); // The values stand without their lines.
  };
  let isDrawn = shown.length === 0;
  if (!isDrawn) draw();
  onLeave(onLive(() => { if (!isDrawn) draw(); }));
  return h("ul", { class: "streams" }, rows.map(row => row.element));
}
