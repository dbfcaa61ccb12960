// @ts-check
// The tree of users, devices and streams with their last values. Streams of a device are read when it is opened, a page at a time.
import { crud, get, query } from "./api.js";
import { button, fill, h, nodeIcon } from "./dom.js";
import { value } from "./format.js";
import { watch } from "./live.js";
import { login } from "./rights.js";
import { schemaOf } from "./schema.js";

const usersPage = 100, devicesPage = 200, streamsPage = 100;

/** @param {HTMLInputElement} find */
export function createTree(find) {
  const list = h("div", { class: "list" });
  const found = h("div", { class: "list", role: "status", hidden: true });
  const element = h("nav", { class: "tree", "aria-label": "Streams" }, found, list);
  let selected = "";
  /** @type {(() => void)[]} */
  let watches = [];
  /** @type {(() => void)[]} */
  let foundWatches = [];

  async function reload() {
    const old = watches;
    watches = [];
    try {
      // A login that may not list users sees its own.
      const users = await get(`api/v1/crud?${query({ q: "ls", limit: usersPage })}`).catch(() => [{ name: login().user }]);
      const own = users.filter(user => user.name === login().user);
      const others = users.filter(user => user.name !== login().user);
      const groups = await Promise.all(own.map(user => groupsOf(user, true)));
      fill(list, groups, others.map(user => section(user)), users.length === usersPage && h("p", { class: "muted" }, `The first ${usersPage} users. Find the others by name.`));
      mark();
    } catch (error) {
      if (error?.status !== 401 && list.childElementCount === 0) fill(list, h("p", { class: "muted" }, error.message), button("Again", reload));
    }
    old.forEach(end => end());
  }

  /** The devices of a user, opened while they are few. @param {any} user @param {boolean} isOpen */
  async function groupsOf(user, isOpen) {
    const devices = await get(crud(user.name, `?${query({ q: "ls", limit: devicesPage })}`)).catch(() => []);
    return [
      ...devices.map(device => group(`${user.name}/${device.name}`, device, isOpen && devices.length <= 12 && device.name !== "meta")),
      devices.length === devicesPage && h("p", { class: "muted" }, `The first ${devicesPage} devices. Find the others by name.`),
    ];
  }

  /** Another user, whose devices are read when it is opened. @param {any} user */
  function section(user) {
    const inside = h("div");
    const details = h("details", { class: "user" }, h("summary", null, nodeIcon(user.icon), h("span", { class: "name" }, user.nickname || user.name)), h("a", { class: "about", href: `#/${encodeURI(user.name)}` }, "about this user"), inside);
    details.addEventListener("toggle", async () => { if (details.open && inside.childElementCount === 0) fill(inside, await groupsOf(user, false)); });
    return details;
  }

  /** @param {string} path @param {any} device @param {boolean} isOpen */
  function group(path, device, isOpen) {
    const inside = h("ul");
    const details = h("details", { class: "device", open: isOpen }, h("summary", null, nodeIcon(device.icon), h("span", { class: "name" }, path.replace("/", " / ")), device.enabled === false && h("small", null, " off")), inside, h("a", { class: "about", href: `#/${encodeURI(path)}` }, "about this device"));
    let isRead = false;
    const read = async () => {
      if (isRead || !details.open) return;
      isRead = true;
      await more(path, inside, "");
    };
    details.addEventListener("toggle", read);
    read();
    return details;
  }

  /** Adds the streams after a name. @param {string} path @param {Element} inside @param {string} after */
  async function more(path, inside, after) {
    const streams = await get(crud(path, `?${query({ q: "ls", limit: streamsPage, after })}`)).catch(() => []);
    inside.append(...streams.map(stream => entry(`${path}/${stream.name}`, stream, watches)));
    if (streams.length === streamsPage) {
      const next = h("li", null, button("More…", async () => {
        next.remove();
        await more(path, inside, streams.at(-1).name);
      }));
      inside.append(next);
    }
    mark();
  }

  /** @param {string} path @param {any} stream @param {(() => void)[]} ends */
  function entry(path, stream, ends) {
    const last = h("span", { class: "last" }, "…");
    const unit = schemaOf(stream).unit;
    ends.push(watch(path, {
      value: point => { last.textContent = point ? `${value(point.d)}${typeof unit === "string" ? ` ${unit}` : ""}` : "–"; },
      refused: () => { last.textContent = ""; },
    }));
    return h("li", null, h("a", { href: `#/${encodeURI(path)}`, title: path, "data-path": path }, nodeIcon(stream.icon), h("span", { class: "name" }, stream.nickname || stream.name), last));
  }

  function mark() {
    for (const link of element.querySelectorAll("a[data-path]")) {
      if (link.getAttribute("data-path") === selected) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  let timer = 0;
  let asked = 0;
  find.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 200);
  });
  find.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      find.value = "";
      search();
    } else if (event.key === "Enter") {
      /** @type {HTMLElement | null} */ (found.querySelector("a"))?.click();
    }
  });

  async function search() {
    const text = find.value.trim();
    const mine = ++asked;
    found.hidden = text === "";
    list.hidden = text !== "";
    foundWatches.splice(0).forEach(end => end());
    if (text === "") return;
    try {
      const streams = await get(`api/v1/crud?${query({ q: "find", name: text, limit: 50 })}`);
      if (mine !== asked) return;
      fill(found, h("p", { class: "muted" }, streams.length === 0 ? "No stream has this in its name." : streams.length === 50 ? "The first 50:" : `Found: ${streams.length}`),
        h("ul", null, streams.map(stream => entry(stream.path, { ...stream, nickname: stream.path }, foundWatches))));
      mark();
    } catch (error) {
      if (mine === asked) fill(found, h("p", { class: "muted" }, error.message));
    }
  }

  return { element, reload, select(path) { selected = path; mark(); } };
}
