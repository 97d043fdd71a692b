// What every page does with JavaScript: clocks, keys, theme, toasts, htmx headers, drop zones, tabs, small buttons.
(() => {
  const root = document.documentElement;
  const words = JSON.parse(document.getElementById("words").textContent);
  window.fenghuo = { words, toast };

  // The desk's clock is the server's, so a wrong or replayed date on this device cannot mislead.
  const offset = root.dataset.now ? Date.parse(root.dataset.now) - Date.now() : 0;

  function length(minutes) {
    const say = (one, many, count) => (count === 1 ? words[one] : words[many]).replace("%(count)d", count);
    if (minutes < 60) return say("oneMinute", "minute", minutes);
    if (minutes < 48 * 60) return say("oneHour", "hour", Math.floor(minutes / 60));
    return say("oneDay", "day", Math.floor(minutes / 1440));
  }

  function timeLeft(milliseconds) {
    if (milliseconds < 0) return words.over.replace("%(length)s", length(Math.floor(-milliseconds / 60000)));
    const minutes = Math.ceil(milliseconds / 60000);
    const two = (number) => String(number).padStart(2, "0");
    return minutes < 120 ? `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` : length(minutes);
  }

  function tick() {
    for (const clock of document.querySelectorAll("[data-due]")) {
      const left = Date.parse(clock.dataset.due) - Date.now() - offset;
      const text = timeLeft(left);
      const face = clock.querySelector("span") || clock;
      clock.classList.toggle("over", left < 0);
      if (face.textContent !== text) face.textContent = text;
    }
  }
  tick();
  setInterval(tick, 5000);

  function toast(text, kind) {
    const box = document.createElement("div");
    box.className = "toast";
    const line = document.createElement("span");
    line.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => box.remove());
    box.append(line, close);
    document.getElementById("toasts").append(box);
    if (kind !== "problem") setTimeout(() => box.remove(), 8000);
  }

  for (const message of document.querySelectorAll("[data-toast]")) toast(message.textContent.trim(), "done");
  document.getElementById("errors")?.focus();

  document.body.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
  });
  document.body.addEventListener("toast", (event) => toast(event.detail.text || event.detail.value, event.detail.kind));
  document.body.addEventListener("htmx:sendError", () => toast(words.failed, "problem"));
  document.body.addEventListener("htmx:responseError", (event) => {
    toast(event.detail.xhr.status === 403 ? words.refused : words.failed, "problem");
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    tick();
    prepare(document);
  });

  const themeButtons = document.querySelectorAll("[data-theme-set]");
  function showTheme() {
    for (const button of themeButtons) {
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === (root.dataset.theme || "auto")));
    }
  }
  for (const button of themeButtons) {
    button.addEventListener("click", () => {
      const chosen = button.dataset.themeSet;
      if (chosen === "auto") delete root.dataset.theme;
      else root.dataset.theme = chosen;
      try {
        localStorage.setItem("fenghuo-theme", chosen);
      } catch {
        // storage refused: the choice holds for this page
      }
      showTheme();
      document.dispatchEvent(new Event("fenghuo:theme"));
    });
  }
  showTheme();

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const button = event.target.closest("[data-print], [data-copy]");
    if (button?.matches("[data-print]")) window.print();
    if (button?.dataset.copy) {
      const source = document.querySelector(button.dataset.copy);
      navigator.clipboard?.writeText(source.value ?? source.textContent).then(() => toast(words.copied));
    }
  });
  document.addEventListener("change", (event) => {
    const field = event.target.closest("[data-autosubmit]");
    if (field) (field.form || field).requestSubmit();
  });

  function dropZone(zone) {
    const input = zone.querySelector("input[type=file]");
    const list = zone.querySelector(".drop-list");
    const show = () => {
      list.replaceChildren(
        ...[...input.files].map((file) => {
          const item = document.createElement("li");
          if (file.type.startsWith("image/")) {
            const picture = document.createElement("img");
            picture.alt = "";
            picture.src = URL.createObjectURL(file);
            picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
            item.append(picture);
          }
          item.append(file.name);
          return item;
        }),
      );
    };
    input.addEventListener("change", show);
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("over");
      });
    }
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      const taken = new DataTransfer();
      const files = [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1);
      for (const file of files) taken.items.add(file);
      input.files = taken.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function tabs(holder) {
    const panels = [...holder.querySelectorAll(":scope > [data-tab]")];
    const bar = document.createElement("div");
    bar.className = "tabs";
    bar.setAttribute("role", "tablist");
    const buttons = panels.map((panel, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = panel.dataset.tab;
      button.setAttribute("role", "tab");
      panel.id ||= `tab-${holder.dataset.tabs || "panel"}-${index}`;
      panel.classList.add("tab-panel");
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-label", panel.dataset.tab);
      button.setAttribute("aria-controls", panel.id);
      button.addEventListener("click", () => choose(index));
      button.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) choose((index + step + panels.length) % panels.length).focus();
      });
      bar.append(button);
      return button;
    });
    function choose(chosen) {
      buttons.forEach((button, index) => {
        button.setAttribute("aria-selected", String(index === chosen));
        button.tabIndex = index === chosen ? 0 : -1;
        panels[index].hidden = index !== chosen;
      });
      holder.dataset.chosen = chosen;
      return buttons[chosen];
    }
    holder.prepend(bar);
    choose(0);
  }

  function prepare(part) {
    for (const [selector, start] of [["[data-drop]", dropZone], ["[data-tabs]", tabs]]) {
      for (const element of part.querySelectorAll(`${selector}:not([data-ready])`)) {
        element.dataset.ready = "";
        start(element);
      }
    }
  }
  prepare(document);
})();
