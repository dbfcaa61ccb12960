// @ts-check
// The text format of Prometheus.

/** @param {string} text @returns {{name: string, labels: Record<string, string>, value: number}[]} */
export const samplesOf = text => [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels = "", value]) => ({
  name, value: Number(value),
  labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, content]) => [label, content.replace(/\\(.)/g, (_, escaped) => escaped === "n" ? "\n" : escaped)])),
}));
