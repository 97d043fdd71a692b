// Applies the chosen day or dark look before anything is drawn, and tells the styles that scripts run.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("fenghuo-theme") || "auto";
  } catch {
    return; // storage refused: the device's own setting holds
  }
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
})();
