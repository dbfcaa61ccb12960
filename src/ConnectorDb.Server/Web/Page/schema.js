// @ts-check
// The JSON Schema of a stream.

/** @param {any} stream @returns {any} the JSON Schema, or an empty one */
export function schemaOf(stream) {
  try {
    return JSON.parse(stream.schema || "{}") ?? {};
  } catch {
    return {};
  }
}

/** What follows the numbers of a stream: its unit after a space, or nothing. @param {any} stream */
export function unitOf(stream) {
  const { unit } = schemaOf(stream);
  return typeof unit === "string" && unit !== "" ? ` ${unit}` : "";
}
