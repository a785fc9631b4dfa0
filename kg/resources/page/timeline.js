// Time under the drawing: a column for each month (or year) that a fact speaks of, and under it the two ends of the range to show.
const monthly = new Set(dayOf.filter(Boolean).map((day) => day.slice(0, 7))).size <= 26;
const slot = (day) => day.slice(0, monthly ? 7 : 4);
const slots = [...new Set(dayOf.filter(Boolean).map(slot))].sort();
const slotName = (key) => (!inKorean() ? dayName(key) : key.length > 4 ? key.slice(0, 4) + "." + Number(key.slice(5)) : key);
// Where all of a column's times are one quarter or half, it bears that name rather than the name of its first month.
function axisName(key) {
  const values = new Set(factsInSlot.get(key).map((i) => facts[i].t[2]));
  const [only] = values;
  return values.size === 1 && /-[QH]\d$/.test(only || "") ? calendarName(only) : slotName(key);
}
const months = (key) => Number(key.slice(0, 4)) * 12 + Number(key.slice(5) || 1);
const follows = (before, key) => months(key) - months(before) === (monthly ? 1 : 12);
const factsInSlot = new Map(slots.map((key) => [key, []]));
facts.forEach((fact, i) => { if (fact.t) factsInSlot.get(slot(dayOf[i])).push(i); });
const pressDays = new Set(articles.map((each) => each.published && slot(each.published.slice(0, 10))).filter(Boolean));

// What a column is about, in two lines of as many letters as there is room for: the weightiest fact that has a thing to name.
function slotHeading(list, room) {
  const best = list.find((i) => facts[i].o) ?? list[0];
  if (best === undefined || room < 5) return [];
  const fact = facts[best], said = inKorean() ? [fact.o ? valueText(fact.o) : nameOf(fact.s), predicateName(fact.p)] : [predicateName(fact.p), fact.o ? valueText(fact.o) : ""];
  const whole = said.join(" ").trim(), letters = inKorean() ? room : Math.floor(room * 1.3);
  if (whole.length <= letters) return [whole];
  return said.map((each) => clip(each, letters));
}
const isNarrow = () => matchMedia("(max-width: 900px)").matches;
// The facts that the reader has chosen; all of them where nothing is.
function litFacts() {
  if (state.fact !== null) return new Set([state.fact]);
  if (state.bundle !== null) return new Set(bundles[state.bundle].facts);
  if (state.path) return new Set(seen.path ? factsAlong(seen.path) : []);
  return state.entity === null ? null : new Set(seen.answer || factsOf(state.entity));
}

function showTimeline() {
  const box = byId("timeline");
  box.hidden = slots.length < 2;
  if (box.hidden) return;
  const focus = document.activeElement && document.activeElement.id;
  const width = Math.max(280, box.clientWidth - 28), height = isNarrow() ? 62 : 104, step = width / slots.length, base = height - 18, roof = isNarrow() ? 0 : 30;
  const inRange = (key) => (!state.from || key.slice(0, state.from.length) >= state.from) && (!state.to || key.slice(0, state.to.length) <= state.to);
  const parts = [], every = Math.ceil(54 / step), lit = litFacts();
  slots.forEach((key, n) => {
    const x = (n + 0.5) * step;
    if (pressDays.has(key)) parts.push(svg("rect", { class: "band", x: n * step + 1, y: 0, width: Math.max(1, step - 2), height: base }, svg("title", {}, word("pressday"))));
    if (n && step >= 30 && !follows(slots[n - 1], key)) parts.push(svg("path", { class: "gap", d: `M${n * step - 2} ${base + 5}l4 -10M${n * step + 2} ${base + 5}l4 -10` }));
    if (n % every === 0) parts.push(svg("text", { x: Math.max(16, x), y: height - 3, "text-anchor": "middle" }, axisName(key)));
    const all = factsInSlot.get(key).filter((i) => seen.timed.has(i)), across = Math.max(1, Math.floor((step - 4) / 11)), rows = Math.floor((base - roof) / 11), room = across * rows;
    const list = all.slice(0, all.length > room ? room - 1 : room), wide = Math.min(across, list.length);
    list.forEach((i, nth) => parts.push(timeDot(i, x + ((nth % across) - (wide - 1) / 2) * 11, base - 6 - Math.floor(nth / across) * 11, inRange(key) && (!lit || lit.has(i)))));
    const rest = all.length - list.length, heading = roof && step >= 84 ? slotHeading(inRange(key) ? all.filter((i) => !lit || lit.has(i)) : [], Math.floor(step / 12.5)) : [];
    heading.forEach((line, nth) => parts.push(svg("text", { class: "heading", x, y: 12 + 15 * nth, "text-anchor": "middle" }, line)));
    if (rest && step >= 22) parts.push(svg("text", { class: "rest", x: heading.length ? (n + 1) * step - 4 : x, y: heading.length ? base - rows * 11 + 2 : roof ? base - rows * 11 - 5 : 9, "text-anchor": heading.length ? "end" : "middle" }, "+" + rest));
  });
  parts.unshift(svg("line", { class: "tick", x1: 0, x2: width, y1: base, y2: base }));
  const first = state.from ? Math.max(0, slots.findIndex((key) => key.slice(0, state.from.length) >= state.from)) : 0;
  const after = state.to ? slots.findIndex((key) => key.slice(0, state.to.length) > state.to) : -1, last = after < 0 ? slots.length - 1 : Math.max(0, after - 1);
  const from = timeSlider("range-from", first, (n) => change({ from: n === 0 ? "" : slots[n], to: n > last ? (n === slots.length - 1 ? "" : slots[n]) : state.to }, true));
  const to = timeSlider("range-to", last, (n) => change({ to: n === slots.length - 1 ? "" : slots[n], from: n < first ? (n === 0 ? "" : slots[n]) : state.from }, true));
  // Where the two ends meet at the right, the left one must stay within reach.
  from.classList.toggle("over", first > slots.length / 2);
  const chosen = first > 0 || last < slots.length - 1;
  box.replaceChildren(
    el("div", { class: "timehead" }, el("strong", {}, word("planstimeline")), el("output", { id: "range" }, chosen ? `${slotName(slots[first])} – ${slotName(slots[last])}` : ""),
      chosen && el("button", { type: "button", id: "all-time", onclick: () => change({ from: "", to: "" }) }, word("all"))),
    svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": word("planstimeline") }, parts),
    el("div", { class: "sliders" }, el("span", { class: "track", "aria-hidden": "true" }), from, to));
  const at = (n) => ((n + 0.5) / slots.length) * 100;
  const sliders = box.querySelector(".sliders");
  sliders.style.setProperty("--from", at(first) + "%");
  sliders.style.setProperty("--to", at(last) + "%");
  sliders.style.setProperty("--edge", 50 / slots.length + "%");
  if (focus && focus.startsWith("range-")) byId(focus).focus();
}

function timeDot(i, cx, cy, on) {
  const fact = facts[i], colour = fact.neg ? colours.denied : colours[fact.st], solid = fact.st === "asserted" || fact.st === "claimed", chosen = state.fact === i;
  return svg("circle", { class: "dot", cx, cy, r: chosen ? 5 : 4, fill: solid ? colour : colours.paper, stroke: chosen ? colours.ink : colour, "stroke-width": chosen ? 2 : 1.5,
    "stroke-dasharray": fact.st === "expected" ? "2 1.5" : null, opacity: on ? 1 : 0.2, "data-fact": fact.id,
    onclick: () => { chooseFact(i); bringIntoView(fact.s); },
    onmouseenter: () => { hovered = { node: fact.s, edge: bundleOf.get(i) }; network.redraw(); }, onmouseleave: () => { hovered = {}; network.redraw(); } },
  svg("title", {}, `${factTime(fact)} ${clip(factText(fact), 120)} (${word(fact.st)})`));
}

function timeSlider(id, value, set) {
  const input = el("input", { type: "range", id, min: 0, max: slots.length - 1, step: 1, "aria-label": word(id === "range-from" ? "rangefrom" : "rangeto"), "aria-valuetext": slotName(slots[value]) });
  input.value = value;
  input.addEventListener("input", () => set(Number(input.value)));
  return input;
}
