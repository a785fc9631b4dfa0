// Questions about what is chosen: each a choice of facts and the SPARQL that asks the same of the graph.
const PROLOGUE = ["kg", "kgo", "kgr", "rdf", "rdfs", "nif", "prov"].map((prefix) => `PREFIX ${prefix}: <${data.namespaces[prefix]}>`).join("\n") + "\n";
const LOCAL = /^[\p{L}\p{Nd}_](?:[\p{L}\p{M}\p{Nd}_-]*)$/u;
function term(curie) {
  const at = curie.indexOf(":"), prefix = curie.slice(0, at), local = curie.slice(at + 1);
  if (data.namespaces[prefix] && LOCAL.test(local)) return curie;
  return `<${(data.namespaces[prefix] || "urn:kg:") + encodeURIComponent(local)}>`;
}
const asks = (pattern) => `${PROLOGUE}
SELECT DISTINCT ?subject ?relation ?object ?status ?sentence WHERE {
  ?fact a kg:Fact ; rdf:subject ?s ; rdf:predicate ?p ; kg:status ?status ; prov:wasDerivedFrom ?from .
${pattern}
  ?s rdfs:label ?subject .
  OPTIONAL { ?p rdfs:label ?relation . FILTER(LANG(?relation) = "ko") }
  OPTIONAL { ?fact (rdf:object/(rdfs:label|kg:text))|kg:content ?object }
  ?from nif:anchorOf ?sentence .
}
ORDER BY ?subject ?relation`;

const SAYING = new Set(["says", "announces", "expects", "denies", "criticises", "proposes", "demands", "supports", "opposes"].map((each) => "kg:" + each));
const INVESTING = new Set(["investsIn", "acquires", "mergesWith", "ownsStakeIn", "establishes"].map((each) => "kg:" + each));
const HOLDING = new Set(["isCEOOf", "holdsPosition", "worksFor", "leads", "appointedTo", "resignsFrom", "memberOf", "topMembersEmployeesOf"].map((each) => "kg:" + each));
const curieOf = (fact) => data.predicates[fact.p][0];
const touches = (fact, e) => fact.s === e || (fact.o && fact.o.e === e) || (fact.q || []).some(([, value]) => value && value.e === e);
const values = (set) => "  VALUES ?p { " + [...set].join(" ") + " }\n";
const either = (id) => `  { ?fact rdf:subject ${id} } UNION { ?fact rdf:object ${id} }`;

const questions = [
  { id: "q-said", wants: (e) => factsBySubject[e].some((i) => SAYING.has(curieOf(facts[i]))) || factsAround[e].some((i) => facts[i].sp === e),
    title: (e) => (entities[e].k === "Person" ? "q-said" : "q-said-org"), keeps: (fact, e) => fact.sp === e || (fact.s === e && SAYING.has(curieOf(fact))),
    sparql: (id) => asks(`  { ?fact kg:speaker ${id} } UNION { ${values(SAYING).trim()} ?fact rdf:subject ${id} }`) },
  { id: "q-invest", wants: (e) => (data.kinds[entities[e].k] || [])[2] === "ORG", title: () => "q-invest", keeps: (fact, e) => touches(fact, e) && INVESTING.has(curieOf(fact)),
    sparql: (id) => asks(values(INVESTING) + either(id)) },
  { id: "q-roles", wants: (e) => [...factsBySubject[e], ...factsByObject[e]].some((i) => HOLDING.has(curieOf(facts[i]))), title: () => "q-roles", keeps: (fact, e) => touches(fact, e) && HOLDING.has(curieOf(fact)),
    sparql: (id) => asks(values(HOLDING) + either(id)) },
  { id: "q-plans", wants: () => true, title: () => "q-plans", keeps: (fact, e) => (fact.st === "planned" || fact.st === "expected") && touches(fact, e),
    sparql: (id) => asks(either(id) + '\n  FILTER(?status IN ("planned", "expected"))') },
  { id: "q-disputed", wants: () => true, title: () => "q-disputed", keeps: (fact, e) => touches(fact, e) && isDisputed(fact),
    sparql: (id) => asks(either(id) + '\n  FILTER(?status IN ("claimed", "denied") || EXISTS { ?fact kg:negated true })') },
];
// Claimed or denied by someone, contradicted by another report, or said both ways by different sentences.
let contradicted = null;
function isDisputed(fact) {
  if (fact.x || fact.st === "claimed" || fact.st === "denied") return true;
  if (!contradicted) {
    const ways = new Map();
    const key = (each) => [each.s, each.p, each.o ? each.o.e ?? each.o.t : ""].join("\u0001");
    facts.forEach((each) => { const k = key(each); ways.set(k, (ways.get(k) || 0) | (each.neg || each.st === "denied" ? 2 : 1)); });
    contradicted = new Set(facts.filter((each) => ways.get(key(each)) === 3).map((each) => each.id));
  }
  return contradicted.has(fact.id);
}

function questionBox(e) {
  const row = el("div", { class: "row", role: "group", "aria-label": word("questions") });
  for (const question of questions) {
    if (!question.wants(e)) continue;
    row.append(el("button", { type: "button", "data-question": question.id, "aria-pressed": String(state.question === question.id),
      onclick: () => change({ question: state.question === question.id ? null : question.id }) }, word(question.title(e))));
  }
  const chosen = questions.find((each) => each.id === state.question);
  if (!chosen) return [row];
  const sparql = chosen.sparql(term(entities[e].id));
  const copy = el("button", { type: "button", class: "chip", onclick: async () => { await copyText(sparql); copy.textContent = word("copied"); } }, word("copy"));
  return [row, el("details", {}, el("summary", {}, "SPARQL"), el("pre", { tabindex: "0" }, sparql)), copy];
}

async function copyText(text) {
  try { await navigator.clipboard.writeText(text); return; } catch { /* not allowed here: the old way */ }
  const area = el("textarea", { readonly: true, "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
