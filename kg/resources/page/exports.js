// Things to take away: the drawing as PNG or SVG, the facts shown as CSV, the selection as Turtle.
function download(name, type, content) {
  const link = el("a", { download: name, href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function savePng() {
  const from = byId("canvas").querySelector("canvas");
  const to = el("canvas", { width: from.width, height: from.height }), ctx = to.getContext("2d");
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, to.width, to.height);
  ctx.drawImage(from, 0, 0);
  to.toBlob((blob) => download("graph.png", "image/png", blob), "image/png");
}

const xml = (text) => plain(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
function svgText() {
  const places = network.getPositions(), ids = nodeSet.getIds(), out = [];
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const e of ids) { const { x, y } = places[e]; box[0] = Math.min(box[0], x - 90); box[1] = Math.min(box[1], y - 50); box[2] = Math.max(box[2], x + 90); box[3] = Math.max(box[3], y + 60); }
  network.redraw();
  for (const id of edgeSet.getIds()) {
    const bundle = bundles[id], edge = network.body.edges[id], a = places[bundle.from], b = places[bundle.to];
    const middle = bundle.from === bundle.to ? null : pointOn(edge, 0.5);
    if (!middle) continue;
    const bend = { x: 2 * middle.x - (a.x + b.x) / 2, y: 2 * middle.y - (a.y + b.y) / 2 };
    const colour = bundle.negated ? colours.denied : colours[bundle.status], dashes = bundle.dashes ? ` stroke-dasharray="${bundle.dashes.join(" ")}"` : "";
    const length = Math.hypot(b.x - bend.x, b.y - bend.y) || 1, r = data.network.nodes[bundle.to].size + 6;
    out.push(`<path d="M${a.x} ${a.y}Q${bend.x.toFixed(1)} ${bend.y.toFixed(1)} ${(b.x - ((b.x - bend.x) / length) * r).toFixed(1)} ${(b.y - ((b.y - bend.y) / length) * r).toFixed(1)}" fill="none" stroke="${colour}" stroke-width="${bundle.width}"${dashes} marker-end="url(#arrow)"/>`);
    if (bundle.status === "denied" || bundle.negated) out.push(`<path d="M${middle.x - 5} ${middle.y - 5}l10 10m0-10l-10 10" stroke="${colours.denied}" stroke-width="2"/>`);
    out.push(`<text x="${middle.x.toFixed(1)}" y="${(middle.y - 4).toFixed(1)}" font-size="11" fill="${colour}" class="halo">${xml(edgeText(bundle))}</text>`);
  }
  for (const e of ids) {
    const { x, y } = places[e], size = data.network.nodes[e].size, fill = kindColour(entities[e].k);
    out.push((data.styles[entities[e].k] || [])[0] === "square" ? `<rect x="${x - size}" y="${y - size}" width="${2 * size}" height="${2 * size}" fill="${fill}"/>` : `<circle cx="${x}" cy="${y}" r="${size}" fill="${fill}"/>`);
    out.push(`<text x="${x}" y="${y + size + 16}" font-size="14" fill="${colours.ink}" class="halo">${xml(nameOf(e))}</text>`);
  }
  const [x0, y0, x1, y1] = ids.length ? box : [0, 0, 100, 100];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x0} ${y0} ${x1 - x0} ${y1 - y0}" font-family="Pretendard, Noto Sans KR, Malgun Gothic, Apple SD Gothic Neo, sans-serif" text-anchor="middle">\n` +
    `<style>.halo{paint-order:stroke;stroke:${colours.paper};stroke-width:4px;stroke-linejoin:round}</style>\n<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="${colours.soft}"/></marker></defs>\n` +
    `<rect x="${x0}" y="${y0}" width="${x1 - x0}" height="${y1 - y0}" fill="${colours.paper}"/>\n${out.join("\n")}\n</svg>\n`;
}

// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
const cell = (text) => `"${String(text ?? "").replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
function csvText() {
  const rows = [["fact", "subject", "subject_id", "predicate", "predicate_id", "object", "object_id", "qualifiers", "status", "negated", "speaker", "date", "confidence", "article", "outlet", "published", "url", "sentence"]];
  for (const i of seen.facts) {
    const fact = facts[i];
    for (const [a, s] of fact.ev) {
      const article = articles[a];
      rows.push([fact.id, entities[fact.s].n, entities[fact.s].id, predicateName(fact.p), curieOf(fact), fact.o ? (fact.o.e !== undefined ? entities[fact.o.e].n : fact.o.t) : "", fact.o && fact.o.e !== undefined ? entities[fact.o.e].id : "",
        (fact.q || []).map(([role, value]) => `${role}=${valueText(value)}`).join("; "), fact.st, fact.neg ? "true" : "false", fact.sp === undefined ? "" : entities[fact.sp].n, fact.t ? fact.t[0] : "", fact.c,
        article.id, article.outlet, article.published, article.url, (article.s[s] || { t: "" }).t]);
    }
  }
  return "\uFEFF" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function selectedFacts() {
  if (state.path && seen.path) return factsAlong(seen.path);
  if (state.entity !== null) return factsOf(state.entity);
  if (state.bundle !== null) return factsOn(bundles[state.bundle].facts);
  return state.fact !== null ? [state.fact] : seen.facts;
}
const literal = (text) => '"' + String(text).replace(/[\\"\n\r\t\u0000-\u001F]/g, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c] || "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")) + '"';
const address = (text) => "<" + String(text).replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => encodeURIComponent(c)) + ">";
// Each value and each sentence is a node of its own, as in the graph; none is blank.
function turtleText() {
  const named = new Set(), out = [], sentences = new Map();
  const entity = (e) => { named.add(e); return term(entities[e].id); };
  const day = (iso) => (/^\d{4}-\d\d-\d\d$/.test(iso) ? `${literal(iso)}^^xsd:date` : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(iso) ? `${literal(iso)}^^xsd:dateTime` : null);
  const value = (each, node) => {
    if (each.e !== undefined) return entity(each.e);
    const parts = [`kg:text ${literal(each.t || each.v || "")}`];
    if (each.g !== undefined) {
      parts.unshift("a kg:Period", `kg:grain ${literal(each.g)}`);
      for (const [key, iso] of [["start", each.ts], ["end", each.te]]) if (iso && day(iso)) parts.push(`kg:${key} ${day(iso)}`);
    } else if (each.u !== undefined && /^-?[\d.]+$/.test(each.v || "")) parts.unshift("a kg:Quantity", `kg:value ${literal(each.v)}^^xsd:decimal`, `kg:unit ${literal(each.u)}`);
    else parts.unshift("a kg:Text");
    out.push(`${node} ${parts.join(" ; ")} .`);
    return node;
  };
  for (const i of selectedFacts()) {
    const fact = facts[i], node = "kgr:" + fact.id, head = entity(fact.s), verb = term(curieOf(fact)), typed = fact.o && (fact.o.e !== undefined || isTyped(fact.o));
    const parts = ["a kg:Fact", `rdf:subject ${head}`, `rdf:predicate ${verb}`, `kg:status ${literal(fact.st)}`, `kg:negated ${Boolean(fact.neg)}`, `kg:confidence ${literal(String(Number(fact.c)))}^^xsd:decimal`];
    if (fact.o) parts.push(typed ? `rdf:object ${value(fact.o, node + "_object")}` : `kg:content ${literal(fact.o.t || "")}`);
    (fact.q || []).forEach(([role, each], n) => { if (each) parts.push(`${term("kg:" + role)} ${value(each, `${node}_${n + 1}`)}`); });
    if (fact.sp !== undefined) parts.push(`kg:speaker ${entity(fact.sp)}`);
    for (const [a, s] of fact.ev) {
      const sentence = articles[a].s[s];
      if (!sentence) continue;
      const from = address(`${articles[a].iri}#char=${sentence.b},${sentence.e}`);
      sentences.set(from, `${from} nif:beginIndex ${sentence.b} ; nif:endIndex ${sentence.e} ; nif:anchorOf ${literal(sentence.t)} .`);
      parts.push(`prov:wasDerivedFrom ${from}`);
    }
    out.push(`${node} ${parts.join(" ;\n    ")} .`);
    if (fact.st === "asserted" && !fact.neg && fact.o && fact.o.e !== undefined && !isAhead(fact)) out.push(`${head} ${verb} ${entity(fact.o.e)} .`);
  }
  for (const e of [...named].sort((a, b) => a - b)) {
    out.push(`${term(entities[e].id)} a ${term("kg:" + entities[e].k)} ; rdfs:label ${literal(entities[e].n)}@ko${(entities[e].a || []).map((each) => ` ; skos:altLabel ${literal(each)}@ko`).join("")} .`);
  }
  return Object.entries(data.namespaces).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`).join("\n") + "\n\n" + [...out, ...sentences.values()].join("\n\n") + "\n";
}
const isAhead = (fact) => Boolean(fact.t) && fact.ev.every(([a]) => articles[a].published && fact.t[0].slice(0, 10) > articles[a].published.slice(0, 10));

function showSaves() {
  const saves = [["png", savePng], ["svg", () => download("graph.svg", "image/svg+xml", svgText())], ["csv", () => download("facts.csv", "text/csv;charset=utf-8", csvText())], ["ttl", () => download("selection.ttl", "text/turtle;charset=utf-8", turtleText())]];
  byId("save-list").replaceChildren(...saves.map(([key, run]) => el("button", { type: "button", id: "save-" + key, onclick: () => { run(); byId("save").open = false; } }, word(key))));
}
