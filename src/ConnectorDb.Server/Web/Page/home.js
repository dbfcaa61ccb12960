// @ts-check
// Now: what one enters oneself, what can be asked for, and the newest values.
import { crud, get, query } from "./api.js";
import { downlinkCard } from "./downlink.js";
import { button, fill, h } from "./dom.js";
import { inputCard } from "./inputs.js";
import { watch } from "./live.js";
import { schemaOf } from "./schema.js";
import { mostOwn, ownStreams } from "./own.js";
import { login, mayRequest } from "./rights.js";
import { streamList } from "./streamlist.js";

const mostCards = 30, mostDevices = 30, mostOfDevice = 20;

/** @param {{onLeave: (end: () => void) => void, reload: () => void, changed: () => void}} place */
export async function screen({ onLeave, reload, changed }) {
  const me = login();
  const left = new AbortController();
  onLeave(() => left.abort());
  const { own, downlinks, newest, isPart } = await streamsOf(me, left.signal);
  const entered = own.filter(({ stream }) => stream.device !== "meta").sort((a, b) => Number(isQuick(b.stream)) - Number(isQuick(a.stream))).slice(0, mostCards);
  const meant = entered.filter(({ stream }) => isMeant(stream)), others = entered.filter(({ stream }) => !isMeant(stream));
  const shown = newest.filter(({ stream }) => stream.device !== "meta");
  const failure = h("p", { class: "status failed", role: "alert" });
  const add = async (kind, title) => {
    fill(failure);
    const parts = await Promise.all([import("./dialogs.js"), import("./forms.js")]).catch(() => fill(failure, "The form could not be loaded. Try again, or load the page again."));
    if (!Array.isArray(parts)) return;
    const [{ openDialog }, { newStreamForm }] = parts;
    const dialog = openDialog(title, newStreamForm(me.path, () => {
      dialog.close();
      changed();
      reload();
    }, kind), button("Cancel", () => dialog.close()));
  };
  const buttons = h("div", { class: "row" }, button("+ Rating", () => add(1, "New rating")), button("+ Diary", () => add(4, "New diary")), button("+ Stream", () => add(0, "New stream")));
  const link = ({ path, stream }) => h("a", { href: `#/${encodeURI(path)}` }, stream.nickname || stream.name);
  const card = one => inputCard(one.path, one.stream, { title: link(one), follow: show => onLeave(watch(one.path, { value: point => { if (point) show(point.d); } })) });
  const ask = h("div", { class: "contents" });
  const showAsked = streams => {
    const asked = streams.filter(({ path, stream }) => mayRequest(path, stream)).slice(0, mostCards);
    fill(ask, asked.length > 0 && [h("h2", { class: "part" }, "Ask"), h("div", { class: "cards" }, asked.map(one => downlinkCard(one.path, one.stream, { onLeave, mayAsk: true, title: link(one) })))]);
  };
  // Of very many streams, those with downlinks are found late: the others are there meanwhile.
  if (Array.isArray(downlinks)) showAsked(downlinks);
  else downlinks.then(showAsked).catch(error => {
    if (!left.signal.aborted) fill(ask, h("div", { class: "status failed", role: "alert" }, error.message, " ", button("Again", reload)));
  });
  return h("div", { class: "screen now" },
    h("div", { class: "head" }, h("h1", null, "Now"), buttons), failure,
    shown.length === 0 && start(me.path, () => add(1, "New rating")),
    meant.length > 0 && [h("h2", { class: "part" }, "Enter"), h("div", { class: "cards" }, meant.map(card))],
    ask,
    others.length > 0 && h("details", null, h("summary", null, `Enter any value (${others.length})`), h("div", { class: "cards" }, others.map(card))),
    shown.length > 0 && h("h2", { class: "part" }, "Newest values"),
    [...new Set(shown.map(({ stream }) => stream.device))].map(device => deviceCard(`${me.user}/${device}`, shown.filter(({ stream }) => stream.device === device))),
    isPart && h("p", { class: "muted" }, `The first ${mostDevices} devices. The tree and the search have the others.`));

  /** @param {string} path @param {any[]} streams */
  function deviceCard(path, streams) {
    const href = `#/${encodeURI(path)}`;
    return h("section", { class: "card", "aria-label": path.split("/")[1] }, h("h2", null, h("a", { href }, path.replace("/", " / "))), streamList(streams.slice(0, mostOfDevice), onLeave),
      streams.length > mostOfDevice && h("p", null, h("a", { href }, `More streams of ${path}`)));
  }
}

/** The streams to enter, to ask for, and to show. Where there are many, they are read apart: those of a device with thousands would hide all others. @param {ReturnType<typeof login>} me @param {AbortSignal} left */
async function streamsOf(me, left) {
  const placed = streams => streams.map(stream => ({ path: `${me.user}/${stream.device}/${stream.name}`, stream }));
  const of = async (device, limit) => placed((await get(crud(`${me.user}/${device}`, `?${query({ q: "ls", limit })}`))).map(stream => ({ ...stream, device })));
  const all = await ownStreams();
  // A device that does not see its user has its own streams.
  if (all === null || all.length < mostOwn) {
    const seen = all ? placed(all) : await of(me.device, mostOwn);
    return { own: seen.filter(({ stream }) => stream.device === me.device), downlinks: seen, newest: seen, isPart: false };
  }
  const downlinks = get(crud(me.user, `?${query({ q: "streams", limit: mostCards, downlink: true })}`), left).then(placed);
  downlinks.catch(() => {}); // Until the screen stands, which tells it.
  const [own, devices] = await Promise.all([of(me.device, mostOwn), get(crud(me.user, `?${query({ q: "ls", limit: mostDevices })}`))]);
  const newest = await Promise.all(devices.map(device => of(device.name, mostOfDevice + 1)));
  return { own, downlinks, newest: newest.flat(), isPart: devices.length === mostDevices };
}

/** One click enters a value: these come first. @param {any} stream */
function isQuick(stream) {
  const schema = schemaOf(stream);
  return stream.datatype === "rating.stars" || schema.type === "boolean" || schema.enum?.length <= 5;
}

/** A stream with a datatype or a schema says what to enter; programs often make streams without. @param {any} stream */
const isMeant = stream => Boolean(stream.datatype) || Object.keys(schemaOf(stream)).length > 0;

/** @param {string} device @param {() => void} rate */
function start(device, rate) {
  const curl = `curl -H "Authorization: Bearer $KEY" ${new URL(crud(`${device}/temperature`), document.baseURI.split("#")[0]).href}`;
  return h("section", { class: "card" }, h("h2", null, "Let's gather data"),
    h("p", null, "There is nothing yet. Add something that you enter yourself:"), button("Add a rating", rate, { class: "primary" }),
    h("p", null, "Or write from PowerShell:"), h("pre", { tabindex: 0, "aria-label": "PowerShell" }, h("code", null, "New-CdbStream temperature; 21.5 | Add-CdbDatapoint temperature")),
    h("p", null, "Or with curl, with the key of a device:"), h("pre", { tabindex: 0, "aria-label": "curl" }, h("code", null, `${curl} -d '{}'\n${curl}/data -d '{"d": 21.5}'`)));
}
