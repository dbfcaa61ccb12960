// @ts-check
// The properties of users, devices and streams.
import { crud, get, post, put } from "./api.js";
import { checkbox, field, h } from "./dom.js";
import { saveForm } from "./dialogs.js";
import { login } from "./rights.js";

/** Kinds of streams that people make: name, datatype, schema. */
const kinds = [
  ["Number", "", "{\"type\":\"number\"}"],
  ["Rating with stars", "rating.stars", "{\"type\":\"integer\",\"minimum\":0,\"maximum\":10}"],
  ["Switch", "", "{\"type\":\"boolean\"}"],
  ["Text", "", "{\"type\":\"string\"}"],
  ["Diary", "log.diary", "{\"type\":\"string\"}"],
  ["Slider from 0 to 100", "", "{\"type\":\"number\",\"minimum\":0,\"maximum\":100}"],
  ["Anything", "", "{}"],
];

const roles = { "": "none: only its own streams", reader: "reader: sees everything that its user sees", writer: "writer: asks other devices and changes properties", user: "user: may do all that its user may" };

const text = (value, properties) => h("input", { type: "text", value: value ?? "", ...properties });

/** @param {any} node */
function common(node) {
  const nickname = text(node.nickname), description = text(node.description, { maxlength: 1000 }), image = text(node.icon, { maxlength: 4096 });
  return {
    elements: [field("Name to show", nickname), field("Description", description), field("Icon", image, "material:star, fa:home, or an image as data:…")],
    read: () => ({ nickname: nickname.value, description: description.value, icon: image.value }),
  };
}

/** Only what was changed, so that no other right is needed. @param {any} node @param {any} now */
const changed = (node, now) => Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== (node[name] ?? "")));

/** @param {string} path @param {any} stream @param {() => void} done */
export function streamForm(path, stream, done) {
  const looks = common(stream);
  const datatype = text(stream.datatype), schema = h("textarea", { rows: 3, class: "code", spellcheck: "false", value: stream.schema || "{}" });
  const downlink = checkbox("Takes requests (downlink)", stream.downlink, "Others write wishes; the device answers with what is.");
  const ephemeral = checkbox("Keeps nothing (ephemeral)", stream.ephemeral);
  return saveForm([looks.elements, field("Datatype", datatype), field("JSON Schema", schema), downlink.element, ephemeral.element], "Save", async () => {
    const now = { ...looks.read(), datatype: datatype.value, schema: schema.value, downlink: downlink.input.checked, ephemeral: ephemeral.input.checked };
    const before = { ...stream, schema: stream.schema || "{}", downlink: !!stream.downlink, ephemeral: !!stream.ephemeral };
    await put(crud(path), changed(before, now));
    done();
  });
}

/** @param {string} device @param {(path: string) => void} done @param {number} [kind] */
export function newStreamForm(device, done, kind = 0) {
  const name = text("", { required: true, autocapitalize: "none", spellcheck: "false" });
  const choice = h("select", null, kinds.map(([title], i) => h("option", { value: String(i), selected: i === kind }, title)));
  const description = text("", { maxlength: 1000 });
  const downlink = checkbox("Takes requests (downlink)", false);
  return saveForm([field("Name", name, "letters, digits, - and _"), field("Kind", choice), field("Description", description), downlink.element], "Create the stream", async () => {
    const [, datatype, schema] = kinds[Number(choice.value)];
    const path = `${device}/${name.value.trim()}`;
    await post(crud(path), { datatype, schema, description: description.value, downlink: downlink.input.checked });
    done(path);
  });
}

/** @param {string} path @param {any} device @param {() => void} done */
export function deviceForm(path, device, done) {
  const looks = common(device);
  const role = h("select", null, Object.entries(roles).map(([name, title]) => h("option", { value: name, selected: name === (device.role === "none" ? "" : device.role ?? "") }, title)));
  const enabled = checkbox("Enabled", device.enabled), isPublic = checkbox("Public", device.public, "All users of this server see it and its streams."), visible = checkbox("Visible", device.visible);
  const mayRole = device.role !== undefined && login().role === "user";
  return saveForm([looks.elements, mayRole && field("Role", role), enabled.element, isPublic.element, visible.element], "Save", async () => {
    const now = { ...looks.read(), enabled: enabled.input.checked, public: isPublic.input.checked, visible: visible.input.checked, ...(mayRole ? { role: role.value } : {}) };
    await put(crud(path), changed({ ...device, role: device.role === "none" ? "" : device.role }, now));
    done();
  });
}

/** @param {string} user @param {(path: string, key: string) => void} done */
export function newDeviceForm(user, done) {
  const name = text("", { required: true, autocapitalize: "none", spellcheck: "false" });
  const description = text("", { maxlength: 1000 });
  const role = h("select", null, Object.entries(roles).map(([name, title]) => h("option", { value: name }, title)));
  return saveForm([field("Name", name, "letters, digits, - and _"), field("Description", description), field("Role", role)], "Create the device", async () => {
    const path = `${user}/${name.value.trim()}`;
    const made = await post(crud(path), { description: description.value, role: role.value });
    done(path, made.apikey ?? "");
  });
}

/** @param {string} path @param {any} user @param {() => void} done */
export function userForm(path, user, done) {
  const looks = common(user);
  const email = text(user.email, { type: "email", autocomplete: "off" });
  const isPublic = checkbox("Public", user.public, "All users of this server see it.");
  const role = h("select", null, ["user", "admin"].map(name => h("option", { value: name, selected: name === user.role }, name)));
  return saveForm([looks.elements, user.email !== undefined && field("E-mail", email), isPublic.element, login().isAdmin && field("Role", role)], "Save", async () => {
    const now = { ...looks.read(), public: isPublic.input.checked, ...(user.email !== undefined ? { email: email.value } : {}), ...(login().isAdmin ? { role: role.value } : {}) };
    await put(crud(path), changed(user, now));
    done();
  });
}

/** @param {(path: string) => void} done */
export function newUserForm(done) {
  const name = text("", { required: true, autocapitalize: "none", spellcheck: "false" });
  const email = text("", { type: "email", required: true, autocomplete: "off" });
  const password = text("", { type: "password", required: true, autocomplete: "new-password" });
  return saveForm([field("Name", name), field("E-mail", email), field("Password", password, "12 characters or more")], "Create the user", async () => {
    await post(crud(name.value.trim()), { email: email.value, password: password.value });
    done(name.value.trim());
  });
}

/** @param {string} path @param {boolean} isOwn */
export function passwordForm(path, isOwn) {
  const old = text("", { type: "password", autocomplete: "current-password" });
  const next = text("", { type: "password", autocomplete: "new-password", required: true });
  const again = text("", { type: "password", autocomplete: "new-password", required: true });
  const form = saveForm([isOwn && field("Old password", old, "empty if there is none"), field("New password", next, "12 characters or more"), field("New password again", again)], "Set the password", async () => {
    if (next.value !== again.value) throw new Error("The two new passwords differ.");
    await put(crud(path), { password: next.value, ...(isOwn && old.value ? { old_password: old.value } : {}) });
    form.reset();
  });
  return form;
}

/** @param {string} path @returns {Promise<any>} */
export const newKey = async path => {
  await put(crud(path), { apikey: "" });
  return (await get(crud(path))).apikey;
};
