// Search by name, alias, relation and words; spaces do not matter, and initial consonants (ㄱㅇㅅ) find names.
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const fold = (text) => String(text).normalize("NFC").toLowerCase().replace(/[\s·・"'“”‘’()[\]<>《》〈〉「」-]+/g, "");
const isInitial = (letter) => INITIALS.includes(letter);
function initialOf(letter) {
  const at = letter.charCodeAt(0) - 0xac00;
  return at >= 0 && at < 11172 ? INITIALS[Math.floor(at / 588)] : letter;
}
const initials = (text) => Array.from(text, initialOf).join("");

// Where a query stands in a name: a lone consonant stands for any syllable that begins with it. -1: nowhere.
function findInName(name, first, query, lettersOnly) {
  if (!lettersOnly) return name.indexOf(query);
  for (let at = first.indexOf(initials(query)); at >= 0; at = first.indexOf(initials(query), at + 1)) {
    if ([...query].every((letter, i) => isInitial(letter) || name[at + i] === letter)) return at;
  }
  return -1;
}

let nameIndex = null, wordIndex = null;
function buildIndex() {
  nameIndex = entities.map((entity, e) => [entity.n, ...(entity.a || []), ...(entity.id.includes(":") ? [entity.id.split(":")[1]] : [])].map((name) => { const folded = fold(name.slice(0, 400)); return [folded, initials(folded), name, e]; })).flat();
  wordIndex = facts.map((fact, i) => [i, fold(factText(fact)), fact.ev.slice(0, 4).map(([a, s]) => fold((articles[a].s[s] || { t: "" }).t.slice(0, 2000))).join(" ")]);
}

function findAll(text) {
  if (!nameIndex) buildIndex();
  const query = fold(text);
  if (!query) return [];
  const lettersOnly = [...query].some(isInitial);
  const best = new Map();
  for (const [folded, first, name, e] of nameIndex) {
    const at = findInName(folded, first, query, lettersOnly);
    if (at < 0) continue;
    const cost = (folded.length === query.length ? 0 : at === 0 ? 1 : 2) * 1e6 + e;
    if (!best.has(e) || best.get(e).cost > cost) best.set(e, { cost, name });
  }
  const out = [...best].sort((a, b) => a[1].cost - b[1].cost).slice(0, 10).map(([e, { name }]) => ({ kind: "entity", e, name }));
  if (!lettersOnly) {
    data.predicates.forEach(([, ko, en], p) => { if (fold(ko).includes(query) || fold(en).includes(query)) out.push({ kind: "relation", p }); });
    out.splice(16);
    for (const [i, said, sentence] of wordIndex) {
      if (out.length >= 24) break;
      if (query.length > 1 && (said.includes(query) || sentence.includes(query))) out.push({ kind: "fact", i });
    }
  }
  return out;
}

let found = [], active = -1;
function showResults() {
  const list = byId("results"), box = byId("search");
  const open = document.activeElement === box && box.value.trim() !== "";
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  if (!open) { box.removeAttribute("aria-activedescendant"); return; }
  list.replaceChildren(...(found.length ? found.map(resultRow) : [el("li", { class: "quiet", role: "option", "aria-disabled": "true" }, word("noresults"))]));
  if (active >= 0) { box.setAttribute("aria-activedescendant", "result-" + active); list.children[active].scrollIntoView({ block: "nearest" }); } else box.removeAttribute("aria-activedescendant");
}
function resultRow(row, nth) {
  const attributes = { role: "option", id: "result-" + nth, "aria-selected": String(nth === active), onmousedown: (event) => { event.preventDefault(); pick(row); } };
  if (row.kind === "entity") {
    const also = row.name !== entities[row.e].n ? ` (${clip(row.name, 30)})` : "";
    return el("li", { ...attributes, "data-entity": row.e }, swatch(entities[row.e].k), el("span", {}, clip(entities[row.e].n, 40) + also), el("span", { class: "sub" }, kindName(entities[row.e].k)));
  }
  if (row.kind === "relation") return el("li", attributes, el("span", { class: "verb" }, "→ " + predicateName(row.p)), el("span", { class: "sub" }, word("predicate")));
  return el("li", attributes, el("span", { class: "clipped" }, clip(factText(facts[row.i]), 120)), el("span", { class: "sub" }, word("facts")));
}
function pick(row) {
  byId("search").value = "";
  byId("search").blur();
  found = [];
  showResults();
  if (row.kind === "entity") { chooseEntity(row.e); bringIntoView(row.e); }
  else if (row.kind === "fact") { chooseFact(row.i); bringIntoView(facts[row.i].s); }
  else change({ ...nothingChosen, off: { ...state.off, p: new Set(choices.p.filter((each) => each !== data.predicates[row.p][0])) } });
  if (state.view === "graph" && matchMedia("(min-width: 901px)").matches) byId("panel").focus({ preventScroll: true });
}
function startSearch() {
  const box = byId("search");
  const seek = () => { found = findAll(box.value); active = found.length ? 0 : -1; showResults(); };
  box.addEventListener("input", seek);
  box.addEventListener("focus", seek);
  box.addEventListener("blur", () => showResults());
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) active = (active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      showResults();
    } else if (event.key === "Enter" && active >= 0 && found[active]) { event.preventDefault(); pick(found[active]); }
    else if (event.key === "Escape") { box.value = ""; box.blur(); showResults(); event.stopPropagation(); }
  });
}
