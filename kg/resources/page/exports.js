// Things to take away: the drawing as PNG or SVG, the facts shown as CSV, the selection as Turtle.
function download(name, type, content) {
  const link = el("a", { download: name, href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const xml = (text) => plain(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const at = (number) => Number(number.toFixed(1));
const lineDashes = { planned: "7 4", expected: "2 3" };
// An edge from rim to rim, bent as on the drawing.
function edgePath(bundle) {
  const edge = network.body.edges[bundle.id], middle = bundle.from !== bundle.to && edge && edge.connected ? pointOn(edge, 0.5) : null;
  if (!middle) return "";
  const scale = network.getScale(), [a, m, b] = [edge.from, middle, edge.to].map((each) => network.canvasToDOM({ x: each.x, y: each.y }));
  const bent = { x: 2 * m.x - (a.x + b.x) / 2, y: 2 * m.y - (a.y + b.y) / 2 };
  const far = Math.hypot(b.x - bent.x, b.y - bent.y) || 1, rim = edge.to.options.size * scale + 5;
  const tip = { x: b.x - ((b.x - bent.x) / far) * rim, y: b.y - ((b.y - bent.y) / far) * rim };
  const dim = isEdgeDimmed(bundle) ? ' opacity="0.12"' : "", colour = bundle.negated ? colours.denied : colours[bundle.status];
  const dashes = bundle.dashes ? ` stroke-dasharray="${bundle.dashes.map((each) => at(each * scale)).join(" ")}"` : "";
  const line = `<path d="M${at(a.x)} ${at(a.y)}Q${at(bent.x)} ${at(bent.y)} ${at(tip.x)} ${at(tip.y)}" fill="none" stroke="${colour}" stroke-width="${at(Math.max(1, bundle.width * scale))}"${dashes}${dim} marker-end="url(#arrow)"><title>${xml(`${nameOf(bundle.from)} → ${edgeText(bundle)} → ${nameOf(bundle.to)}`)}</title></path>`;
  return line + (bundle.status === "denied" || bundle.negated ? `<path d="M${at(m.x - 5)} ${at(m.y - 5)}l10 10m0-10l-10 10" stroke="${colours.denied}" stroke-width="2"${dim}/>` : "");
}
function nodeShape(kind, x, y, r) {
  const corners = CORNERS[(data.styles[kind] || ["dot"])[0]], fill = kindColour(kind);
  if (!corners) return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(r)}" fill="${fill}"/>`;
  const points = corners.split(" ").map((point) => point.split(",").map((each) => (Number(each) - 8) / 7));
  return `<polygon points="${points.map(([dx, dy]) => `${at(x + dx * r)},${at(y + dy * r)}`).join(" ")}" fill="${fill}"/>`;
}
// The foot of a picture: its title, where it comes from, and what lines and shapes in it mean.
function pictureFoot(width, top, kinds, statuses) {
  const rows = [], ink = (text, x, y, size, weight, colour) => rows.push(`<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${xml(text)}</text>`);
  rows.push(`<path d="M16 ${top}H${width - 16}" stroke="${colours.ink}"/>`);
  ink(byId("nameplate").textContent, 16, top + 22, 15, 700, colours.ink);
  ink(byId("dateline").textContent, 16, top + 39, 11, 400, colours.soft);
  let x = 16, y = top + 60;
  const item = (text, look, wide) => {
    const room = wide + 10 + widthOf(text, 11) + 18;
    if (x + room > width - 8) { x = 16; y += 18; }
    rows.push(look(x, y - 4));
    ink(text, x + wide + 6, y, 11, 400, colours.soft);
    x += room;
  };
  for (const status of statuses) item(word(status), (x, y) => `<path d="M${x} ${y}h28" stroke="${colours[status === "negated" ? "denied" : status]}" stroke-width="2" stroke-dasharray="${lineDashes[status] || "none"}"/>` + (status === "denied" || status === "negated" ? `<path d="M${x + 10} ${y - 4}l8 8m0-8l-8 8" stroke="${colours.denied}" stroke-width="2"/>` : ""), 28);
  for (const kind of kinds) item(kindName(kind), (x, y) => nodeShape(kind, x + 6, y, 5), 12);
  return { rows, bottom: y + 14 };
}
const widthOf = (text, size) => Array.from(text).reduce((sum, letter) => sum + (/[\u1100-\uffe6]/.test(letter) ? 1 : 0.58), 0) * size;

// What stands on the screen, with its legend, as a drawing that can be scaled and edited.
function svgText() {
  graphRedraw();
  const box = byId("canvas"), width = box.clientWidth || 800, height = box.clientHeight || 600, scale = network.getScale(), out = [];
  const ids = nodeSet.getIds(), edges = edgeSet.getIds().map((id) => bundles[id]);
  edges.forEach((bundle) => out.push(edgePath(bundle)));
  for (const e of ids) {
    const node = network.body.nodes[e], { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
    out.push(`<g${isDimmed(e) ? ' opacity="0.25"' : ""}><title>${xml(nameOf(e))}</title>${nodeShape(entities[e].k, x, y, node.options.size * scale)}</g>`);
  }
  for (const label of placed) {
    const { x, y } = network.canvasToDOM(label), size = label.size * scale;
    out.push(`<text x="${at(x)}" y="${at(y + size * 0.36)}" font-size="${at(size)}" font-weight="${label.weight}" fill="${label.colour}" class="halo" text-anchor="middle"${label.faint ? ' opacity="0.3"' : ""}>${xml(label.text)}</text>`);
  }
  const drawn = [...STATUSES.filter((status) => edges.some((each) => each.status === status)), ...(edges.some((each) => each.negated) ? ["negated"] : [])];
  const foot = pictureFoot(width, height + 10, [...new Set([...ids].sort((a, b) => a - b).map((e) => entities[e].k))], drawn);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${foot.bottom}" viewBox="0 0 ${width} ${foot.bottom}" font-family="Pretendard, Noto Sans KR, Noto Sans CJK KR, Malgun Gothic, Apple SD Gothic Neo, sans-serif">\n` +
    `<title>${xml(document.title)}</title>\n<style>.halo{paint-order:stroke;stroke:${colours.paper};stroke-width:3.5px;stroke-linejoin:round}</style>\n<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="${colours.soft}"/></marker><clipPath id="frame"><path d="M0 0H${width}V${height}H0z"/></clipPath></defs>\n` +
    `<path d="M0 0H${width}V${foot.bottom}H0z" fill="${colours.paper}"/>\n<g clip-path="url(#frame)">\n${out.filter(Boolean).join("\n")}\n</g>\n${foot.rows.join("\n")}\n</svg>\n`;
}
const graphRedraw = () => network.renderer._redraw();

// The same drawing as a picture of twice the screen's resolution, fit for print.
function savePng() {
  const image = new Image(), source = URL.createObjectURL(new Blob([svgText()], { type: "image/svg+xml" }));
  image.addEventListener("load", () => {
    const to = el("canvas", { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
    to.getContext("2d").drawImage(image, 0, 0, to.width, to.height);
    URL.revokeObjectURL(source);
    to.toBlob((blob) => download("graph.png", "image/png", blob), "image/png");
  });
  image.src = source;
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
      if (each.tv) parts.push(`kg:timeValue ${literal(each.tv)}`);
      for (const [key, iso] of [["start", each.ts], ["end", each.te]]) if (iso && day(iso)) parts.push(`kg:${key} ${day(iso)}`);
    } else if (each.u !== undefined && [each.v, each.min, each.max].some((number) => number !== undefined)) {
      parts.unshift("a kg:Quantity", `kg:unit ${literal(each.u)}`);
      if (each.ap) parts.push(`kg:approximate ${literal(each.ap)}`);
      for (const [key, number] of [["value", each.v], ["minimum", each.min], ["maximum", each.max]]) {
        if (number !== undefined) parts.push(/^-?\d+(\.\d+)?$/.test(number) ? `kg:${key} ${literal(number)}^^xsd:decimal` : `kg:tally ${literal(number)}`);
      }
    } else parts.unshift("a kg:Text");
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
