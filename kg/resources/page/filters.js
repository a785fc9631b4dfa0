// The filters, which are the legend too: each line shows how its nodes or edges look.
const openParts = new Set(["s", "k"]);
function countBy(pick) {
  const counts = new Map();
  facts.forEach((fact) => { for (const key of new Set(pick(fact))) counts.set(key, (counts.get(key) || 0) + 1); });
  return counts;
}
const filterParts = () => [
  { key: "s", title: "statuses", rows: choices.s, count: (f) => [f.st, ...(f.neg ? ["negated"] : [])], name: (each) => word(each), look: lineSwatch, always: true },
  { key: "k", title: "kinds", rows: choices.k, count: (f) => [entities[f.s].k, ...(f.o && f.o.e !== undefined ? [entities[f.o.e].k] : [])], name: kindName, look: swatch },
  { key: "p", title: "relations", rows: choices.p, count: (f) => [data.predicates[f.p][0]], name: (each) => predicateName(data.predicates.findIndex((p) => p[0] === each)) },
  { key: "sp", title: "speakers", rows: choices.sp, count: (f) => [f.sp === undefined ? "" : entities[f.sp].id], name: (each) => (each ? nameOf(entityOf.get(each)) : word("nospeaker")) },
  { key: "a", title: "articles", rows: choices.a, count: (f) => f.ev.map((each) => articles[each[0]].id), name: (each) => { const article = articles[articleOf.get(each)]; return clip(article.title || article.id, 60); } },
];

function closeFilters() {
  byId("filters").classList.remove("open");
  byId("open-filters").setAttribute("aria-expanded", "false");
}
let filterCounts = null;
function showFilters() {
  const box = byId("filters"), focus = document.activeElement && document.activeElement.dataset.filter, top = box.scrollTop;
  const scrolls = new Map([...box.querySelectorAll("ul")].map((list) => [list.dataset.list, list.scrollTop]));
  if (!filterCounts) filterCounts = new Map(filterParts().map((part) => [part.key, countBy(part.count)]));
  box.replaceChildren(el("button", { type: "button", class: "only-narrow", onclick: closeFilters }, "✕ " + word("close")), ...filterParts().filter((part) => part.rows.length > 1 || part.always).map(filterPart), hiddenPart());
  box.scrollTop = top;
  box.querySelectorAll("ul").forEach((list) => { list.scrollTop = scrolls.get(list.dataset.list) || 0; });
  if (focus) { const again = [...box.querySelectorAll("[data-filter]")].find((each) => each.dataset.filter === focus); if (again) { again.focus(); if (again.type === "search") again.setSelectionRange(again.value.length, again.value.length); } }
}
function filterPart(part) {
  const counts = filterCounts.get(part.key), off = state.off[part.key];
  const rows = [...part.rows].filter((each) => counts.get(each));
  if (part.key !== "s") rows.sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  const asked = fold(sought.get(part.key) || "");
  const set = (next) => change({ off: { ...state.off, [part.key]: next } });
  const details = el("details", { open: openParts.has(part.key), ontoggle: () => { if (details.open) openParts.add(part.key); else openParts.delete(part.key); } },
    el("summary", {}, el("span", {}, word(part.title), off.size > 0 && el("span", { class: "num" }, ` ${rows.filter((each) => !off.has(each)).length}/${rows.length}`))),
    rows.length > 14 && !part.look && seekBox(part),
    el("div", { class: "pair" }, el("button", { type: "button", onclick: () => set(new Set()) }, word("all")), el("button", { type: "button", onclick: () => set(new Set(part.rows)) }, word("none"))),
    el("ul", { "data-list": part.key }, rows.filter((each) => !asked || fold(part.name(each)).includes(asked)).slice(0, 400).map((each) => {
      const input = el("input", { type: "checkbox", "data-filter": part.key + ":" + each, onchange: () => {
        const next = new Set(off);
        if (input.checked) next.delete(each); else next.add(each);
        set(next);
      } });
      input.checked = !off.has(each);
      return el("li", {}, el("label", { title: clip(part.name(each), 120) }, input, part.look ? part.look(each) : el("span"), el("span", { class: "name" }, part.name(each)), el("span", { class: "num" }, counts.get(each))),
        el("button", { type: "button", class: "sole", "data-filter": "only:" + part.key + ":" + each, "aria-label": `${clip(part.name(each), 60)} ${word("onlythis")}`, onclick: () => set(new Set(part.rows.filter((other) => other !== each))) }, word("onlythis")));
    })));
  return details;
}
// A long list is searched in, as names are.
const sought = new Map();
function seekBox(part) {
  const input = el("input", { type: "search", class: "seek-list", "data-filter": "seek:" + part.key, placeholder: word("seek"), "aria-label": `${word(part.title)} ${word("seek")}`, maxlength: 60 });
  input.value = sought.get(part.key) || "";
  input.addEventListener("input", (event) => { sought.set(part.key, input.value); if (!event.isComposing) showFilters(); });
  input.addEventListener("compositionend", () => showFilters());
  return input;
}
function hiddenPart() {
  if (!state.hidden.size) return "";
  return el("details", { open: true }, el("summary", {}, word("hidden")),
    el("ul", {}, [...state.hidden].map((e) => el("li", {}, el("button", { type: "button", title: word("showagain"), onclick: () => change({ hidden: new Set([...state.hidden].filter((each) => each !== e)) }) }, nameOf(e) + " ↺")))));
}
