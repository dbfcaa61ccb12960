// @ts-check
// What this login may probably do, to leave out what it may not. The server decides.
import { crud, get, getText } from "./api.js";

/** @type {{path: string, user: string, device: string, role: string, isAdmin: boolean, seesUser: boolean}} */
let me = { path: "", user: "", device: "", role: "", isAdmin: false, seesUser: false };

/** Reads who is logged in; null when nobody is. */
export async function readLogin() {
  const path = (await getText("api/v1/?q=this")).trim();
  if (path === "nobody") return null;
  const [user, device] = path.split("/");
  const [self, owner] = await Promise.all([get(crud(path)).catch(() => ({})), get(crud(user)).catch(() => ({}))]);
  me = { path, user, device, role: self.role ?? "", isAdmin: owner.role === "admin" && self.role === "user", seesUser: owner.name !== undefined };
  return me;
}

export const login = () => me;

const own = path => path === me.path || path.startsWith(`${me.path}/`);
const ofUser = path => me.isAdmin || path.split("/")[0].toLowerCase() === me.user.toLowerCase();

/** Datapoints of a stream: its own device writes them. @param {string} path */
export const mayWrite = path => own(path);

/** Requests to the device of a stream. @param {string} path @param {any} stream */
export const mayRequest = (path, stream) => stream.downlink && !own(path) && ["user", "writer"].includes(me.role) && ofUser(path);

/** Names, descriptions, schemas. @param {string} path */
export const mayChange = path => own(path) || (["user", "writer"].includes(me.role) && ofUser(path));

/** Something below a user or device, or the removal of it. @param {string} path */
export const mayCreate = path => own(path) || (me.role === "user" && ofUser(path));

/** Whether the page of a user is there for this login: a device without rights does not see its own user. @param {string} user */
export const seesUser = user => me.seesUser || user !== me.user;
