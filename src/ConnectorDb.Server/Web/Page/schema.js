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
