// Things to take away: the drawing as PNG or SVG, the facts shown as CSV, the selection as Turtle.
function download(name, type, content) {
  const link = el("a", { download: name, href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
const cell = (text) => `"${String(text ?? "").replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
function csvText() {
  const rows = [["fact", "subject", "subject_id", "predicate", "predicate_id", "object", "object_id", "qualifiers", "status", "negated", "speaker", "date", "time", "confidence", "article", "outlet", "published", "url", "sentence"]];
  for (const i of seen.facts) {
    const fact = facts[i];
    for (const [a, s] of fact.ev) {
      const article = articles[a];
      rows.push([fact.id, entities[fact.s].n, entities[fact.s].id, predicateName(fact.p), curieOf(fact), fact.o ? (fact.o.e !== undefined ? entities[fact.o.e].n : fact.o.t) : "", fact.o && fact.o.e !== undefined ? entities[fact.o.e].id : "",
        (fact.q || []).map(([role, value]) => `${role}=${valueText(value)}`).join("; "), fact.st, fact.neg ? "true" : "false", fact.sp === undefined ? "" : entities[fact.sp].n, fact.t ? fact.t[0] : "", fact.t ? fact.t[2] ?? "" : "", fact.c,
        article.id, article.outlet, article.published, article.url, (article.s[s] || { t: "" }).t]);
    }
  }
  return "\uFEFF" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function showSaves() {
  const saves = [["png", savePng], ["svg", () => download("graph.svg", "image/svg+xml", svgText())], ["csv", () => download("facts.csv", "text/csv;charset=utf-8", csvText())], ["ttl", () => download("selection.ttl", "text/turtle;charset=utf-8", turtleText())]];
  byId("save-list").replaceChildren(...saves.map(([key, run]) => el("button", { type: "button", id: "save-" + key, onclick: () => { run(); byId("save").open = false; } }, word(key))));
}
