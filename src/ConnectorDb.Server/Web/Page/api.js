// @ts-check
// Requests to the public REST API, relative to the address of the page.

const base = new URL(".", document.baseURI.split("#")[0]);

/** Where the page is told what happens to all requests. */
export const events = new EventTarget();

/** The session of this page, and the sign-in that follows it. */
let session = Promise.withResolvers();

/** The version of the server that answered first. */
let version = "";

/** Sentences for programs: the page shows itself what to do. */
const forPrograms = /\b(GET|POST|PUT|DELETE)\b|\/api\/|API key|Authorization|"\w+": (true|false|…)/;

/** What the server says to a person. @param {string} text */
const plain = text => text.replace(": the field 'old_password'", "").split(/(?<=[.!?])\s+(?=[A-Z'"])/).filter(sentence => !forPrograms.test(sentence)).join(" ") || text;

/** An answer that is an error, in the words of the server; or no answer, with the status 0. */
export class ApiError extends Error {
  /** @param {number} status @param {string} message @param {Record<string, any>} [details] */
  constructor(status, message, details = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }

  /** What is wrong with the value that was sent, or all that the server said. */
  get reason() {
    return this.details.reason ? plain(this.details.reason) : this.message;
  }

  /** The same request may succeed later. */
  get isTemporary() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** @param {string} path */
export const url = path => new URL(path, base);

export const socketUrl = () => Object.assign(url("api/v1/websocket"), { protocol: base.protocol === "https:" ? "wss:" : "ws:" });

/** The path of a user, device or stream below the API. @param {string} path @param {string} [rest] */
export const crud = (path, rest = "") => `api/v1/crud/${path.split("/").map(encodeURIComponent).join("/")}${rest}`;

/** @param {Record<string, any>} parameters */
export const query = parameters => new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "").map(([name, value]) => [name, String(value)])).toString();

function token() {
  return document.cookie.split("; ").map(cookie => /^(?:__Host-|__Secure-)?connectordb-token=(.*)$/.exec(cookie)?.[1]).find(Boolean);
}

/**
 * @param {string} method @param {string} path
 * @param {{body?: any, headers?: Record<string, string>, signal?: AbortSignal, login?: boolean}} [options]
 * @returns {Promise<Response>}
 */
export async function send(method, path, { body, headers = {}, signal, login = false } = {}) {
  const mine = session;
  const all = { Accept: "application/json", ...headers };
  const proof = method === "GET" ? undefined : token();
  if (proof) all["X-ConnectorDb-Token"] = proof;
  if (body !== undefined) all["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(url(path), { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body), signal, credentials: login ? "same-origin" : undefined, cache: "no-store" });
  } catch (error) {
    if (signal?.aborted) throw error;
    events.dispatchEvent(new Event("unreachable"));
    throw new ApiError(0, "The server cannot be reached.");
  }
  const answered = response.headers.get("X-ConnectorDb-Version") ?? "";
  if (version && answered && answered !== version) events.dispatchEvent(new Event("version"));
  version ||= answered;
  if (response.ok) return response;
  if (response.status === 401 && !login) {
    // Nothing was done: the same request follows in the next session. An answer to an older session does not end the newest.
    if (mine === session) events.dispatchEvent(new Event("signedout"));
    await mine.promise;
    signal?.throwIfAborted();
    return send(method, path, { body, headers, signal });
  }
  const details = await response.json().catch(() => ({}));
  const wait = response.headers.get("Retry-After");
  // The message begins with that of ConnectorDB 0.3, for its clients.
  const said = details.detail ?? details.msg ?? details.error;
  const message = said ? plain(said) : `The server answered with status ${response.status}.`;
  throw new ApiError(response.status, wait && !/\bwait\b/i.test(message) ? `${message} Try again in ${wait} s.` : message, details);
}

/** Goes on with what was refused since the session ended. */
export function resume() {
  session.resolve(undefined);
  session = Promise.withResolvers();
}

/** @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>} */
export const get = async (path, signal) => (await send("GET", path, { signal })).json();

/** @param {string} path @param {AbortSignal} [signal] @param {Record<string, string>} [headers] */
export const getText = async (path, signal, headers) => (await send("GET", path, { signal, headers })).text();

/** @param {string} path @param {any} body @param {AbortSignal} [signal] @returns {Promise<any>} */
export const post = async (path, body, signal) => (await send("POST", path, { body, signal })).json();

/** @param {string} path @param {any} body @returns {Promise<any>} */
export const put = async (path, body) => (await send("PUT", path, { body })).json();

/** @param {string} path */
export const remove = async path => { await send("DELETE", path); };

/** Begins a session. @param {string} authorization @param {boolean} stays */
export const logIn = (authorization, stays) => send("POST", `api/v1/login?remember=${stays}`, { headers: { Authorization: authorization }, login: true });

export const logOut = () => send("POST", "api/v1/logout", { login: true });

/** Text as base64 of its UTF-8. @param {string} text */
export const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** The version of the server. */
export const serverVersion = () => version;
