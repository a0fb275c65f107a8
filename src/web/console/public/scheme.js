// Runs before the first paint, as its own file because the page allows no inline script: without it a dark page flashes white.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("smartservice-console-scheme");
  } catch (e) {
    // Storage is blocked: follow the system.
  }
  if (chosen !== "light" && chosen !== "dark") {
    chosen = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  document.documentElement.setAttribute("data-mantine-color-scheme", chosen);
})();
