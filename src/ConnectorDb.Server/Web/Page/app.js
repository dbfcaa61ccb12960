// @ts-check
// The frame of the page: who is logged in, what the address shows, and the state of the connection.
import { ApiError, events, logIn, logOut, resume } from "./api.js";
import { button, fill, h, icon } from "./dom.js";
import { liveState, onLive, start, stop } from "./live.js";
import { flush, waiting } from "./outbox.js";
import { login, readLogin, seesUser } from "./rights.js";
import { createTree } from "./tree.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
/** The screens by their names, and by the depth of their paths. @type {Record<string, () => Promise<any>>} */
const screens = {
  compare: () => import("./compare.js"), query: () => import("./query.js"), items: () => import("./items.js"), account: () => import("./account.js"), keys: () => import("./keys.js"),
  0: () => import("./home.js"), 1: () => import("./user.js"), 2: () => import("./device.js"), 3: () => import("./stream.js"),
};

const status = h("span", { class: "connection", role: "status" });
const banner = h("div", { class: "banner", role: "alert", hidden: true });
const notice = h("div", { class: "banner news", role: "status", hidden: true });
const news = h("div", { class: "banner news", role: "status", hidden: true }, "The server has a new version. ", button("Load it", () => location.reload()));
const progress = h("div", { class: "progress", hidden: true });
const main = h("main", { id: "main", tabindex: -1 });
const find = h("input", { type: "search", class: "find", placeholder: "Find", "aria-label": "Find a stream", "aria-keyshortcuts": "/" });

/** @type {(() => void)[]} */
let leaving = [];
let visit = 0;
/** The place could not be shown, and may be later. */
let isBroken = false;
/** @type {ReturnType<typeof createTree> | null} */
let tree = null;

/** What the address shows: `#/user/device/stream?…`, or a screen by its name: `#compare?…`. */
function place() {
  const [where, parameters = ""] = location.hash.slice(1).split("?");
  return { hash: location.hash.slice(1), where, path: where.startsWith("/") ? decoded(where.slice(1)) : "", parameters: new URLSearchParams(parameters) };
}

/** A name that no encoding has is one that is not there. @param {string} text */
function decoded(text) {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

async function show() {
  const here = place();
  const mine = ++visit;
  isBroken = false;
  document.body.classList.remove("drawer");
  // A visit that was left may take long; it shows nothing then.
  const late = setTimeout(() => { if (mine === visit) progress.hidden = false; }, 150);
  const next = [];
  try {
    const depth = here.path === "" ? 0 : here.path.split("/").length;
    const screen = screens[here.where.startsWith("/") || !here.where ? depth : here.where];
    if (!screen) throw new ApiError(404, "The page has no such place.");
    const module = await part(screen);
    // What a screen does later, after an answer or a pause, holds only while the viewer is there and has named no other place.
    let address = here.hash;
    const ifHere = action => value => { if (mine === visit && location.hash.slice(1) === address) action(value); };
    const content = await module.screen({
      ...here, onLeave: end => next.push(end), changed: () => tree?.reload(),
      reload: ifHere(show), go: ifHere(hash => { location.hash = hash; }),
      tell: ifHere(parameters => {
        history.replaceState(null, "", `#${here.where}${parameters ? `?${parameters}` : ""}`);
        address = location.hash.slice(1);
      }),
    });
    if (mine !== visit) {
      next.forEach(end => end());
      return;
    }
    leave(next);
    fill(main, content);
    document.title = [content.dataset.title, "ConnectorDb"].filter(Boolean).join(" · ");
  } catch (/** @type {any} */ error) {
    next.forEach(end => end());
    if (mine !== visit) return;
    leave([]);
    isBroken = error.isTemporary === true;
    fill(main, problem(error, show));
  } finally {
    clearTimeout(late);
    if (mine === visit) progress.hidden = true;
  }
  if (main.dataset.place?.split("?")[0] !== here.where) scrollTo(0, 0);
  main.dataset.place = here.hash;
  tree?.select(here.path);
}

/** A part of the page that only some places need. @param {() => Promise<any>} load @returns {Promise<any>} */
const part = load => load().catch(error => { throw new ApiError(0, `This part of the page could not be loaded. Load the page again. ${error.message}`); });

/** @param {(() => void)[]} next */
function leave(next) {
  leaving.forEach(end => end());
  leaving = next;
}

/** An error in the words of the server. @param {any} error @param {() => void} again */
export function problem(error, again) {
  const title = error?.status === 404 ? "Not there, or not yours" : error?.status === 403 ? "Not allowed" : error?.status === 0 ? "No connection" : "That did not work";
  return h("section", { class: "card problem", role: "alert" }, h("h1", null, title), h("p", null, error?.message ?? String(error)),
    error?.status >= 500 && error.details.ref && h("p", { class: "muted" }, h("small", null, `Reference for the log of the server: ${error.details.ref}`)), button("Again", again));
}

function frame() {
  tree = createTree(find);
  const isAdmin = login().isAdmin;
  const menu = h("details", { class: "menu" }, h("summary", null, login().path),
    h("div", { class: "sheet" },
      h("a", { href: `#/${encodeURI(seesUser(login().user) ? login().user : login().path)}` }, seesUser(login().user) ? "Your devices" : "Your device"), h("a", { href: "#account" }, "Account and sessions"),
      h("a", { href: "#compare" }, "Compare streams"), h("a", { href: "#query" }, "Dataset and PipeScript"), isAdmin && h("a", { href: "#items" }, "Poller"),
      h("a", { href: "#keys" }, "Keys of the keyboard"), button("Sign out", signOut)));
  addEventListener("click", event => { if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false; });
  menu.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  menu.addEventListener("click", event => { if (/** @type {Element} */ (event.target).closest("a,button")) menu.open = false; });
  fill(root,
    h("a", { class: "skip", href: "#main", on: { click: event => { event.preventDefault(); main.focus(); } } }, "Skip to the content"),
    h("header", { class: "top" },
      h("button", { type: "button", class: "bare drawer-button", "aria-label": "Streams", on: { click: () => document.body.classList.toggle("drawer") } }, icon("menu")),
      h("a", { class: "brand", href: "#/" }, icon("wave"), h("span", null, "ConnectorDb")),
      find, status, h("button", { type: "button", class: "bare", "aria-label": "Light or dark", on: { click: turnTheme } }, icon("theme")), menu),
    progress, banner, notice, news, h("div", { class: "body" }, tree.element, main));
}

function turnTheme() {
  const isDark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = isDark ? "light" : "dark";
  try {
    localStorage.setItem("cdb.theme", document.documentElement.dataset.theme);
  } catch {
    // Only for now, then.
  }
}

async function signOut() {
  try {
    await logOut();
  } catch (/** @type {any} */ error) {
    tellOnce(`You are still signed in. ${error.message}`);
    return;
  }
  stop();
  history.replaceState(null, "", location.pathname + location.search);
  location.reload();
}

/** @param {string} text */
function tellOnce(text) {
  notice.hidden = false;
  fill(notice, text, " ", button("Close", () => { notice.hidden = true; }));
}

const words = {
  live: ["live"], connecting: ["connecting"], ended: ["signed out"],
  offline: ["offline", "The server cannot be reached. What is shown is older. Trying again…"],
  silent: ["not live", "The server answers, but its live values do not arrive. What is shown may be older. Trying again…"],
};

function tellState() {
  const state = liveState();
  const [short, long] = words[state];
  const kept = waiting();
  fill(status, h("span", { class: `dot ${state}`, "aria-hidden": "true" }), h("span", null, short), kept > 0 && ` · ${kept} to send`);
  document.body.classList.toggle("offline", Boolean(long));
  banner.hidden = !long;
  if (long) fill(banner, long);
}

let isAsking = false;

/** Asks for a login, over what is there. @param {string} refusal of a login link */
async function signIn(refusal = "") {
  if (isAsking) return;
  isAsking = true;
  stop();
  const before = login().path;
  try {
    await (await part(() => import("./signin.js"))).showSignIn(before !== "", refusal);
  } catch (/** @type {any} */ error) {
    if (!before) throw error;
    tellOnce(`The session has ended. ${error.message}`);
    return;
  } finally {
    isAsking = false;
  }
  const now = await readLogin().catch(() => null);
  if (before && now?.path !== before) {
    location.reload();
    return;
  }
  resume();
  begin();
  // What is shown stays, with what was typed in it.
  if (!before) await show();
}

function begin() {
  start();
  if (!tree) frame();
  tellState();
  tree?.reload();
  flush();
}

addEventListener("hashchange", () => {
  // A login link that was opened in this tab begins anew, also below the sign-in.
  if (location.hash.startsWith("#/in/")) location.reload();
  else if (tree) {
    document.querySelector(".menu")?.removeAttribute("open");
    document.querySelectorAll("dialog:not(.signin)").forEach(dialog => /** @type {HTMLDialogElement} */ (dialog).close());
    show();
  }
});
events.addEventListener("signedout", () => signIn());
events.addEventListener("live", tellState);
onLive(() => {
  if (isBroken) show();
  tree?.recover();
});
events.addEventListener("outbox", tellState);
events.addEventListener("version", () => { news.hidden = false; });
addEventListener("keydown", event => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.altKey || event.metaKey || target.closest("input,textarea,select,dialog")) return;
  if (event.key === "/") {
    event.preventDefault();
    document.body.classList.add("drawer");
    find.focus();
  } else if (event.key === "?") {
    location.hash = "#keys";
  }
});

async function boot() {
  const code = /^#\/in\/([0-9a-f]+)$/.exec(location.hash)?.[1];
  if (code) history.replaceState(null, "", `${location.pathname}${location.search}#/`);
  try {
    const refusal = code ? await logIn(`Link ${code}`, true).then(() => "", error => error.message) : "";
    if (await readLogin()) {
      begin();
      if (refusal) tellOnce(`${refusal} You are still signed in as ${login().path}.`);
      await show();
    } else await signIn(refusal);
  } catch (/** @type {any} */ error) {
    fill(root, h("div", { class: "alone" }, problem(error, () => location.reload())));
  }
}

boot();
