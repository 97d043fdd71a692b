// The side sheet, the question before an act, search, the list of keys, and the keys themselves.
(() => {
  const byId = (id) => document.getElementById(id);
  const sheet = byId("sheet");
  const ask = byId("ask");
  const find = byId("find");

  if (!/Mac|iPhone|iPad/.test(navigator.platform)) {
    for (const sign of document.querySelectorAll("[data-mod]")) sign.textContent = sign.textContent.replace("⌘", "Ctrl ");
  }

  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "sheet-body" && !sheet.open) sheet.showModal();
  });
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close("no");
    });
  }

  let asked = null;
  // The form goes on only after "yes", with the button that was pressed, so its name and value are sent.
  document.addEventListener(
    "submit",
    (event) => {
      const source = event.submitter?.dataset.confirm ? event.submitter : event.target;
      if (!source.dataset?.confirm || asked === event.target) {
        asked = null;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      question(source.dataset, () => {
        asked = event.target;
        event.target.requestSubmit(event.submitter);
      });
    },
    true,
  );
  document.body.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    question({ confirm: event.detail.question }, () => event.detail.issueRequest(true));
  });

  function question(data, then) {
    byId("ask-text").textContent = data.confirm;
    byId("ask-more").textContent = data.confirmMore || "";
    byId("ask-yes").textContent = data.confirmAction || window.fenghuo.words.confirm;
    ask.returnValue = "no";
    ask.onclose = () => {
      if (ask.returnValue === "yes") then();
    };
    ask.showModal();
    byId("ask-yes").focus();
  }

  function openFind() {
    if (!find || find.open) return;
    find.showModal();
    find.querySelector("input").select();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-open]");
    if (button) document.querySelector(button.dataset.open).showModal();
    if (find && event.target.closest("[data-search]") && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      openFind();
    }
  });

  let waiting = 0; // when "g" was pressed; a letter within a second of it names a page
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      if (!find) return;
      event.preventDefault();
      openFind();
      return;
    }
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.metaKey || event.ctrlKey || event.altKey || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (waiting && event.timeStamp - waiting < 1000) {
      waiting = 0;
      const link = [...document.querySelectorAll("[data-go]")].find((entry) => entry.dataset.go === key);
      if (link) link.click();
      return;
    }
    waiting = key === "g" ? event.timeStamp : 0;
    if (key === "?") byId("keys").showModal();
    if (key === "l") {
      const field = document.querySelector("[data-shortcut='log']");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    }
  });
})();
