// @ts-check
// The name of a user above its devices and streams, which leads to the user where the login may see it.
import { crud, get } from "./api.js";
import { fill, h } from "./dom.js";
import { login, seesUser } from "./rights.js";

/** @param {string} user */
export function userLink(user) {
  const link = h("a", { href: `#/${encodeURI(user)}` }, user);
  if (user === login().user || login().isAdmin) return seesUser(user) ? link : user;
  // A public stream may belong to a user that others do not see.
  const place = h("span", null, user);
  get(crud(user)).then(() => fill(place, link), () => {});
  return place;
}
