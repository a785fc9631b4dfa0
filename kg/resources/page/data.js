// The page's tables, as Python wrote them, and what is looked up in them all the time.
const data = JSON.parse(document.getElementById("graph-data").textContent);
const entities = data.entities, facts = data.facts, articles = data.articles;
const bundles = data.network.edges;
const entityOf = new Map(entities.map((entity, i) => [entity.id, i]));
const factOf = new Map(facts.map((fact, i) => [fact.id, i]));
const articleOf = new Map(articles.map((article, i) => [article.id, i]));

const factsBySubject = entities.map(() => []), factsByObject = entities.map(() => []), factsAround = entities.map(() => []);
const bundleOf = new Map();
bundles.forEach((bundle) => bundle.facts.forEach((f) => bundleOf.set(f, bundle.id)));
facts.forEach((fact, i) => {
  factsBySubject[fact.s].push(i);
  if (fact.o && fact.o.e !== undefined && fact.o.e !== fact.s) factsByObject[fact.o.e].push(i);
  const others = (fact.q || []).map((each) => each[1] && each[1].e).filter((e) => e !== undefined);
  if (fact.sp !== undefined) others.push(fact.sp);
  for (const e of new Set(others)) if (e !== fact.s && !(fact.o && fact.o.e === e)) factsAround[e].push(i);
});
const isDrawn = (e) => factsBySubject[e].length + factsByObject[e].length > 0;

// The day a fact belongs to: its own time, else the day of the first article that says it.
const dayOf = facts.map((fact) => {
  if (fact.t) return fact.t[0].slice(0, 10);
  const days = fact.ev.map((each) => articles[each[0]].published.slice(0, 10)).filter(Boolean).sort();
  return days[0] || "";
});

// Characters that turn the reading direction must not reorder what stands around them: they are shown by name.
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;
const plain = (text) => String(text).replace(TURNING, (c) => "[U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "]").replace(CONTROL, "\uFFFD");
const clip = (text, limit) => {
  const line = plain(String(text).slice(0, limit * 4)).replace(/\s+/g, " ").trim();
  const letters = Array.from(line);
  return letters.length > limit ? letters.slice(0, limit - 1).join("") + "…" : line;
};
const nameOf = (e) => clip(entities[e].n, 60) || entities[e].id;

// Building the page: elements by tag, attributes and children; every text goes in as text.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(plain(child)));
  }
  return node;
}
function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null) node.setAttribute(key, String(value));
  }
  for (const child of children.flat()) if (child) node.append(child instanceof Node ? child : document.createTextNode(plain(child)));
  return node;
}
const byId = (id) => document.getElementById(id);
