// @ts-check
// Rows as a table, and as CSV.
import { h } from "./dom.js";
import { time, value } from "./format.js";

/** The most characters of a value that a cell shows. */
const longest = 200;

/** @param {any} d */
export function cell(d) {
  const text = value(d);
  return h("td", { class: typeof d === "number" ? "number" : null }, text.length > longest ? h("details", null, h("summary", null, `${text.slice(0, longest)}…`), text) : text);
}

/** @param {{t?: number, d: any, o?: string}[]} points */
export function pointTable(points) {
  const hasOrigin = points.some(point => point.o);
  return h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Datapoints" }, h("table", null,
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "Time"), h("th", { scope: "col" }, "Value"), hasOrigin && h("th", { scope: "col" }, "From"))),
    h("tbody", null, points.map(point => h("tr", null, h("td", null, time(point.t ?? 0)), cell(point.d), hasOrigin && h("td", null, point.o ?? ""))))));
}

/** Rows of a dataset: a column for each member. @param {{t?: number, d: any}[]} rows */
export function rowTable(rows) {
  const names = columnNames(rows);
  return names.length === 0 ? pointTable(rows) : h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Rows" }, h("table", null,
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "Time"), names.map(name => h("th", { scope: "col", class: rows.some(row => typeof row.d[name] === "number") ? "number" : null }, name)))),
    h("tbody", null, rows.map(row => h("tr", null, h("td", null, time(row.t ?? 0)), names.map(name => (row.d?.[name] ?? null) === null ? h("td", { class: "muted" }, "–") : cell(row.d[name])))))));
}

/** @param {{d: any}[]} rows @returns {string[]} */
export const columnNames = rows => rows.length > 0 && rows.every(row => row.d !== null && typeof row.d === "object" && !Array.isArray(row.d)) ? [...new Set(rows.flatMap(row => Object.keys(row.d)))] : [];

// A cell that begins like a formula would run in a spreadsheet (OWASP, CSV injection).
const csvCell = text => /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
const csvText = d => {
  const text = d === null || d === undefined ? "" : typeof d === "string" ? csvCell(d) : typeof d === "object" ? JSON.stringify(d) : String(d);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
};

/** @param {{t?: number, d: any}[]} rows */
export function csvOf(rows) {
  const names = columnNames(rows);
  return names.length > 0 ? csvLines([["time", ...names], ...rows.map(row => [iso(row), ...names.map(name => row.d[name])])]) : csvHead + csvPoints(rows);
}

const iso = row => new Date((row.t ?? 0) * 1000).toISOString();
const csvLines = lines => lines.map(line => `${line.map(csvText).join(",")}\r\n`).join("");

/** The first line above datapoints. */
export const csvHead = "time,value\r\n";

/** Lines of datapoints, without a first line. @param {{t?: number, d: any}[]} points */
export const csvPoints = points => csvLines(points.map(point => [iso(point), point.d]));

/** @param {string} name @param {Blob} content */
export function download(name, content) {
  const link = h("a", { href: URL.createObjectURL(content), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
