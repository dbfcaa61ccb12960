// @ts-check
// What this browser remembers. Where it keeps nothing (full, or not allowed), this page remembers until it is closed.

/** @type {Map<string, any>} */
const unkept = new Map();

/** @param {string} name @param {any} [fallback] @returns {any} */
export function recall(name, fallback = null) {
  if (unkept.has(name)) return unkept.get(name);
  try {
    return JSON.parse(localStorage.getItem(`cdb.${name}`) ?? "null") ?? fallback;
  } catch {
    return fallback;
  }
}

/** @param {string} name @param {any} value */
export function remember(name, value) {
  try {
    localStorage.setItem(`cdb.${name}`, JSON.stringify(value));
    unkept.delete(name);
  } catch {
    unkept.set(name, value);
  }
}
