// @ts-check
// What this browser remembers. A browser that keeps nothing (private windows) only forgets.

/** @param {string} name @param {any} [fallback] @returns {any} */
export function recall(name, fallback = null) {
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
  } catch {
    // Full, or not allowed.
  }
}
