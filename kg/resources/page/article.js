// A whole article, sentence by sentence, with every individual and every fact marked.
let articleFacts = null;
function factsInArticle() {
  if (articleFacts) return articleFacts;
  articleFacts = articles.map(() => new Map());
  facts.forEach((fact, i) => fact.ev.forEach(([a, s]) => {
    if (!articleFacts[a].has(s)) articleFacts[a].set(s, []);
    const list = articleFacts[a].get(s);
    if (!list.includes(i)) list.push(i);
  }));
  return articleFacts;
}
const shownArticle = () => state.article ?? (state.fact !== null ? facts[state.fact].ev[0][0] : 0);
function showArticle() {
  const view = byId("view-article");
  if (state.view !== "article" || !articles.length) { view.replaceChildren(); return; }
  const a = shownArticle(), article = articles[a];
  const pickOne = articles.length > 1 && el("select", { "aria-label": word("articles"), onchange: (event) => change({ ...nothingChosen, article: Number(event.target.value) }) },
    articles.map((each, i) => { const option = el("option", { value: i }, clip(`${dayName(each.published.slice(0, 10))} ${each.outlet} ${each.title || each.id}`, 90)); option.selected = i === a; return option; }));
  const link = article.url && safeLink(article.url);
  const body = [];
  let block = null;
  article.s.forEach((sentence, s) => {
    if (!block || sentence.p) body.push(block = el("p"));
    block.append(sentenceNode(sentence, factsOn(factsInArticle()[a].get(s) || [])), " ");
  });
  view.replaceChildren(el("div", { class: "reader" }, pickOne, el("h2", { class: "serif" }, clip(article.title || article.id, 300)),
    el("div", { class: "byline" }, [article.outlet, article.authors.join(", "), dayName(article.published)].filter(Boolean).map((each) => clip(each, 80)).join(" · "), " ",
      link && el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, word("source") + " ↗")), body));
  const chosen = view.querySelector(".chosen");
  if (chosen) chosen.scrollIntoView({ block: "center" });
}
function sentenceNode(sentence, list) {
  const chosen = list.includes(state.fact);
  const held = chosen ? sentenceMarks(sentence, facts[state.fact])
    : plainMarks(sentence, list);
  const open = () => { if (list.length) chooseFact(list[(list.indexOf(state.fact) + 1) % list.length]); };
  return el("span", { class: "sentence" + (list.length ? " has" : "") + (chosen ? " chosen" : ""), onclick: open }, markedSentence(held, chooseEntity),
    list.length > 0 && el("sup", {}, el("button", { type: "button", "aria-label": `${word("facts")} ${list.length}`, onclick: (event) => { event.stopPropagation(); open(); } }, list.length)));
}
// All that the sentence names; what a fact of it speaks of stands out from what is merely mentioned.
function plainMarks(sentence, list) {
  const told = new Set(list.flatMap((i) => [facts[i].s, facts[i].o && facts[i].o.e, ...(facts[i].q || []).map(([, value]) => value && value.e)]));
  for (const e of [...told]) for (const member of (e !== undefined && e !== null && entities[e].m) || []) told.add(member);
  const letters = Array.from(sentence.t);
  const marks = sentence.m.map(([start, end, e]) => ({ start, end, e, role: e === state.entity ? "subject" : told.has(e) ? "told" : "other" }));
  return { letters, marks: withoutOverlaps(marks, letters) };
}
