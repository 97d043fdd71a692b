// Draws the 60-day danger chart: the index as a line over bands of the five classes, rain as bars, gaps hatched.
(() => {
  const charts = new Map();

  function tokens() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(`--${name}`).trim();
    const found = { classes: [1, 2, 3, 4, 5].map((rating) => resolve(`--danger-${rating}`)) };
    for (const name of ["ink", "muted", "line", "hair", "surface", "ground", "face", "rain"]) found[name] = read(name);
    return found;
  }

  // A token may name another token; only a drawn element knows the colour behind it.
  function resolve(name) {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  }

  const faint = (colour, share) => colour.replace("rgb(", "rgba(").replace(")", `, ${share})`);

  function gapRuns(days) {
    const runs = [];
    days.forEach((day, index) => {
      if (!day.gap) return;
      const last = runs.at(-1);
      if (last && last[1] === index - 1) last[1] = index;
      else runs.push([index, index]);
    });
    return runs;
  }

  function hatch(colour) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    for (const shift of [-8, 0, 8]) {
      pen.moveTo(shift, 8);
      pen.lineTo(shift + 8, 0);
    }
    pen.stroke();
    return { type: "pattern", image: tile, imageWidth: 8, imageHeight: 8, repeat: "repeat" };
  }

  // A narrow chart keeps its line and its hatching; names move into the legend and the table.
  function option(data, words, look, width) {
    const narrow = width < 640;
    const { days, breaks } = data;
    const top = Math.max(...days.map((day) => day.fwi ?? 0), breaks.at(-1) ?? 0) * 1.12 || 10;
    const most = Math.max(...days.map((day) => day.rain ?? 0), 10);
    const edges = [0, ...breaks.filter((edge) => edge < top), top];
    const small = { color: look.muted, fontSize: 14, fontFamily: look.face };
    const bands = edges.slice(0, -1).map((edge, index) => [
      { yAxis: edge, itemStyle: { color: faint(look.classes[index], 0.16) } },
      { yAxis: edges[index + 1] },
    ]);
    const names = edges.slice(0, -1).map((edge, index) => ({
      coord: [days.length, (edge + edges[index + 1]) / 2],
      label: { formatter: narrow ? `${index + 1}` : `${index + 1} ${words[`class${index + 1}`]}` },
    }));
    const gaps = gapRuns(days).map(([from, to]) => [{ xAxis: from - 0.5, name: words.gap }, { xAxis: to + 0.5 }]);
    return {
      animation: false,
      textStyle: { fontFamily: look.face },
      grid: { left: 36, right: narrow ? 28 : 112, top: narrow ? 64 : 40, bottom: 32 },
      legend: { top: 0, left: 0, itemGap: 20, itemHeight: 10, textStyle: { ...small, color: look.ink }, selectedMode: false, data: gaps.length ? [words.fwi, words.rain, words.gap] : [words.fwi, words.rain] },
      // Rich text draws the tip in the SVG itself, because a page under this policy takes no styled HTML.
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: look.surface, borderColor: look.line, textStyle: { color: look.ink, fontSize: 14 }, axisPointer: { lineStyle: { color: look.muted } }, formatter: ([first]) => tip(days[Math.round(first.axisValue ?? first.value[0])], words) },
      xAxis: { type: "value", min: -1, max: days.length, interval: narrow ? 14 : 7, splitLine: { show: false }, axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false }, axisLabel: { ...small, showMinLabel: false, showMaxLabel: false, formatter: (at) => (days[Math.round(at)] ? days[Math.round(at)].date.slice(5).replace("-", "/").replace(/^0/, "").replace("/0", "/") : "") } },
      yAxis: [
        { type: "value", min: 0, max: top, axisLabel: { ...small, formatter: (at) => (at === top ? "" : String(Math.round(at))) }, splitLine: { show: false }, axisLine: { show: false }, axisTick: { show: false } },
        { type: "value", min: 0, max: most * 3, inverse: true, show: false },
      ],
      series: [
        { name: words.rain, type: "bar", yAxisIndex: 1, barWidth: 5, itemStyle: { color: look.rain }, data: days.map((day, index) => [index, day.rain || null]) },
        {
          name: words.fwi, type: "line", connectNulls: false, showSymbol: days.length < 3, symbol: "circle", symbolSize: 6, lineStyle: { color: look.ink, width: 2 }, itemStyle: { color: look.ink }, data: days.map((day, index) => [index, day.gap ? null : day.fwi]),
          markArea: { silent: true, label: { show: false }, data: bands },
          markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: look.line, type: "solid", width: 1 }, data: breaks.filter((edge) => edge < top).map((edge) => ({ yAxis: edge })) },
          markPoint: { silent: true, symbol: "rect", symbolSize: 1, itemStyle: { color: "transparent" }, label: { ...small, color: look.ink, position: "right", offset: [4, 0], show: true }, data: names },
        },
        { name: words.gap, type: "bar", data: [], silent: true, itemStyle: { color: hatch(look.muted), borderColor: look.line }, markArea: { silent: true, itemStyle: { color: hatch(look.muted), opacity: 0.55 }, label: { show: !narrow, ...small, color: look.ink, position: "insideTop", backgroundColor: look.surface, padding: [2, 6], borderRadius: 4 }, data: gaps } },
      ],
    };
  }

  function tip(day, words) {
    if (!day) return "";
    const lines = [day.date];
    if (day.gap || day.fwi === null) lines.push(words.gap);
    else {
      lines.push(`${words.fwi}  ${day.fwi.toFixed(1)}`);
      if (day.rating) lines.push(`${words.rating}  ${day.rating} ${words[`class${day.rating}`]}`);
    }
    if (day.rain !== null && day.rain !== undefined) lines.push(`${words.rain}  ${day.rain.toFixed(1)}`);
    if (day.note) lines.push(day.note);
    return lines.join("\n");
  }

  function draw(box) {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    if (!data.days.length) return;
    const words = { ...window.fenghuo.words, ...data.labels };
    const chart = charts.get(box) || echarts.init(box, null, { renderer: "svg" });
    charts.set(box, chart);
    chart.resize();
    chart.setOption(option(data, words, tokens(), box.clientWidth), true);
  }

  const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
  drawAll();
  document.addEventListener("fenghuo:theme", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  addEventListener("resize", drawAll);
  document.body.addEventListener("htmx:afterSettle", () => {
    for (const box of document.querySelectorAll("[data-chart]")) if (!charts.has(box)) draw(box);
  });
})();
