// @ts-check
// The bars from minimum to maximum of many columns, as the outline of all that touch: an element for each would take most of the time of a picture.

/**
 * @param {number[][]} bars start, end, minimum and maximum of each, in order of time
 * @param {(place: number[]) => number[]} coord the place in the picture of a time and a value
 * @param {{x: number, width: number}} field what is seen of it
 * @returns {number[][][]} the corners of each outline; a bar is at least a pixel wide and high, so that no peak is lost
 */
export function outlines(bars, coord, field) {
  const start = Math.floor(field.x) - 1, pixels = Math.ceil(field.width) + 3;
  const tops = new Float64Array(pixels).fill(Infinity), bottoms = new Float64Array(pixels).fill(-Infinity);
  for (const [from, to, least, most] of bars) {
    const [left, top] = coord([from, most]), [right, bottom] = coord([to, least]);
    const first = Math.max(0, Math.floor(left) - start), last = Math.min(pixels, Math.max(Math.floor(left) + 1, Math.ceil(right)) - start);
    for (let pixel = first; pixel < last; pixel++) {
      tops[pixel] = Math.min(tops[pixel], top);
      bottoms[pixel] = Math.max(bottoms[pixel], bottom, top + 1);
    }
  }
  const all = [];
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (tops[pixel] === Infinity) continue;
    const above = [], below = [];
    for (; pixel < pixels && tops[pixel] !== Infinity; pixel++) {
      above.push([start + pixel, tops[pixel]], [start + pixel + 1, tops[pixel]]);
      below.push([start + pixel, bottoms[pixel]], [start + pixel + 1, bottoms[pixel]]);
    }
    all.push([...above, ...below.reverse()]);
  }
  return all;
}

/**
 * What the chart library draws of them: one shape, which has the range of all.
 * @param {number[][]} bars as of outlines, times in milliseconds @param {string} color @param {number} opacity
 */
export const bands = (bars, color, opacity) => ({
  type: "custom", silent: true, clip: true, encode: { x: [0, 1], y: [2, 3] }, z: 1,
  data: bars.length === 0 ? [] : [[bars[0][0], bars[bars.length - 1][1], Math.min(...bars.map(bar => bar[2])), Math.max(...bars.map(bar => bar[3]))]],
  renderItem: (params, api) => ({ type: "group", children: outlines(bars, api.coord, params.coordSys).map(points => ({ type: "polygon", shape: { points }, style: { fill: color, opacity } })) }),
});
