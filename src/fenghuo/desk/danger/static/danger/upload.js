// How far a weather file has been sent, and that the desk then reads it.
(() => {
  const part = (event, selector) => event.target.closest?.("[data-upload]")?.querySelector(selector);

  document.body.addEventListener("htmx:xhr:loadstart", (event) => {
    const box = part(event, "[data-upload-progress]");
    if (box) box.hidden = false;
  });
  document.body.addEventListener("htmx:xhr:progress", (event) => {
    const box = part(event, "[data-upload-progress]");
    if (!box || !event.detail.lengthComputable) return;
    const sent = event.detail.loaded >= event.detail.total;
    const bar = box.querySelector("progress");
    if (sent) bar.removeAttribute("value");
    else bar.value = (100 * event.detail.loaded) / event.detail.total;
    box.querySelector("[data-sending]").hidden = sent;
    box.querySelector("[data-reading]").hidden = !sent;
  });
})();
