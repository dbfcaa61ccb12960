// @ts-check
// Inputs on their way to the server. Each stays in localStorage with its insert id until the server has answered, so that it is neither lost
// nor stored twice: not when the connection breaks, nor when the page is closed, nor when the session ends.
import { ApiError, crud, events, send } from "./api.js";
import { login } from "./rights.js";
import { recall, remember } from "./store.js";

/** @typedef {{id: string, login: string, path: string, t: number, d: any, isNow: boolean}} Input */

const longestWait = 30000;

/** @type {Map<string, {resolve: () => void, reject: (error: any) => void, wait: (error: ApiError) => void}>} */
const callers = new Map();
let isSending = false;
let failures = 0;
let timer = 0;

/** @returns {Input[]} */
const all = () => recall("outbox", []);

/** The number of inputs of this login that the server has not answered. */
export const waiting = () => all().filter(input => input.login === login().path).length;

/** @param {Input[]} inputs */
function keep(inputs) {
  remember("outbox", inputs);
  events.dispatchEvent(new Event("outbox"));
}

const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");

/**
 * Stores a value. The promise ends when the server has it, or has refused it.
 * @param {string} path @param {any} d @param {number | null} t unix seconds, or null for now
 * @param {(error: ApiError) => void} wait is told why it has to wait
 */
export function store(path, d, t, wait) {
  const input = { id: newId(), login: login().path, path, t: t ?? Date.now() / 1000, d, isNow: t === null };
  return new Promise((resolve, reject) => {
    callers.set(input.id, { resolve: () => resolve(input), reject, wait });
    keep([...all(), input]);
    flush();
  });
}

/** Sends what waits, the oldest first. */
export async function flush() {
  if (isSending) return;
  isSending = true;
  clearTimeout(timer);
  try {
    for (let input; (input = all().find(input => input.login === login().path));) {
      const isDone = await deliver(input);
      if (!isDone) break;
    }
  } finally {
    isSending = false;
  }
}

/** @param {Input} input @returns {Promise<boolean>} false when it has to wait */
async function deliver(input) {
  try {
    // PUT gives a value of now the time of the newest datapoint where the clock of this machine is behind; a time that was chosen stays.
    await send(input.isNow ? "PUT" : "POST", crud(input.path, "/data"), { body: [{ t: input.t, d: input.d }], headers: { "X-ConnectorDb-Insert-Id": input.id } });
    failures = 0;
    keep(all().filter(other => other.id !== input.id));
    callers.get(input.id)?.resolve();
  } catch (error) {
    if (error instanceof ApiError && error.isTemporary) {
      for (const caller of callers.values()) caller.wait(error);
      timer = setTimeout(flush, Math.min(longestWait, 1000 * 2 ** failures++));
      return false;
    }
    keep(all().filter(other => other.id !== input.id));
    callers.get(input.id)?.reject(error);
  }
  callers.delete(input.id);
  return true;
}

events.addEventListener("live", event => { if (/** @type {CustomEvent} */ (event).detail === "live") flush(); });
addEventListener("storage", event => { if (event.key === "cdb.outbox") events.dispatchEvent(new Event("outbox")); });
