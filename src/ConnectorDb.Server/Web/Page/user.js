// @ts-check
// A user: its devices, its properties.
import { crud, get, query, remove } from "./api.js";
import { confirmRemoval, openDialog, showSecret } from "./dialogs.js";
import { button, described, h, nodeIcon } from "./dom.js";
import { extend } from "./extend.js";
import { newDeviceForm, newUserForm, passwordForm, userForm } from "./forms.js";
import { login, mayChange, mayCreate } from "./rights.js";

const page = 200;

/** @param {{path: string, reload: () => void, changed: () => void, go: (hash: string) => void}} place */
export async function screen({ path, reload, changed, go }) {
  const listed = after => get(crud(path, `?${query({ q: "ls", limit: page, after })}`));
  const [user, devices] = await Promise.all([get(crud(path)), listed("")]);
  const addDevice = () => {
    const dialog = openDialog(`New device of ${path}`, newDeviceForm(path, (made, key) => {
      dialog.close();
      changed();
      reload();
      if (key) showSecret(`The key of ${made}`, key, `The device logs in with this key. Anyone who holds it acts as ${made}.`);
    }), button("Cancel", () => dialog.close()));
  };
  const addUser = () => {
    const dialog = openDialog("New user", newUserForm(made => {
      dialog.close();
      changed();
      go(`#/${encodeURI(made)}`);
    }), button("Cancel", () => dialog.close()));
  };
  const list = h("ul", { class: "plain" });
  extend(list, devices, page, last => listed(last.name), page, some => some.map(device => h("li", null, h("a", { href: `#/${encodeURI(`${path}/${device.name}`)}` }, nodeIcon(device.icon), device.nickname || device.name), h("span", { class: "muted" }, [device.description, device.enabled === false && "off", device.public && "public"].filter(Boolean).map(text => ` · ${text}`)))));
  const element = h("div", { class: "screen" },
    h("div", { class: "head" }, h("div", null, h("h1", null, nodeIcon(user.icon), user.nickname || user.name), h("p", { class: "muted" }, user.name, user.role && ` · ${user.role}`), described(user.description))),
    h("section", { class: "card", "aria-label": "Devices" }, h("div", { class: "row" }, h("h2", null, "Devices"), mayCreate(path) && button("New device", addDevice), login().isAdmin && button("New user", addUser)),
      devices.length === 0 ? h("p", { class: "muted" }, "No devices that you may see.") : list),
    mayChange(path) && h("details", { class: "card" }, h("summary", null, "Properties"), userForm(path, user, () => { changed(); reload(); })),
    login().isAdmin && path !== login().user && h("details", { class: "card" }, h("summary", null, "Password"), passwordForm(path, false)),
    login().isAdmin && path !== login().user && h("div", { class: "danger-zone" }, button("Delete this user…", () => confirmRemoval(user.name, `All devices and streams of ${path} are lost. There is no way back.`, async () => {
      await remove(crud(path));
      changed();
      go("#/");
    }), { class: "danger" })));
  element.dataset.title = path;
  return element;
}
