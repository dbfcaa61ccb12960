// @ts-check
// Runs before the page is painted, so that it does not flash in the other theme.
try {
  const theme = localStorage.getItem("cdb.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the theme of the system holds.
}
// A stream needs all scripts and the chart library, which come while the page asks who is logged in.
if (/^#\/[^/]+\/[^/]+\/[^/]/.test(location.hash)) for (const [file, rel] of [["screens.js", "modulepreload"], ["echarts.js", "preload"]]) {
  const link = document.createElement("link");
  Object.assign(link, { rel, as: "script", fetchPriority: rel === "preload" ? "low" : "auto", href: new URL(file, /** @type {HTMLScriptElement} */ (document.currentScript).src).href });
  document.head.append(link);
}
// Nothing may become markup or script from text. The chart library empties its element by setting "".
/** @type {any} */ (globalThis).trustedTypes?.createPolicy("default", {
  createHTML: text => text === "" ? text : null,
  createScriptURL: address => new URL(address).origin === location.origin && address.endsWith("/echarts.js") ? address : null,
});
