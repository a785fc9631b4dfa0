// The selection as Turtle: the same nodes with the same names as in the graph, so that the two can be put together.
function selectedFacts() {
  if (state.path && seen.path) return factsAlong(seen.path);
  if (state.entity !== null) return factsOf(state.entity);
  if (state.bundle !== null) return factsOn(bundles[state.bundle].facts);
  return state.fact !== null ? [state.fact] : seen.facts;
}
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const literal = (text) => '"' + String(text).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\uFFFD").replace(/[\\"\u0000-\u001F\u007F]/g, (c) => ESCAPES[c] || "\\u" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")) + '"';
const moment = (iso) => {
  const [whole, , clock, seconds] = /^-?\d{4,}-\d\d-\d\d((T\d\d:\d\d)(:\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.exec(iso || "") || [];
  if (!whole) return null;
  return clock ? `${literal(seconds ? iso : iso.replace(clock, clock + ":00"))}^^xsd:dateTime` : `${literal(iso)}^^xsd:date`;
};
const decimal = (number) => (/^-?\d+(\.\d+)?$/.test(number ?? "") ? `${literal(number)}^^xsd:decimal` : null);
const isFigure = (value) => value.u !== undefined && ([value.v, value.min, value.max].some(decimal) || /^\d+(-\d+)+$/.test(value.v || ""));

function valueLines(value) {
  const words = `kg:text ${literal(value.t || value.v || "")}`;
  if (value.g !== undefined) {
    const start = moment(value.ts), end = moment(value.te), alike = start && end && start.slice(-4) === end.slice(-4) && value.ts <= value.te;
    return ["a kg:Period", `kg:grain ${literal(value.g)}`, words, value.tv && `kg:timeValue ${literal(value.tv)}`, start && `kg:start ${start}`, end && (alike || !start) && `kg:end ${end}`];
  }
  if (!isFigure(value)) return ["a kg:Text", words];
  const numbers = [["value", value.v], ["minimum", value.min], ["maximum", value.max]].map(([key, number]) => decimal(number) && `kg:${key} ${decimal(number)}`);
  const tally = value.v && !decimal(value.v) && `kg:tally ${literal(value.v)}`;
  return ["a kg:Quantity", `kg:unit ${literal(tally ? "score" : value.u)}`, words, ...numbers, tally, value.ap && `kg:approximate ${literal(value.ap)}`];
}

function turtleText() {
  const nodes = new Map(), named = new Set(), chosen = new Set(selectedFacts());
  const add = (node, ...lines) => { if (!nodes.has(node)) nodes.set(node, new Set()); lines.filter(Boolean).forEach((line) => nodes.get(node).add(line)); };
  const entity = (e) => { named.add(e); return term(entities[e].id); };
  const value = (each, otherwise) => {
    if (each.e !== undefined) return entity(each.e);
    const node = each.i ? term(each.i) : otherwise;
    if (!nodes.has(node)) add(node, ...valueLines(each));
    return node;
  };
  for (const i of chosen) {
    const fact = facts[i], node = term("kgr:" + fact.id), head = entity(fact.s), verb = term(curieOf(fact));
    add(node, "a kg:Fact", `rdf:subject ${head}`, `rdf:predicate ${verb}`, `kg:status ${literal(fact.st)}`, `kg:negated ${Boolean(fact.neg)}`, `kg:confidence ${decimal(String(fact.c))}`);
    if (fact.o) add(node, fact.o.e !== undefined || fact.o.g !== undefined || isFigure(fact.o) ? `rdf:object ${value(fact.o, node + "_object")}` : `kg:content ${literal(fact.o.t || "")}`);
    (fact.q || []).forEach(([role, each], n) => { if (each) add(node, `${term("kg:" + role)} ${value(each, `${node}_${n + 1}`)}`); });
    if (fact.sp !== undefined) add(node, `kg:speaker ${entity(fact.sp)}`);
    for (const other of fact.x || []) if (chosen.has(other)) add(node, `kg:conflictsWith ${term("kgr:" + facts[other].id)}`);
    for (const [way, other] of fact.j || []) if (chosen.has(other) && !way.startsWith("^")) add(node, `${term(way)} ${term("kgr:" + facts[other].id)}`);
    for (const [a, s, rule] of fact.ev) {
      const article = articles[a], sentence = article.s[s], home = address(article.iri), from = sentence && address(`${article.iri}#char=${sentence.b},${sentence.e}`);
      if (!sentence) continue;
      add(node, `prov:wasDerivedFrom ${from}`);
      add(from, "a kg:Sentence", `nif:anchorOf ${literal(sentence.t)}`, `nif:beginIndex "${sentence.b}"^^xsd:nonNegativeInteger`, `nif:endIndex "${sentence.e}"^^xsd:nonNegativeInteger`, `nif:referenceContext ${home}`);
      add(home, "a schema:NewsArticle", `schema:identifier ${literal(article.id)}`, article.title && `schema:headline ${literal(article.title)}@ko`, article.outlet && `schema:publisher ${literal(article.outlet)}`,
        moment(article.published) && `schema:datePublished ${moment(article.published)}`, article.url && `schema:url ${literal(article.url)}^^xsd:anyURI`);
      if (!data.rules[rule]) continue;
      add(node, `kg:rule ${term(data.rules[rule])}`);
      add(term(data.rules[rule]), "a prov:Plan", `rdfs:label ${literal(rule || "unnamed")}`);
    }
    if (fact.d) add(head, `${verb} ${entity(fact.o.e)}`);
    const [curie, ko] = data.predicates[fact.p];
    add(verb, ...(curie.startsWith("kgo:") ? ["a rdf:Property", "rdfs:subPropertyOf kg:openRelation"] : []), `rdfs:label ${literal(ko)}@ko`);
  }
  for (const e of named) for (const member of entities[e].m || []) named.add(member);
  for (const e of named) {
    const { id, k, n, a, m } = entities[e];
    add(term(id), `a ${term("kg:" + k)}`, `rdfs:label ${literal(n)}@ko`, ...(a || []).map((each) => `skos:altLabel ${literal(each)}@ko`), ...(m || []).map((each) => `kg:member ${term(entities[each].id)}`));
  }
  const prefixes = Object.entries(data.namespaces).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`).join("\n");
  return prefixes + "\n\n" + [...nodes].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([node, lines]) => `${node} ${[...lines].join(" ;\n    ")} .`).join("\n\n") + "\n";
}
