// The map of places/_map.html: cards for areas, areas that tick checkboxes, zoom and pan. All of it works without.
(() => {
  "use strict";
  const LARGEST = 5;
  const find = (root, attribute, value) => root.querySelector(`[${attribute}="${CSS.escape(value)}"]`);

  function cards(map) {
    const card = map.querySelector("[data-map-card]");
    if (!card) return;
    const body = card.querySelector("[data-map-card-body]"), close = card.querySelector("[data-map-close]");
    let asked = 0;
    const mark = (key) => {
      for (const area of map.querySelectorAll(".fmap-area")) {
        const chosen = area.dataset.key === key;
        area.classList.toggle("is-selected", chosen);
        if (chosen) area.setAttribute("aria-current", "true"); else area.removeAttribute("aria-current");
      }
      for (const ring of map.querySelectorAll("[data-ring]")) ring.classList.toggle("is-selected", ring.dataset.ring === key);
    };
    const fill = (content) => {
      if (typeof content === "string") body.innerHTML = content; else body.replaceChildren(content);
      card.hidden = false;
      close.hidden = false;
      window.htmx?.process(body);
    };
    close.hidden = false;
    close.addEventListener("click", () => { card.hidden = true; const last = map.querySelector(".fmap-area.is-selected"); mark(null); last?.focus(); });
    map.addEventListener("keydown", (event) => { if (event.key === "Escape" && !card.hidden) close.click(); });
    map.addEventListener("click", async (event) => {
      const area = event.target.closest("a.fmap-area");
      if (!area || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const template = document.querySelector(`template[data-area="${CSS.escape(area.dataset.key)}"]`);
      if (!template && !area.dataset.detail) return;
      event.preventDefault();
      mark(area.dataset.key);
      const turn = ++asked;
      if (template) return fill(template.content.cloneNode(true));
      try {
        const answer = await fetch(area.dataset.detail, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
        if (!answer.ok) throw new Error(String(answer.status));
        const html = await answer.text();
        if (turn === asked) fill(html);
      } catch {
        window.location.assign(area.getAttribute("href"));
      }
    });
  }

  function focusRing(map) {
    const show = (event, on) => {
      const area = event.target.closest?.("a.fmap-area");
      if (area) find(map, "data-ring", area.dataset.key)?.classList.toggle("is-focused", on && area.matches(":focus-visible"));
    };
    map.addEventListener("focusin", (event) => show(event, true));
    map.addEventListener("focusout", (event) => show(event, false));
  }

  function choices(map) {
    if (!map.classList.contains("fmap-selectable")) return;
    const boxOf = (key) => map.querySelector(`input[name="areas"][value="${CSS.escape(key)}"]`);
    const show = (box) => {
      for (const attribute of ["data-key", "data-ring", "data-label"]) find(map, attribute, box.value)?.classList.toggle("is-selected", box.checked);
    };
    for (const box of map.querySelectorAll('input[name="areas"]')) show(box);
    map.addEventListener("change", (event) => { if (event.target.name === "areas") show(event.target); });
    map.addEventListener("click", (event) => {
      const box = event.target.closest(".fmap-area") && boxOf(event.target.closest(".fmap-area").dataset.key);
      if (!box || box.disabled) return;
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  // Labels that would cover one another step aside, at most half a label's height or so.
  function partLabels(map) {
    const labels = [...map.querySelectorAll(".fmap-label")];
    for (const label of labels) label.removeAttribute("transform");
    const area = map.querySelector(".fmap-view").getBoundingClientRect();
    const boxes = labels.map((label) => { const box = label.getBoundingClientRect(); return { label, x: box.x, y: box.y, w: box.width, h: box.height, dx: 0, dy: 0 }; });
    const limit = (value, most) => Math.max(-most, Math.min(most, value));
    for (let turn = 0; turn < 40; turn++) {
      for (const a of boxes) for (const b of boxes) {
        if (a === b) continue;
        const ox = (a.w + b.w) / 2 - Math.abs(a.x + a.dx + a.w / 2 - b.x - b.dx - b.w / 2);
        const oy = (a.h + b.h) / 2 - Math.abs(a.y + a.dy + a.h / 2 - b.y - b.dy - b.h / 2);
        if (ox <= 0 || oy <= 0) continue;
        if (oy < ox) { const step = oy / 4 * (a.y + a.dy + a.h / 2 < b.y + b.dy + b.h / 2 ? -1 : 1); a.dy = limit(a.dy + step, 18); b.dy = limit(b.dy - step, 18); }
        else { const step = ox / 4 * (a.x + a.dx + a.w / 2 < b.x + b.dx + b.w / 2 ? -1 : 1); a.dx = limit(a.dx + step, 18); b.dx = limit(b.dx - step, 18); }
      }
    }
    for (const { label, x, w, dx, dy } of boxes) {
      const inside = map.classList.contains("is-zoomed") ? dx : Math.max(area.left + 2 - x, Math.min(area.right - 2 - x - w, dx));
      if (inside || dy) label.setAttribute("transform", `translate(${inside.toFixed(1)} ${dy.toFixed(1)})`);
    }
  }

  function zoom(map) {
    const buttons = map.querySelector("[data-map-zoom]"), view = map.querySelector(".fmap-view");
    const stage = map.querySelector("[data-map-stage]"), hatch = map.querySelector(".fmap-hatch");
    const ground = map.querySelector(".fmap-ground");
    let k = 1, x = 0, y = 0;
    // The hatch keeps its spacing on the screen, so that it stays a hatch on a phone and under the glass.
    const spaceHatch = () => {
      const unit = ground.getBoundingClientRect().width / ground.viewBox.baseVal.width;
      if (unit > 0) hatch?.setAttribute("patternTransform", `rotate(45) scale(${(0.92 / unit).toFixed(3)})`);
    };
    new ResizeObserver(() => { spaceHatch(); partLabels(map); }).observe(ground);
    if (!buttons) return;
    buttons.hidden = false;
    const apply = () => {
      const { clientWidth: w, clientHeight: h } = view;
      x = Math.min(0, Math.max(x, w - w * k));
      y = Math.min(0, Math.max(y, h - h * k));
      stage.style.width = k === 1 ? "" : `${100 * k}%`;
      stage.style.transform = k === 1 ? "" : `translate(${x}px, ${y}px)`;
      map.classList.toggle("is-zoomed", k > 1);
      stage.style.touchAction = k > 1 ? "none" : "pan-x pan-y";
      buttons.querySelector('[data-zoom="in"]').disabled = k >= LARGEST;
      for (const name of ["out", "reset"]) buttons.querySelector(`[data-zoom="${name}"]`).disabled = k === 1;
    };
    const to = (next, px = view.clientWidth / 2, py = view.clientHeight / 2) => {
      if (k === 1) view.style.height = next > 1 ? `${view.clientHeight}px` : "";
      next = Math.min(LARGEST, Math.max(1, next < 1.02 ? 1 : next));
      x = px - (px - x) * next / k;
      y = py - (py - y) * next / k;
      k = next;
      if (k === 1) { x = y = 0; view.style.height = ""; }
      apply();
    };
    buttons.addEventListener("click", (event) => {
      const way = event.target.closest("button")?.dataset.zoom;
      if (way) to(way === "in" ? k * 1.5 : way === "out" ? k / 1.5 : 1);
    });
    view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = view.getBoundingClientRect();
      to(k * Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.004)), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    window.addEventListener("resize", () => to(1));

    const fingers = new Map();
    let moved = 0;
    stage.addEventListener("dragstart", (event) => event.preventDefault());
    stage.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      fingers.set(event.pointerId, event);
      moved = 0;
    });
    window.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const [a, b] = [...fingers.values()];
      fingers.set(event.pointerId, event);
      if (b) {
        const box = view.getBoundingClientRect(), other = before === a ? b : a;
        const was = Math.hypot(before.clientX - other.clientX, before.clientY - other.clientY);
        const is = Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
        moved += Math.abs(is - was);
        if (was > 0) to(k * is / was, (event.clientX + other.clientX) / 2 - box.left, (event.clientY + other.clientY) / 2 - box.top);
      } else if (k > 1) {
        x += event.clientX - before.clientX;
        y += event.clientY - before.clientY;
        moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
        if (moved > 5) map.classList.add("is-dragging");
        apply();
      }
    });
    const lift = (event) => { fingers.delete(event.pointerId); map.classList.remove("is-dragging"); };
    window.addEventListener("pointerup", lift);
    window.addEventListener("pointercancel", lift);
    // A drag that ends on an area is not a choice of it.
    map.addEventListener("click", (event) => {
      if (moved > 5 && stage.contains(event.target)) { event.preventDefault(); event.stopImmediatePropagation(); }
      moved = 0;
    }, true);
    apply();
  }

  function start(root) {
    for (const map of root.querySelectorAll("[data-map]:not([data-map-ready])")) {
      map.dataset.mapReady = "";
      zoom(map);
      focusRing(map);
      cards(map);
      choices(map);
    }
  }
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", () => start(document)) : start(document);
  document.addEventListener("htmx:afterSettle", () => start(document));
})();
