// @ts-check
// Windows over the page.
import { button, field, fill, h } from "./dom.js";

/** @param {string} title @param {...any} content @returns {HTMLDialogElement} */
export function openDialog(title, ...content) {
  const dialog = h("dialog", { "aria-label": title }, h("h2", null, title), content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Deletes after the name was typed.
 * @param {string} name @param {string} what what is lost @param {() => Promise<void>} remove
 */
export function confirmRemoval(name, what, remove) {
  const typed = h("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const failure = h("p", { class: "status failed", role: "alert" });
  const submit = h("button", { type: "submit", class: "danger", disabled: true }, "Delete");
  typed.addEventListener("input", () => { submit.disabled = typed.value !== name; });
  const dialog = openDialog(`Delete ${name}?`, h("p", null, what),
    h("form", { on: { submit: async event => {
      event.preventDefault();
      if (typed.value !== name) return;
      try {
        await remove();
        dialog.close();
      } catch (error) {
        failure.textContent = /** @type {Error} */ (error).message;
      }
    } } }, field(`Type ${name} to delete it`, typed), failure, h("div", { class: "buttons" }, button("Keep it", () => dialog.close()), submit)));
}

/** Shows a secret once. @param {string} title @param {string} secret @param {string} what */
export function showSecret(title, secret, what) {
  const shown = h("code", { class: "secret" }, secret);
  const dialog = openDialog(title, h("p", null, what), shown, h("div", { class: "buttons" }, copyButton(() => secret), button("Done", () => dialog.close(), { class: "primary" })));
}

/** @param {() => string} text */
export function copyButton(text) {
  const element = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(text());
      element.textContent = "Copied";
    } catch {
      element.textContent = "Select and copy it";
    }
    setTimeout(() => { element.textContent = "Copy"; }, 2000);
  });
  return element;
}

/**
 * A form whose submit button tells how it went.
 * @param {any[]} content @param {string} label @param {() => Promise<any>} save
 */
export function saveForm(content, label, save) {
  const status = h("p", { class: "status", role: "status" });
  const submit = h("button", { type: "submit", class: "primary" }, label);
  return h("form", { class: "form", on: { submit: async event => {
    event.preventDefault();
    submit.disabled = true;
    fill(status);
    try {
      await save();
      status.className = "status done";
      fill(status, "Saved.");
    } catch (error) {
      status.className = "status failed";
      fill(status, /** @type {any} */ (error).reason ?? /** @type {Error} */ (error).message);
    } finally {
      submit.disabled = false;
    }
  } } }, content, status, submit);
}
