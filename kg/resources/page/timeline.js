// Time under the drawing: a column for each month (or year) that a fact speaks of, and the two ends of the range to show.
const monthly = new Set(dayOf.filter(Boolean).map((day) => day.slice(0, 7))).size <= 26;
const slot = (day) => day.slice(0, monthly ? 7 : 4);
const slots = [...new Set(dayOf.filter(Boolean).map(slot))].sort();
const slotName = (key) => (key.length > 4 ? key.slice(0, 4) + "." + Number(key.slice(5)) : key);
const factsInSlot = new Map(slots.map((key) => [key, []]));
facts.forEach((fact, i) => { if (fact.t) factsInSlot.get(slot(dayOf[i])).push(i); });
const pressDays = new Set(articles.map((each) => each.published && slot(each.published.slice(0, 10))).filter(Boolean));

function showTimeline() {
  const box = byId("timeline");
  box.hidden = slots.length < 2;
  if (box.hidden) return;
  const focus = document.activeElement && document.activeElement.id;
  const width = Math.max(280, box.clientWidth - 28), height = matchMedia("(max-width: 760px)").matches ? 60 : 76, step = width / slots.length, base = height - 18;
  const inRange = (key) => (!state.from || key.slice(0, state.from.length) >= state.from) && (!state.to || key.slice(0, state.to.length) <= state.to);
  const parts = [], every = Math.ceil(52 / step);
  slots.forEach((key, n) => {
    const x = (n + 0.5) * step;
    if (pressDays.has(key)) parts.push(svg("rect", { class: "band", x: n * step + 1, y: 0, width: Math.max(1, step - 2), height: base }));
    parts.push(svg("line", { class: "tick", x1: x, x2: x, y1: base, y2: base + 4 }));
    if (n % every === 0) parts.push(svg("text", { x, y: height - 3, "text-anchor": "middle" }, slotName(key)));
    const all = factsOn(factsInSlot.get(key)), across = Math.max(1, Math.floor((step - 4) / 11)), rows = Math.floor(base / 11), room = across * rows;
    const list = all.slice(0, all.length > room ? room - 1 : room), wide = Math.min(across, list.length);
    list.forEach((i, nth) => {
      const fact = facts[i], cx = x + ((nth % across) - (wide - 1) / 2) * 11, cy = base - 6 - Math.floor(nth / across) * 11, colour = fact.neg ? colours.denied : colours[fact.st];
      const solid = fact.st === "asserted" || fact.st === "claimed";
      parts.push(svg("circle", { class: "dot", cx, cy, r: state.fact === i ? 5 : 4, fill: solid ? colour : colours.paper, stroke: state.fact === i ? colours.ink : colour, "stroke-width": state.fact === i ? 2 : 1.5,
        "stroke-dasharray": fact.st === "expected" ? "2 1.5" : null, opacity: inRange(key) ? 1 : 0.2, "data-fact": fact.id, onclick: () => { chooseFact(i); bringIntoView(fact.s); } },
      svg("title", {}, `${dayName(fact.t[0])} ${clip(factText(fact), 120)} (${word(fact.st)})`)));
    });
    if (all.length > list.length) parts.push(svg("text", { x, y: 9, "text-anchor": "middle" }, "+" + (all.length - list.length)));
  });
  parts.unshift(svg("line", { class: "tick", x1: 0, x2: width, y1: base, y2: base }));
  const slider = (id, value, set) => {
    const input = el("input", { type: "range", id, min: 0, max: slots.length - 1, step: 1, "aria-label": word(id === "range-from" ? "rangefrom" : "rangeto"), "aria-valuetext": slotName(slots[value]) });
    input.value = value;
    input.addEventListener("input", () => set(Number(input.value)));
    return el("label", {}, word(id === "range-from" ? "from" : "to"), input, el("output", {}, slotName(slots[value])));
  };
  const first = state.from ? Math.max(0, slots.findIndex((key) => key.slice(0, state.from.length) >= state.from)) : 0;
  const after = state.to ? slots.findIndex((key) => key.slice(0, state.to.length) > state.to) : -1, last = after < 0 ? slots.length - 1 : Math.max(0, after - 1);
  box.replaceChildren(svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": word("timeline") }, parts),
    el("div", { class: "sliders" },
      slider("range-from", first, (n) => change({ from: n === 0 ? "" : slots[n], to: n > last ? slots[n] : state.to }, true)),
      slider("range-to", last, (n) => change({ to: n === slots.length - 1 ? "" : slots[n], from: n < first ? (n === 0 ? "" : slots[n]) : state.from }, true))));
  if (focus && focus.startsWith("range-")) byId(focus).focus();
}
