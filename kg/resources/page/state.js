// What the reader has chosen. It stands in the address after "#", so that a view can be kept and shared.
const STATUSES = ["asserted", "planned", "expected", "claimed", "denied"];
const VIEWS = ["graph", "table", "article"];
// How many nodes stand there at first: a phone has room for fewer.
const opening = Math.min(data.opening, matchMedia("(max-width: 900px)").matches ? 60 : Infinity);
const fresh = () => ({
  view: "graph", entity: null, bundle: null, fact: null, path: null, question: null, article: null, depth: 1, only: false, limit: opening,
  off: { k: new Set(), p: new Set(), s: new Set(), sp: new Set(), a: new Set() }, hidden: new Set(), pins: new Map(), from: "", to: "", lang: "ko", theme: "",
});
let state = fresh();
let trail = [];
let picking = null;
const observers = [];

// The values each filter can take, as they stand in the address.
const choices = {
  k: Object.keys(data.kinds), p: data.predicates.map((each) => each[0]), s: [...STATUSES, "negated"],
  sp: ["", ...new Set(facts.filter((f) => f.sp !== undefined).map((f) => entities[f.sp].id))], a: articles.map((each) => each.id),
};

function writeHash() {
  const out = new URLSearchParams();
  if (state.view !== "graph") out.set("v", state.view);
  if (state.entity !== null) out.set("e", entities[state.entity].id);
  if (state.bundle !== null) out.set("b", facts[bundles[state.bundle].facts[0]].id);
  if (state.fact !== null) out.set("f", facts[state.fact].id);
  if (state.path) for (const end of state.path) out.append("path", entities[end].id);
  if (state.question) out.set("q", state.question);
  if (state.article !== null) out.set("art", articles[state.article].id);
  if (state.depth !== 1) out.set("d", state.depth);
  if (state.only) out.set("o", "1");
  if (state.limit !== opening) out.set("n", state.limit);
  for (const [key, off] of Object.entries(state.off)) {
    if (!off.size) continue;
    // The shorter of the two lists: what is left out, or (with a "+") what is left.
    const on = choices[key].filter((each) => !off.has(each));
    if (on.length < off.size) { out.append(key + "+", "~"); on.forEach((each) => out.append(key + "+", each || "-")); }
    else off.forEach((each) => out.append(key, each || "-"));
  }
  for (const e of state.hidden) out.append("x", entities[e].id);
  for (const [e, [x, y]] of state.pins) out.append("pin", `${x},${y},${entities[e].id}`);
  if (state.from) out.set("from", state.from);
  if (state.to) out.set("to", state.to);
  if (state.lang !== "ko") out.set("l", state.lang);
  if (state.theme) out.set("t", state.theme);
  return out.toString();
}

function readHash(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const next = fresh();
  const find = (table, key) => (given.has(key) && table.has(given.get(key)) ? table.get(given.get(key)) : null);
  if (VIEWS.includes(given.get("v"))) next.view = given.get("v");
  next.entity = find(entityOf, "e");
  next.fact = find(factOf, "f");
  const bundled = find(factOf, "b");
  if (bundled !== null && bundleOf.has(bundled)) next.bundle = bundleOf.get(bundled);
  const ends = given.getAll("path").map((id) => entityOf.get(id)).filter((e) => e !== undefined);
  if (ends.length === 2) next.path = ends;
  if (given.get("q")) next.question = given.get("q").slice(0, 40);
  next.article = find(articleOf, "art");
  next.depth = Math.min(4, Math.max(1, parseInt(given.get("d"), 10) || 1));
  next.only = given.get("o") === "1";
  next.limit = Math.max(1, parseInt(given.get("n"), 10) || opening);
  for (const key of Object.keys(next.off)) {
    const known = new Set(choices[key]);
    const clean = (name) => given.getAll(name).map((each) => (each === "-" ? "" : each)).filter((each) => known.has(each));
    if (given.has(key + "+")) { const on = new Set(clean(key + "+")); next.off[key] = new Set(choices[key].filter((each) => !on.has(each))); }
    else next.off[key] = new Set(clean(key));
  }
  given.getAll("x").forEach((id) => { if (entityOf.has(id)) next.hidden.add(entityOf.get(id)); });
  for (const pin of given.getAll("pin")) {
    const [, x, y, id] = /^(-?\d{1,6}),(-?\d{1,6}),(.*)$/s.exec(pin) || [];
    if (entityOf.has(id)) next.pins.set(entityOf.get(id), [Number(x), Number(y)]);
  }
  for (const key of ["from", "to"]) if (/^\d{4}(-\d\d)?$/.test(given.get(key) || "")) next[key] = given.get(key);
  if (given.get("l") === "en") next.lang = "en";
  if (["light", "dark"].includes(given.get("t"))) next.theme = given.get("t");
  return next;
}

// One change of the state: the page is redrawn from it, the address follows, and it can be undone.
function change(patch, quietly) {
  const before = writeHash();
  const was = state;
  state = { ...state, ...patch };
  const after = writeHash();
  if (after !== before) {
    if (!quietly) trail.push(before);
    try { history[quietly ? "replaceState" : "pushState"](null, "", "#" + after); } catch { /* a viewer without an address */ }
  }
  render(was);
}
function restore(hash) { const was = state; state = readHash(hash); picking = null; render(was); }
function undo() {
  if (!trail.length) return;
  const before = trail.pop();
  try { history.replaceState(null, "", "#" + before); } catch { /* a viewer without an address */ }
  restore(before);
}
function render(was) { for (const observer of observers) observer(was); }

const nothingChosen = { entity: null, bundle: null, fact: null, path: null, question: null };
const chooseEntity = (e) => {
  if (picking !== null && picking !== e) { const start = picking; picking = null; change({ ...nothingChosen, path: [start, e] }); return; }
  change({ ...nothingChosen, entity: e });
};
const chooseBundle = (b) => change({ ...nothingChosen, bundle: b });
const chooseFact = (f) => change({ ...nothingChosen, fact: f });
const chooseNothing = () => { picking = null; change({ ...nothingChosen, only: false }); };
const openArticle = (a, f) => change({ view: "article", article: a, ...(f === undefined ? {} : { ...nothingChosen, fact: f }) });
