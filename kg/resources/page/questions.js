// Questions about what is chosen: each a choice of facts and the SPARQL that asks the same of the graph.
const PROLOGUE = ["kg", "kgo", "kgr", "rdf", "rdfs", "nif", "prov"].map((prefix) => `PREFIX ${prefix}: <${data.namespaces[prefix]}>`).join("\n") + "\n";
// A CURIE where its local part needs no escape, else the whole IRI, encoded as the graph encodes it.
const LOCAL = /^[\p{L}\p{Nd}_](?:[\p{L}\p{M}\p{Nd}_-]*)$/u;
const FORBIDDEN = /%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{1fffd}\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}]|[\u00a0\u1680\u2000-\u200a\u200e\u200f\u2028-\u202f\u205f\u3000]/gu;
const encoded = (text) => text.replace(FORBIDDEN, (c) => { try { return encodeURIComponent(c).replace(/^%$/, "%25"); } catch { return "%EF%BF%BD"; } });
function address(iri) {
  const [head, ...rest] = String(iri).split("#");
  return "<" + encoded(head) + (rest.length ? "#" + encoded(rest.join("#")).replaceAll("#", "%23") : "") + ">";
}
function term(curie) {
  const at = curie.indexOf(":"), prefix = curie.slice(0, at), local = curie.slice(at + 1);
  if (data.namespaces[prefix] && LOCAL.test(local)) return curie;
  return address((data.namespaces[prefix] || "urn:kg:") + local);
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
const about = (id) => `  ?fact ?role ${id} . FILTER(?role != kg:speaker)`;

const questions = [
  { id: "q-said", wants: (e) => factsBySubject[e].some((i) => SAYING.has(curieOf(facts[i]))) || factsAround[e].some((i) => facts[i].sp === e),
    title: (e) => (entities[e].k === "Person" ? "q-said" : "q-said-org"), keeps: (fact, e) => fact.sp === e || (fact.s === e && SAYING.has(curieOf(fact))),
    sparql: (id) => asks(`  { ?fact kg:speaker ${id} } UNION { ${values(SAYING).trim()} ?fact rdf:subject ${id} }`) },
  { id: "q-invest", wants: (e) => (data.kinds[entities[e].k] || [])[2] === "ORG", title: () => "q-invest", keeps: (fact, e) => touches(fact, e) && INVESTING.has(curieOf(fact)),
    sparql: (id) => asks(values(INVESTING) + about(id)) },
  { id: "q-roles", wants: (e) => [...factsBySubject[e], ...factsByObject[e]].some((i) => HOLDING.has(curieOf(facts[i]))), title: () => "q-roles", keeps: (fact, e) => touches(fact, e) && HOLDING.has(curieOf(fact)),
    sparql: (id) => asks(values(HOLDING) + about(id)) },
  { id: "q-plans", wants: () => true, title: () => "q-plans", keeps: (fact, e) => (fact.st === "planned" || fact.st === "expected") && touches(fact, e),
    sparql: (id) => asks(about(id) + '\n  FILTER(?status IN ("planned", "expected"))') },
  { id: "q-disputed", wants: () => true, title: () => "q-disputed", keeps: (fact, e) => touches(fact, e) && isDisputed(fact),
    sparql: (id) => asks(about(id) + '\n  FILTER(?status IN ("claimed", "denied") || EXISTS { ?fact kg:conflictsWith ?other })') },
];
// Claimed or denied by someone, or contradicted by another report.
const isDisputed = (fact) => Boolean(fact.x) || fact.st === "claimed" || fact.st === "denied";

// The facts that answer the question asked of what is chosen.
function answerFacts() {
  const question = state.entity === null ? null : questions.find((each) => each.id === state.question);
  return question ? factsOf(state.entity).filter((i) => question.keeps(facts[i], state.entity)) : null;
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
  return [row, el("div", { class: "ask" }, el("details", {}, el("summary", {}, "SPARQL"), el("pre", { tabindex: "0" }, sparql)), copy)];
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
