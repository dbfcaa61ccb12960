// @ts-check
// The streams of the user who is logged in. The tree and the first screen ask for them at the same time, and share the answer.
import { crud, get, query } from "./api.js";
import { login } from "./rights.js";

/** As many are asked for; of a user with more, these are the first ones. */
export const mostOwn = 200;

/** @type {Promise<any[] | null> | null} */
let asked = null;

/** The streams with the names of their devices; null for a device that does not see its user. */
export function ownStreams() {
  asked ??= get(crud(login().user, `?${query({ q: "streams", limit: mostOwn })}`)).catch(error => {
    if (error.status !== 403 && error.status !== 404) throw error;
    return null;
  }).finally(() => { asked = null; });
  return asked;
}
