// @ts-check
// The poller in the server and its logger: what it measures, when, with which result, and what waits to be sent.
import { get, getText, remove, send } from "./api.js";
import { confirmRemoval, saveForm } from "./dialogs.js";
import { button, field, fill, h, stackTable } from "./dom.js";
import { age, counted, duration, number, numberOf, value } from "./format.js";
import { samplesOf } from "./metrics.js";

const refresh = 5000;

/** The figures of the poller: what they are called here, and in the metrics. */
const totals = [["items are due and wait", "poll_waiting"], ["values not in the logger yet", "poll_unwritten"], ["failed measurements", "poll_errors_total"], ["values dropped", "poll_dropped_total"], ["late at most, 99 of 100 measurements", "poll_lag_seconds"]];

/** @param {{onLeave: (end: () => void) => void}} place */
export async function screen({ onLeave }) {
  const body = h("div"), loggers = h("div", { class: "screen" });
  const name = h("input", { type: "text", required: true, spellcheck: "false" }), key = h("input", { type: "text", required: true, spellcheck: "false", placeholder: "net.ping" });
  const argument = h("input", { type: "text", spellcheck: "false" }), interval = h("input", { type: "text", inputmode: "decimal", value: "60", required: true });
  const element = h("div", { class: "screen" }, h("div", { class: "head" }, h("h1", null, "Poller")), h("section", { class: "card", "aria-label": "Items" }, body), loggers);
  element.dataset.title = "Poller";
  let wish = new AbortController();
  /** The viewer is about to do something with a row, which stays until then. */
  const isHeld = () => document.hidden || document.querySelector("dialog") !== null || Boolean(document.activeElement?.closest("td"));
  /** @param {boolean} isRefresh of the clock, and not after a change */
  const read = async (isRefresh = false) => {
    wish.abort();
    const mine = wish = new AbortController();
    const answers = Promise.all([get("items/", mine.signal), getText("metrics", mine.signal, { Accept: "text/plain" }).catch(() => ""), get("api/v1/loggers", mine.signal)]);
    const [items, metrics, senders] = await answers.catch(error => {
      // A newer reading has taken over.
      if (mine.signal.aborted) return [];
      throw error;
    });
    if (mine.signal.aborted || (isRefresh && isHeld())) return;
    showItems(items, samplesOf(metrics));
    fill(loggers, senders.map(loggerCard));
  };
  /** @param {any[]} items @param {ReturnType<typeof samplesOf>} samples */
  function showItems(items, samples) {
    const figures = totals.map(([title, metric]) => ({ title, isTime: metric.endsWith("seconds"), figure: samples.find(sample => sample.name.endsWith(metric))?.value })).filter(({ figure }) => figure !== undefined);
    const of = (item, metric) => samples.find(sample => sample.name.endsWith(metric) && sample.labels.item === item.name)?.value;
    fill(body,
      h("dl", { class: "figures" }, figures.map(({ title, isTime, figure }) => h("div", null, h("dd", null, isTime ? duration(Number(figure)) : number(Number(figure))), h("dt", null, title)))),
      items.length === 0 ? h("p", { class: "muted" }, "No items yet.") : stackTable("Items", ["Item", "Sampler", "Every", "Last value", "When", "Errors", "Late", ".Delete"], items.map(item => [
        item.name, [h("code", null, item.key), item.arg ? ` ${item.arg}` : ""], duration(item.interval),
        item.last_error ? h("span", { class: "failed" }, item.last_error) : item.last_value === null ? "–" : value(item.last_value),
        item.last_value_time ? age(item.last_value_time) : "–", number(of(item, "poll_item_errors_total") ?? 0), duration(of(item, "poll_item_lag_seconds") ?? 0),
        button("Delete…", () => confirmRemoval(item.name, "It is measured no more. Its values stay.", async () => { await remove(`items/${encodeURIComponent(item.name)}`); await read(); }), { "aria-label": `Delete ${item.name}…` }),
      ])));
  }
  try {
    await read();
  } catch (/** @type {any} */ error) {
    if (error.status !== 404) throw error;
    fill(body, h("p", null, "This server does not poll."), h("p", { class: "muted" }, "Start it with ", h("code", null, "--poll"), " and the configuration file of a poller. Pollers and loggers of other processes keep their files where they run; the server sees what they send."));
    return element;
  }
  // While the server cannot be reached, the banner says so, and what is shown is older.
  const timer = setInterval(() => { if (!isHeld()) read(true).catch(() => {}); }, refresh);
  onLeave(() => { clearInterval(timer); wish.abort(); });
  element.append(h("details", { class: "card" }, h("summary", null, "Add an item"), saveForm([field("Name", name), field("Sampler", key, "Get-CdbSampler lists them"), field("Argument", argument, "such as a host"), field("Seconds between measurements", interval)], "Add", async () => {
    await send("POST", "items/", { body: { name: name.value, key: key.value, arg: argument.value || null, interval: numberOf(interval.value) } });
    await read();
  })));
  return element;
}

/** A logger, and what waits for each of its destinations. @param {any} logger */
function loggerCard(logger) {
  const lost = [[logger.dropped, "dropped"], [logger.damaged, "lost to damage of the file"]].filter(([entries]) => entries > 0);
  return h("section", { class: "card", "aria-label": "Logger" }, h("h2", null, "Logger"),
    h("p", { class: "muted" }, `${logger.path} · ${counted(logger.cached, "entry", "entries")}`, lost.map(([entries, how]) => h("span", { class: "failed" }, ` · ${number(entries)} ${how}`))),
    logger.last_error && h("p", { class: "failed" }, logger.last_error),
    logger.destinations.length === 0 ? h("p", { class: "muted" }, "It sends to no destination yet, and keeps its entries.") : stackTable("Destinations", ["Destination", "Waiting", "Oldest", "Sent", "Rejected", "Last success", "Error"], logger.destinations.map(one => [
      [one.name, h("br"), h("small", null, one.location, one.leaving && " · removed when nothing waits")], number(one.waiting), one.oldest_waiting ? age(one.oldest_waiting) : "–", number(one.sent), number(one.dead_letters),
      one.last_success ? age(one.last_success) : "–",
      one.last_error ? [h("span", { class: "failed" }, one.last_error), one.next_try && h("small", null, ` tried again ${age(one.next_try)}`)] : "–",
    ])));
}
