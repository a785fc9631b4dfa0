// The facts as a table: the same facts, for reading straight through, sorting and screen readers.
let tableSort = { by: "score", up: true }, tableSize = 200;
const COLUMNS = [
  ["subject", (i) => nameOf(facts[i].s)], ["predicate", (i) => predicateName(facts[i].p)], ["object", (i) => valueText(facts[i].o)],
  ["qualifiers", (i) => toldWith(facts[i]).map(([role, value]) => `${roleName(role)} ${valueText(value)}`).join(", ")],
  ["status", (i) => word(facts[i].st) + (facts[i].neg ? " · " + word("negated") : "")], ["speaker", (i) => (facts[i].sp === undefined ? "" : nameOf(facts[i].sp))],
  ["date", (i) => dayOf[i]],
  ["sentence", (i) => firstSentence(i)],
];
function firstSentence(i) {
  const [a, s] = facts[i].ev[0];
  return (articles[a].s[s] || { t: "" }).t;
}
function sortedFacts() {
  if (tableSort.by === "score") return seen.facts;
  const read = COLUMNS.find((each) => each[0] === tableSort.by)[1];
  const keyed = seen.facts.map((i) => [read(i), i]);
  keyed.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]) * (tableSort.up ? 1 : -1));
  return keyed.map((each) => each[1]);
}
function showTable() {
  const view = byId("view-table");
  if (state.view !== "table") { view.replaceChildren(); return; }
  const list = sortedFacts();
  // On a narrow screen the rows are set as cards, so the roles are spelled out: they hold whatever the style makes of the elements.
  const heads = COLUMNS.map(([key]) => el("th", { scope: "col", role: "columnheader", "aria-sort": tableSort.by === key ? (tableSort.up ? "ascending" : "descending") : "none" },
    el("button", { type: "button", onclick: () => { tableSort = { by: key, up: tableSort.by === key ? !tableSort.up : true }; showTable(); } }, word(key) + (tableSort.by === key ? (tableSort.up ? " ↑" : " ↓") : ""))));
  const rows = list.slice(0, tableSize).map((i) => {
    const fact = facts[i];
    const cells = [entityButton(fact.s), el("button", { type: "button", class: "verb", onclick: () => chooseFact(i) }, predicateName(fact.p)), fact.o ? valueNode(fact.o) : "", COLUMNS[3][1](i), badges(fact),
      fact.sp === undefined ? "" : entityButton(fact.sp), factTime(fact) || (dayOf[i] ? dayName(dayOf[i]) : ""), el("span", { class: "clipped" }, clip(firstSentence(i), 200))];
    return el("tr", { role: "row", "data-fact": fact.id, class: state.fact === i ? "chosen" : null }, cells.map((each, n) => el("td", { role: "cell", class: "of-" + COLUMNS[n][0], "data-day": COLUMNS[n][0] === "date" ? dayOf[i] : null }, each)));
  });
  const more = list.length > tableSize && el("div", { class: "centred" }, el("button", { type: "button", onclick: () => { tableSize += 400; showTable(); } }, `${word("more")} (${list.length - tableSize})`));
  const top = view.scrollTop;
  view.replaceChildren(...[el("table", { id: "facts-table", role: "table" }, el("caption", {}, `${word("facts")} ${list.length}`), el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, heads)), el("tbody", { role: "rowgroup" }, rows)), more].filter(Boolean));
  view.scrollTop = top;
}
