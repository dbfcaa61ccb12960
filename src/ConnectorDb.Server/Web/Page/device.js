// @ts-check
// A device: its streams, its properties, its key.
import { crud, get, query, remove } from "./api.js";
import { confirmRemoval, openDialog, showSecret } from "./dialogs.js";
import { button, described, h, nodeIcon } from "./dom.js";
import { extend } from "./extend.js";
import { deviceForm, newKey, newStreamForm } from "./forms.js";
import { login, mayChange, mayCreate } from "./rights.js";
import { streamList } from "./streamlist.js";
import { userLink } from "./userlink.js";

const page = 100;

/** @param {{path: string, onLeave: (end: () => void) => void, reload: () => void, changed: () => void, go: (hash: string) => void}} place */
export async function screen({ path, onLeave, reload, changed, go }) {
  const listed = after => get(crud(path, `?${query({ q: "ls", limit: page, after })}`));
  const [device, streams] = await Promise.all([get(crud(path)), listed("")]);
  const [user, name] = path.split("/");
  const add = () => {
    const dialog = openDialog(`New stream of ${path}`, newStreamForm(path, made => {
      dialog.close();
      changed();
      go(`#/${encodeURI(made)}`);
    }), button("Cancel", () => dialog.close()));
  };
  const list = h("div");
  extend(list, streams, page, last => listed(last.name), page, some => streamList(some.map(stream => ({ path: `${path}/${stream.name}`, stream })), onLeave));
  const element = h("div", { class: "screen" },
    h("div", { class: "head" }, h("div", null, h("h1", null, nodeIcon(device.icon), device.nickname || name), h("p", { class: "muted" }, userLink(user), ` / ${name}`, device.enabled === false && " · off"), described(device.description))),
    h("section", { class: "card", "aria-label": "Streams" }, h("div", { class: "row" }, h("h2", null, "Streams"), mayCreate(path) && button("New stream", add)),
      streams.length === 0 ? h("p", { class: "muted" }, "No streams yet.") : list),
    device.apikey !== undefined && mayChange(path) && keyCard(path),
    mayChange(path) && h("details", { class: "card" }, h("summary", null, "Properties"), deviceForm(path, device, () => { changed(); reload(); }),
      mayCreate(path) && !["user", "meta"].includes(name) && h("div", { class: "danger-zone" }, button("Delete this device…", () => confirmRemoval(name, `All streams of ${path} and their datapoints are lost. There is no way back.`, async () => {
        await remove(crud(path));
        changed();
        go(`#/${encodeURI(user)}`);
      }), { class: "danger" }))));
  element.dataset.title = path;
  return element;
}

/** A key is shown once, when it is made: who sees the screen later does not see it. @param {string} path */
function keyCard(path) {
  const what = `Anyone who holds this key acts as ${path}.`;
  const renew = () => {
    const failure = h("p", { class: "status failed", role: "alert" });
    const dialog = openDialog(`New key for ${path}?`, h("p", null, `Programs that use the old key are refused from then on${path === login().path ? ", and this session ends" : ""}.`), failure,
      h("div", { class: "buttons" }, button("Keep the old key", () => dialog.close()), button("Make a new key", async () => {
        try {
          const key = await newKey(path);
          dialog.close();
          showSecret(`The new key of ${path}`, key, what);
        } catch (error) {
          failure.textContent = /** @type {Error} */ (error).message;
        }
      }, { class: "danger" })));
  };
  return h("section", { class: "card", "aria-label": "Key" }, h("h2", null, "API key"), h("p", { class: "muted" }, what, " This page shows a key once, when it is made. Make a new one if you do not have it."), h("div", { class: "buttons" }, button("New key…", renew)));
}
