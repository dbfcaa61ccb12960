// @ts-check
// One websocket for all values on the screen. Each stream is subscribed from its newest datapoint on, so that one command brings the last
// value and all that follow. The server numbers the datapoints: a message must begin where the one before it ended, or something was missed.
import { events, getText, socketUrl } from "./api.js";

/** @typedef {{t: number, d: any, o?: string}} Point */
/**
 * @typedef {object} Listener
 * @property {(last: Point | null, count: number) => void} [value] the newest datapoint, and how many there are
 * @property {(points: Point[]) => void} [points] datapoints that follow one another
 * @property {() => void} [missed] datapoints were missed, or the stream was changed: read it again
 * @property {(message: string) => void} [refused] the stream cannot be read
 */
/** @typedef {{path: string, last: Point | null, next: number, isKnown: boolean, error: string, listeners: Set<Listener>}} Entry */

/** @type {Map<string, Entry>} */
const entries = new Map();

/** @type {WebSocket | null} */
let socket = null;
/** How often the server was asked since the last websocket that stayed. */
let waits = 0;
/** Websockets that did not stay, while the server answered. */
let refused = 0;
let timer = 0;
let heard = 0;
let isWanted = false;
let state = "connecting";

const firstWait = 1000, longestWait = 8000, silence = 30000, emptyAfter = 500, stays = 2000;

/** Refused websockets until the page says so. */
const mostRefused = 2;

/** @param {string} now */
function become(now) {
  if (state === now) return;
  state = now;
  events.dispatchEvent(new CustomEvent("live", { detail: now }));
}

export const liveState = () => state;

/** Does something each time that the server is heard again. @param {() => void} action @returns {() => void} ends it */
export function onLive(action) {
  const listener = () => { if (state === "live") action(); };
  events.addEventListener("live", listener);
  return () => events.removeEventListener("live", listener);
}

/** Connects, and stays connected. */
export function start() {
  isWanted = true;
  if (socket) return;
  become("connecting");
  connect();
}

/** Ends the connection, since the session has ended. What is on the screen goes on when it starts again. */
export function stop() {
  isWanted = false;
  clearTimeout(timer);
  socket?.close();
  socket = null;
  become("ended");
}

function connect() {
  clearTimeout(timer);
  if (!isWanted || socket || document.hidden) return;
  const opened = socket = new WebSocket(socketUrl());
  const prove = () => {
    if (socket !== opened) return;
    waits = refused = 0;
    become("live");
  };
  opened.onopen = () => {
    heard = Date.now();
    if (refused < mostRefused) become("live");
    for (const entry of entries.values()) subscribe(entry);
    setTimeout(prove, stays);
  };
  opened.onmessage = event => {
    heard = Date.now();
    prove();
    receive(JSON.parse(event.data));
  };
  opened.onclose = () => {
    if (socket !== opened) return;
    socket = null;
    refused++;
    // The end of a session closes it too: a request tells which it is.
    if (isWanted && !document.hidden) retry();
  };
}

/** Asks the server whether it is there: at once after a connection, and then less and less often. */
function retry() {
  clearTimeout(timer);
  timer = setTimeout(reconnect, waits === 0 ? 0 : Math.min(longestWait, firstWait * 2 ** (waits - 1)));
  waits++;
}

// A refused handshake has no reason in a browser; a request has.
async function reconnect() {
  try {
    if ((await getText("api/v1/?q=this")).trim() === "nobody") {
      events.dispatchEvent(new Event("signedout"));
      return;
    }
    become(refused > mostRefused ? "silent" : "connecting");
    connect();
  } catch {
    if (!isWanted || socket) return;
    refused = 0;
    become("offline");
    retry();
  }
}

/** @param {object} command */
function tell(command) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(command));
}

/** @param {Entry} entry */
function subscribe(entry) {
  tell({ cmd: "subscribe", arg: entry.path, from: -1 });
}

/** @param {any} message */
function receive(message) {
  const entry = entries.get(message.stream || message.arg);
  if (!entry) return;
  if (message.cmd === "subscribe") answer(entry, message);
  else if (message.data) take(entry, message);
}

/** @param {Entry} entry @param {any} message */
function answer(entry, message) {
  if (message.ok === false) {
    entry.error = message.error?.msg ?? "The stream cannot be read.";
    for (const listener of entry.listeners) listener.refused?.(entry.error);
    return;
  }
  entry.error = "";
  // The first message after a new connection repeats the newest datapoint that was known; if it begins later, some are missing between.
  if (entry.isKnown && (message.i > entry.next || message.i < entry.next - 1)) {
    entry.next = message.i;
    for (const listener of entry.listeners) listener.missed?.();
  }
  // An empty stream sends nothing more; one with a datapoint sends it at once.
  if (!entry.isKnown && message.i === 0) setTimeout(() => settle(entry), emptyAfter);
}

/** @param {Entry} entry */
function settle(entry) {
  if (entry.isKnown) return;
  entry.isKnown = true;
  for (const listener of entry.listeners) listener.value?.(null, 0);
}

/** @param {Entry} entry @param {any} message */
function take(entry, message) {
  /** @type {Point[]} */
  let points = message.data.map(point => ({ t: 0, ...point }));
  const isFirst = !entry.isKnown;
  // Late datapoints have been put between others, and what follows them comes again.
  const isLate = !isFirst && entry.last !== null && points.length > 0 && points[0].t < entry.last.t && message.i >= entry.next;
  if (isLate || (!isFirst && message.i > entry.next)) for (const listener of entry.listeners) listener.missed?.();
  else if (!isFirst && message.i < entry.next) points = points.slice(entry.next - message.i);
  entry.next = isFirst || isLate ? message.next : Math.max(entry.next, message.next);
  entry.isKnown = true;
  if (points.length === 0) return;
  entry.last = points[points.length - 1];
  for (const listener of entry.listeners) {
    if (!isFirst && !isLate) listener.points?.(points);
    listener.value?.(entry.last, entry.next);
  }
}

/**
 * Watches a stream, or its downlink as `…/downlink`. The listener is told what is known at once.
 * @param {string} path @param {Listener} listener
 * @returns {() => void} ends the watch
 */
export function watch(path, listener) {
  let entry = entries.get(path);
  if (!entry) {
    entry = { path, last: null, next: 0, isKnown: false, error: "", listeners: new Set() };
    entries.set(path, entry);
    subscribe(entry);
  } else if (entry.error) {
    subscribe(entry);
  } else if (entry.isKnown) {
    listener.value?.(entry.last, entry.next);
  }
  entry.listeners.add(listener);
  return () => {
    entry.listeners.delete(listener);
    // The next screen often watches the same stream.
    setTimeout(() => {
      if (entry.listeners.size > 0 || entries.get(path) !== entry) return;
      entries.delete(path);
      tell({ cmd: "unsubscribe", arg: path });
    }, 1000);
  };
}

// A websocket does not notice a lost network, and pings are invisible to scripts.
setInterval(async () => {
  if (!socket || state !== "live" || Date.now() - heard < silence) return;
  heard = Date.now();
  const asked = socket;
  const limit = new AbortController();
  const late = setTimeout(() => limit.abort(), 10000);
  await getText("api/v1/?q=this", limit.signal).catch(() => drop(asked));
  clearTimeout(late);
}, 5000);

/** @param {WebSocket} lost */
function drop(lost) {
  if (socket !== lost) return;
  lost.onclose = lost.onmessage = null;
  lost.close();
  socket = null;
  become("offline");
  waits = 1;
  retry();
}

events.addEventListener("unreachable", () => { if (socket) drop(socket); });

// A page that nobody sees costs the server nothing.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    const closing = socket;
    socket = null;
    closing?.close();
  } else if (isWanted && !socket) {
    connect();
  }
});
addEventListener("online", () => { if (isWanted && !socket) { clearTimeout(timer); reconnect(); } });
addEventListener("offline", () => { if (socket) drop(socket); });
