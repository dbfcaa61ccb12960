// @ts-check
// Runs before the page is painted, so that it does not flash in the other theme.
try {
  const theme = localStorage.getItem("cdb.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the theme of the system holds.
}
// Nothing may become markup or script from text. The chart library empties its element by setting "".
/** @type {any} */ (globalThis).trustedTypes?.createPolicy("default", {
  createHTML: text => text === "" ? text : null,
  createScriptURL: address => new URL(address).origin === location.origin && address.endsWith("/echarts.js") ? address : null,
});
