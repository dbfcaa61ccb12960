// @ts-check
// What the screen shows, as a line for the prompt and for curl.
import { url } from "./api.js";
import { h } from "./dom.js";
import { copyButton } from "./dialogs.js";

export const quote = text => `'${text.replaceAll("'", "''")}'`;
const shellQuote = text => `'${text.replaceAll("'", "'\\''")}'`;

/** @param {() => {powershell: string, path: string, body?: any}} describe */
export function codeBlock(describe) {
  const powershell = h("code"), curl = h("code");
  const element = h("details", { class: "card as-code" }, h("summary", null, "As code"),
    h("h2", null, "PowerShell"), h("pre", { tabindex: 0, "aria-label": "PowerShell" }, powershell), copyButton(() => powershell.textContent),
    h("h2", null, "curl"), h("pre", { tabindex: 0, "aria-label": "curl" }, curl), copyButton(() => curl.textContent));
  element.addEventListener("toggle", () => {
    if (!element.open) return;
    const it = describe();
    powershell.textContent = `Connect-Cdb -Url ${quote(url("").href.replace(/\/$/, ""))} -ApiKey (Read-Host -AsSecureString)\n${it.powershell}`;
    curl.textContent = `curl -H "Authorization: Bearer $KEY" ${shellQuote(url(it.path).href)}${it.body ? ` -d ${shellQuote(JSON.stringify(it.body))}` : ""}`;
  });
  return element;
}
