// @ts-check
// The poller in the server: what it measures, when, with which result, and what waits.
import { get, getText, remove, send } from "./api.js";
import { confirmRemoval, saveForm } from "./dialogs.js";
import { button, field, fill, h } from "./dom.js";
import { age, duration, number, value } from "./format.js";

const refresh = 5000;

/** @param {{onLeave: (end: () => void) => void}} place */
export async function screen({ onLeave }) {
  const body = h("div", { role: "status" });
  const name = h("input", { type: "text", required: true, spellcheck: "false" }), key = h("input", { type: "text", required: true, spellcheck: "false", placeholder: "net.ping" });
  const argument = h("input", { type: "text", spellcheck: "false" }), interval = h("input", { type: "number", min: 1, value: "60", required: true });
  const element = h("div", { class: "screen" }, h("div", { class: "head" }, h("h1", null, "Poller")), h("section", { class: "card", "aria-label": "Items" }, body));
  element.dataset.title = "Poller";
  let items;
  try {
    items = await get("items/");
  } catch (/** @type {any} */ error) {
    if (error.status !== 404) throw error;
    fill(body, h("p", null, "This server does not poll."), h("p", { class: "muted" }, "Start it with ", h("code", null, "--poll"), " and the configuration file of a poller."));
    return element;
  }
  let wish = new AbortController();
  const read = async () => {
    wish.abort();
    const mine = wish = new AbortController();
    try {
      const [list, metrics] = await Promise.all([get("items/", mine.signal), getText("metrics", mine.signal, { Accept: "text/plain" }).catch(() => "")]);
      if (!mine.signal.aborted) show(list, metrics);
    } catch {
      // The banner says that the server cannot be reached; what is shown is older.
    }
  };
  function show(list, metrics) {
    const metric = name => new RegExp(`^\\w*${name}(?:\\{[^}]*\\})? ([\\d.e+-]+)$`, "m").exec(metrics)?.[1];
    const facts = [["waiting", "poll_waiting"], ["unwritten", "poll_unwritten"], ["errors", "poll_errors_total"], ["dropped", "poll_dropped_total"], ["lag", "poll_lag_seconds"]].map(([title, name]) => [title, metric(name)]).filter(([, figure]) => figure !== undefined);
    fill(body,
      facts.length > 0 && h("dl", { class: "figures" }, facts.map(([title, figure]) => h("div", null, h("dd", null, title === "lag" ? duration(Number(figure)) : number(Number(figure))), h("dt", null, title)))),
      list.length === 0 ? h("p", { class: "muted" }, "No items yet.") : h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Items" }, h("table", null,
        h("thead", null, h("tr", null, ["Item", "Sampler", "Every", "Last value", "When", ""].map(title => h("th", { scope: "col" }, title || h("span", { class: "hidden" }, "Delete"))))),
        h("tbody", null, list.map(item => h("tr", { class: item.last_error ? "bad" : null }, h("td", null, item.name), h("td", null, h("code", null, item.key), item.arg ? ` ${item.arg}` : ""), h("td", null, duration(item.interval)),
          h("td", null, item.last_error ? h("span", { class: "failed" }, item.last_error) : item.last_value === null ? "–" : value(item.last_value)),
          h("td", null, item.last_value_time ? age(item.last_value_time) : "–"),
          h("td", null, button("Delete…", () => confirmRemoval(item.name, "It is measured no more. Its values stay.", async () => { await remove(`items/${encodeURIComponent(item.name)}`); await read(); }), { "aria-label": `Delete ${item.name}…` }))))))));
  }
  show(items, await getText("metrics", undefined, { Accept: "text/plain" }).catch(() => ""));
  const timer = setInterval(() => { if (!document.hidden && !document.querySelector("dialog")) read(); }, refresh);
  onLeave(() => { clearInterval(timer); wish.abort(); });
  element.append(h("details", { class: "card" }, h("summary", null, "Add an item"), saveForm([field("Name", name), field("Sampler", key, "Get-CdbSampler lists them"), field("Argument", argument, "such as a host"), field("Seconds between measurements", interval)], "Add", async () => {
    await send("POST", "items/", { body: { name: name.value, key: key.value, arg: argument.value || null, interval: interval.valueAsNumber } });
    await read();
  })));
  return element;
}
