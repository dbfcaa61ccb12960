// @ts-check
// The keys of the keyboard.
import { h } from "./dom.js";

const keys = [["/", "find a stream"], ["← →", "move the chart by a quarter"], ["+ −", "zoom"], ["0", "the whole stream"], ["l", "the newest at the right edge"], ["t", "the table"], ["Ctrl+Enter", "send a text"], ["?", "this list"]];

export async function screen() {
  const element = h("div", { class: "screen" }, h("div", { class: "head" }, h("h1", null, "Keys")), h("section", { class: "card" }, h("p", { class: "muted" }, "The keys of the chart work where it has the focus."), h("table", null, h("thead", null, h("tr", null, h("th", { scope: "col" }, "Key"), h("th", { scope: "col" }, "Does"))), h("tbody", null, keys.map(([key, what]) => h("tr", null, h("td", null, h("kbd", null, key)), h("td", null, what)))))));
  element.dataset.title = "Keys";
  return element;
}
