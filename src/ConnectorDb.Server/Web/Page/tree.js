// @ts-check
// The tree of users, devices and streams with their last values. Streams of a device are read when it is opened, a page at a time.
import { crud, get, query } from "./api.js";
import { button, fill, h, nodeIcon } from "./dom.js";
import { extend } from "./extend.js";
import { value } from "./format.js";
import { watch } from "./live.js";
import { mostOwn, ownStreams } from "./own.js";
import { login } from "./rights.js";
import { unitOf } from "./schema.js";

const usersPage = 100, devicesPage = 200, streamsPage = 100, foundPage = 50;

/** Several devices are open at first: one with many streams would hide those below it. */
const firstStreams = 25;

/** @param {HTMLInputElement} find */
export function createTree(find) {
  const list = h("div", { class: "list" });
  const found = h("div", { class: "list", role: "status", hidden: true });
  const element = h("nav", { class: "tree", "aria-label": "Streams" }, found, list);
  let selected = "";
  /** Ends what the shown tree watches, and what it still reads. */
  let shown = new AbortController();
  let pending = new AbortController();

  async function reload() {
    pending.abort();
    const mine = pending = new AbortController();
    const open = openBefore();
    isBroken = false;
    try {
      // A login that may not list users sees its own.
      const listed = after => get(`api/v1/crud?${query({ q: "ls", limit: usersPage, after })}`, mine.signal);
      const own = { name: login().user };
      // Without the streams of all devices at once, each device asks for its own.
      const [users, devices, streams] = await Promise.all([listed("").catch(unless(() => [own])), devicesOf(own, "", mine.signal), ownStreams().catch(() => null)]);
      fill(list);
      showDevices(list, own, devices, true, open, mine.signal, streams && streams.length < mostOwn ? streams : null);
      extend(list, users, usersPage, last => listed(last.name), usersPage, some => some.filter(user => user.name !== own.name).map(user => section(user, open, mine.signal)));
      mark();
      shown.abort();
      shown = mine;
      pending = new AbortController();
    } catch (/** @type {any} */ error) {
      if (mine.signal.aborted) return;
      // What was there stays until the server answers.
      const told = refusal(error, reload);
      if (list.childElementCount === 0) fill(list, told);
      mine.abort();
    }
  }

  /** What the viewer has opened and closed, by its path. @returns {Map<string | undefined, boolean>} */
  const openBefore = () => new Map([...list.querySelectorAll("details")].map(one => [one.dataset.path, one.open]));

  /** @param {() => any[]} what to show instead of what the login may not see */
  const unless = what => error => {
    if (error.status !== 403 && error.status !== 404) throw error;
    return what();
  };

  /** Something could not be read, and may be later. */
  let isBroken = false;
  const refusal = (error, again) => {
    isBroken ||= error.isTemporary === true;
    return h("p", { class: "muted", role: "alert" }, error.message, " ", button("Again", again));
  };

  /** Fills an element when it is opened, once; what was refused can be asked for again. @param {HTMLDetailsElement} details @param {() => Promise<void>} read @param {Element} inside */
  function fillWhenOpen(details, inside, read) {
    let isRead = false;
    const open = async () => {
      if (isRead || !details.open) return;
      isRead = true;
      try {
        await read();
      } catch (error) {
        isRead = false;
        fill(inside, refusal(error, open));
      }
    };
    details.addEventListener("toggle", open);
    open();
    return details;
  }

  /** The devices of a user after a name. @param {any} user @param {string} after @param {AbortSignal} signal @returns {Promise<any[]>} */
  async function devicesOf(user, after, signal) {
    // A device that may not see its user sees itself.
    const own = () => user.name === login().user && after === "" ? [{ name: login().device }] : [];
    const listed = await get(crud(user.name, `?${query({ q: "ls", limit: devicesPage, after })}`), signal).catch(unless(own));
    return listed.length > 0 ? listed : own();
  }

  /** Adds the devices of a user, opened while they are few. @param {Element} inside @param {any} user @param {any[]} devices @param {boolean} isOpen @param {ReturnType<typeof openBefore>} open @param {AbortSignal} signal @param {any[] | null} streams of all of them, if they are known */
  function showDevices(inside, user, devices, isOpen, open, signal, streams = null) {
    extend(inside, devices, devicesPage, last => devicesOf(user, last.name, signal), devicesPage, some => some.map(device => {
      const path = `${user.name}/${device.name}`;
      return group(path, device, open.get(path) ?? (isOpen && devices.length <= 12 && device.name !== "meta"), signal, streams);
    }));
  }

  /** Another user, whose devices are read when it is opened. @param {any} user @param {ReturnType<typeof openBefore>} open @param {AbortSignal} signal */
  function section(user, open, signal) {
    const inside = h("div");
    const details = h("details", { class: "user", "data-path": user.name, open: open.get(user.name) }, h("summary", null, nodeIcon(user.icon), h("span", { class: "name" }, user.nickname || user.name)), h("a", { class: "about", href: `#/${encodeURI(user.name)}` }, "about this user"), inside);
    return fillWhenOpen(details, inside, async () => {
      const devices = await devicesOf(user, "", signal);
      fill(inside);
      showDevices(inside, user, devices, false, open, signal);
    });
  }

  /** @param {string} path @param {any} device @param {boolean} isOpen @param {AbortSignal} signal @param {any[] | null} known */
  function group(path, device, isOpen, signal, known) {
    const inside = h("ul");
    const details = h("details", { class: "device", "data-path": path, open: isOpen }, h("summary", null, nodeIcon(device.icon), h("span", { class: "name" }, path.replace("/", " / ")), device.enabled === false && h("small", null, " off")), inside, h("a", { class: "about", href: `#/${encodeURI(path)}` }, "about this device"));
    return fillWhenOpen(details, inside, async () => {
      const listed = (limit, after) => get(crud(path, `?${query({ q: "ls", limit, after })}`), signal);
      // A device that is opened later may have others by then.
      const streams = known && isOpen ? known.filter(stream => stream.device === device.name).slice(0, firstStreams) : await listed(firstStreams, "").catch(unless(() => []));
      fill(inside);
      extend(inside, streams, firstStreams, last => listed(streamsPage, last.name), streamsPage, some => some.map(stream => entry(`${path}/${stream.name}`, stream, signal)));
    });
  }

  /** @param {string} path @param {any} stream @param {AbortSignal} signal */
  function entry(path, stream, signal) {
    const last = h("span", { class: "last" }, "…");
    const unit = unitOf(stream);
    const end = watch(path, {
      value: point => { last.textContent = point ? `${value(point.d)}${unit}` : "–"; },
      refused: () => { last.textContent = ""; },
    });
    signal.addEventListener("abort", end);
    return h("li", null, h("a", { href: `#/${encodeURI(path)}`, title: path, "data-path": path, "aria-current": path === selected && "page" }, nodeIcon(stream.icon), h("span", { class: "name" }, stream.nickname || stream.name), last));
  }

  function mark() {
    for (const link of element.querySelectorAll("a[data-path]")) {
      if (link.getAttribute("data-path") === selected) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  let timer = 0;
  let search = new AbortController();
  let isGoing = false;
  find.addEventListener("input", () => {
    clearTimeout(timer);
    search.abort();
    isGoing = false;
    timer = setTimeout(look, 200);
  });
  find.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      find.value = "";
      document.body.classList.remove("drawer");
      look();
    } else if (event.key === "Enter") {
      isGoing = true;
      go();
    }
  });

  /** Goes to the first stream that was found; what is found for an older text does not count. */
  function go() {
    const first = /** @type {HTMLElement | null} */ (search.signal.aborted ? null : found.querySelector("a"));
    if (!isGoing || !first) return;
    isGoing = false;
    first.click();
  }

  async function look() {
    clearTimeout(timer);
    search.abort();
    const text = find.value.trim();
    found.hidden = text === "";
    list.hidden = text !== "";
    if (text === "") return;
    // On a phone the tree is a drawer, which shows what is found.
    document.body.classList.add("drawer");
    const mine = new AbortController();
    search = mine;
    fill(found, h("p", { class: "muted" }, "Searching…"));
    try {
      const read = after => get(`api/v1/crud?${query({ q: "find", name: text, limit: foundPage, after })}`, mine.signal);
      const streams = await read("");
      const all = h("ul");
      extend(all, streams, foundPage, last => read(last.path), foundPage, some => some.map(stream => entry(stream.path, { ...stream, nickname: stream.path }, mine.signal)));
      fill(found, h("p", { class: "muted" }, streams.length === 0 ? "No stream has this in its name." : streams.length === foundPage ? `${foundPage} or more:` : `Found: ${streams.length}`), all);
      mark();
      go();
    } catch (/** @type {any} */ error) {
      if (!mine.signal.aborted) fill(found, h("p", { class: "muted" }, error.message));
    }
  }

  return { element, reload, recover() { if (isBroken) reload(); }, select(path) { selected = path; mark(); } };
}
