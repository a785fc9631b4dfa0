// Which facts, individuals and edges the filters leave, and ways through them.
let seen = { facts: [], factSet: new Set(), nodes: new Set(), left: 0, near: null, path: null, answer: null, answered: null, timed: new Set() };

function isFactOn(fact) {
  const off = state.off;
  if (off.s.has(fact.st) || (fact.neg && off.s.has("negated")) || off.p.has(data.predicates[fact.p][0])) return false;
  if (off.k.has(entities[fact.s].k) || state.hidden.has(fact.s)) return false;
  if (fact.o && fact.o.e !== undefined && (off.k.has(entities[fact.o.e].k) || state.hidden.has(fact.o.e))) return false;
  if (off.sp.size && off.sp.has(fact.sp === undefined ? "" : entities[fact.sp].id)) return false;
  if (off.a.size && fact.ev.every((each) => off.a.has(articles[each[0]].id))) return false;
  return true;
}
function isInTime(i) {
  if (!state.from && !state.to) return true;
  const day = dayOf[i];
  return Boolean(day) && !(state.from && day.slice(0, state.from.length) < state.from) && !(state.to && day.slice(0, state.to.length) > state.to);
}

function lookAround() {
  const timed = [];
  facts.forEach((fact, i) => { if (isFactOn(fact)) timed.push(i); });
  const on = timed.filter(isInTime);
  const links = new Map(), ends = new Set();
  const link = (a, b) => { if (!links.has(a)) links.set(a, new Set()); links.get(a).add(b); };
  for (const i of on) {
    const fact = facts[i];
    ends.add(fact.s);
    if (fact.o && fact.o.e !== undefined) { ends.add(fact.o.e); link(fact.s, fact.o.e); link(fact.o.e, fact.s); }
  }
  const near = state.entity === null ? null : withinSteps(links, state.entity, state.depth);
  const path = state.path ? shortestPath(links, state.path[0], state.path[1]) : null;
  const nodes = new Set();
  for (const e of [...ends].sort((a, b) => a - b).slice(0, state.limit)) nodes.add(e);
  if (near) for (const e of near) if (ends.has(e)) nodes.add(e);
  const chosen = [state.entity, ...(path || state.path || [])];
  for (const i of [state.fact, ...(state.bundle === null ? [] : [bundles[state.bundle].facts[0]])]) {
    if (i !== null && i !== undefined) chosen.push(facts[i].s, facts[i].o && facts[i].o.e);
  }
  for (const e of chosen) if (e !== null && e !== undefined && !state.hidden.has(e)) nodes.add(e);
  if (state.only && near) for (const e of [...nodes]) if (!near.has(e)) nodes.delete(e);
  const kept = state.only && near ? on.filter((i) => near.has(facts[i].s) && (!facts[i].o || facts[i].o.e === undefined || near.has(facts[i].o.e))) : on;
  seen = { facts: kept, factSet: new Set(kept), nodes, left: Math.max(0, ends.size - state.limit), near, path };
  // The time line shows what lies outside its own range too, but faintly.
  seen.timed = new Set(state.only ? kept : timed);
  seen.answer = answerFacts();
  seen.answered = seen.answer && new Set([state.entity, ...seen.answer.flatMap((i) => [facts[i].s, ...(facts[i].o && facts[i].o.e !== undefined ? [facts[i].o.e] : [])])]);
}

function withinSteps(links, start, depth) {
  const near = new Set([start]);
  let edge = [start];
  for (let step = 0; step < depth; step++) {
    const next = [];
    for (const e of edge) for (const other of links.get(e) || []) if (!near.has(other)) { near.add(other); next.push(other); }
    edge = next;
  }
  return near;
}

function shortestPath(links, start, end) {
  const from = new Map([[start, start]]);
  const line = [start];
  for (let i = 0; i < line.length && !from.has(end); i++) {
    for (const other of [...(links.get(line[i]) || [])].sort((a, b) => a - b)) if (!from.has(other)) { from.set(other, line[i]); line.push(other); }
  }
  if (!from.has(end)) return null;
  const path = [end];
  while (path[0] !== start) path.unshift(from.get(path[0]));
  return path;
}

const factsOn = (list) => list.filter((i) => seen.factSet.has(i));
const factsOf = (e) => factsOn([...factsBySubject[e], ...factsByObject[e], ...factsAround[e]]);
function factsAlong(path) {
  const pairs = new Set(path.slice(1).map((e, i) => Math.min(e, path[i]) + "-" + Math.max(e, path[i])));
  return seen.facts.filter((i) => facts[i].o && facts[i].o.e !== undefined && pairs.has(Math.min(facts[i].s, facts[i].o.e) + "-" + Math.max(facts[i].s, facts[i].o.e)));
}
