// @ts-check
// The way in: user and password, or an API key.
import { base64, getText, logIn } from "./api.js";
import { checkbox, field, fill, h, icon } from "./dom.js";

/**
 * Asks until there is a session.
 * @param {boolean} hasEnded a session has ended, and what is on the page stays
 * @param {string} refusal of a login link
 * @returns {Promise<void>}
 */
export async function showSignIn(hasEnded, refusal) {
  await new Promise(resolve => {
    const dialog = h("dialog", { class: "signin", "aria-labelledby": "signin" });
    const failure = h("p", { class: "status failed", role: "alert" }, refusal);
    const user = h("input", { type: "text", name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false" });
    const password = h("input", { type: "password", name: "password", autocomplete: "current-password" });
    const key = h("input", { type: "password", autocomplete: "off" });
    const stays = checkbox("Stay signed in on this device", true);
    const withKey = h("details", null, h("summary", null, "Sign in with an API key"), field("API key of a device", key));
    const submit = h("button", { type: "submit", class: "primary" }, "Sign in");
    // A login in another tab is one of this tab, too.
    const look = async () => { if (!document.hidden && (await getText("api/v1/?q=this").catch(() => "nobody")).trim() !== "nobody") end(); };
    const end = () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("focus", look);
      dialog.close();
      dialog.remove();
      resolve(undefined);
    };
    document.addEventListener("visibilitychange", look);
    addEventListener("focus", look);
    const form = h("form", { on: { submit: async event => {
      event.preventDefault();
      submit.disabled = true;
      failure.textContent = "";
      try {
        await logIn(withKey.open && key.value ? `Bearer ${key.value}` : `Basic ${base64(`${user.value}:${password.value}`)}`, stays.input.checked);
        end();
      } catch (error) {
        failure.textContent = /** @type {Error} */ (error).message;
        password.value = key.value = "";
        (withKey.open ? key : password).focus();
      } finally {
        submit.disabled = false;
      }
    } } }, field("User", user), field("Password", password), withKey, stays.element, failure, submit);
    fill(dialog, h("div", { class: "brand" }, icon("wave"), h("span", null, "ConnectorDb")),
      h("h1", { id: "signin" }, hasEnded ? "The session has ended" : "Sign in"),
      h("p", { class: "muted" }, hasEnded ? "Sign in again to go on. What you typed is still there." : `to the server ${location.host}`), form,
      h("p", { class: "muted hint" }, h("small", null, "The owner of a new store has no password. ", hasEnded ? ["Open a link of ", h("code", null, "$server.GetLoginLink()"), " in another tab, and come back."] : ["Start the server with ", h("code", null, "Start-CdbServer -Show"), " for a link that signs you in."])));
    // Browsers close it at the second Escape all the same.
    dialog.addEventListener("cancel", event => event.preventDefault());
    dialog.addEventListener("close", () => { if (dialog.isConnected) dialog.showModal(); });
    document.body.append(dialog);
    dialog.showModal();
    user.focus();
  });
}
