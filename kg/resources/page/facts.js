// A fact as a sentence to read, with its status, its speaker and its evidence.
const entityButton = (e) => el("button", { type: "button", "data-entity": e, title: kindName(entities[e].k), onclick: () => chooseEntity(e) }, nameOf(e));
const valueNode = (value) => (value.e !== undefined ? entityButton(value.e) : el("span", { class: "value", title: valueTitle(value) }, valueText(value)));

// The qualifiers that belong into the sentence; the article's own verb is told with the evidence.
const toldWith = (fact) => (fact.q || []).filter(([role, value]) => value && role !== "wording");
const wordingOf = (fact) => (fact.q || []).filter(([role, value]) => value && role === "wording").map(([role, value]) => `${roleName(role)}: ${valueText(value)}`);
function factSentence(fact) {
  const arrow = () => el("span", { class: "arrow", "aria-hidden": "true" }, " → ");
  const out = [entityButton(fact.s), arrow(), el("span", { class: "verb" }, predicateName(fact.p))];
  if (fact.o) out.push(arrow(), valueNode(fact.o));
  for (const [role, value] of toldWith(fact)) {
    out.push(", ");
    if (!isTyped(value) || !inKorean()) out.push(el("span", { class: "role" }, roleName(role) + " "));
    out.push(valueNode(value));
  }
  return out;
}
function factText(fact) {
  const parts = [nameOf(fact.s), predicateName(fact.p), ...(fact.o ? [valueText(fact.o)] : [])];
  return parts.join(" → ") + toldWith(fact).map(([, value]) => ", " + valueText(value)).join("");
}
function badges(fact) {
  return [el("span", { class: "badge " + fact.st }, word(fact.st)), fact.neg && el("span", { class: "badge negated" }, word("negated")),
    fact.x && el("span", { class: "badge conflict", title: word("against") }, word("conflict")),
    (fact.j || []).some(([way]) => way === "kg:sameEventAs") && el("span", { class: "badge same" }, word("j-sameEventAs"))].filter(Boolean);
}

function safeLink(url) {
  try { const parsed = new URL(url); return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null; } catch { return null; }
}

function evidenceNode(fact, [a, s, rule]) {
  const article = articles[a], sentence = article.s[s], link = article.url && safeLink(article.url);
  return el("div", { class: "evidence", "data-article": article.id },
    el("div", { class: "from" },
      article.outlet && el("strong", {}, clip(article.outlet, 60)), el("span", {}, dayName(article.published)),
      el("button", { type: "button", title: article.title ? clip(article.title, 200) : null, onclick: () => openArticle(a, factOf.get(fact.id)) }, word("inarticle")),
      link && el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, word("source") + " ↗")),
    sentence && el("blockquote", { title: [...wordingOf(fact), `${word("rule")}: ${clip(rule, 80)}`].join(" · ") }, markedSentence(sentenceMarks(sentence, fact), chooseEntity)));
}

// The facts that cannot hold beside this one, each to be looked at with its own sentences.
const againstNode = (fact) => el("div", { class: "against" }, el("span", { class: "role" }, word("against") + " "),
  fact.x.map((i) => el("button", { type: "button", "data-against": facts[i].id, onclick: () => chooseFact(i) }, clip(factText(facts[i]), 120))));

// The same event in another article, what came before and after: each to be looked at, with the reason as its title.
const joinedNode = (fact) => el("div", { class: "joined" }, [...new Set(fact.j.map(([way]) => way))].map((way) => el("div", {},
  el("span", { class: "role" }, word("j-" + way.replace("kg:", "")) + " "),
  fact.j.filter((each) => each[0] === way).map(([, i, ko, en]) => el("button", { type: "button", "data-joined": facts[i].id, "data-way": way, title: inKorean() ? ko : en,
    onclick: () => chooseFact(i) }, clip([factText(facts[i]), factOutlet(facts[i])].filter(Boolean).join(" · "), 120))))));
const factOutlet = (fact) => fact.ev.length && articles[fact.ev[0][0]].outlet;

function factCard(i, open) {
  const fact = facts[i];
  const held = el("div", { hidden: !open });
  const fill = () => { if (!held.childElementCount) held.append(...fact.ev.slice(0, 20).map((each) => evidenceNode(fact, each)), ...(fact.x ? [againstNode(fact)] : []), ...(fact.j ? [joinedNode(fact)] : [])); };
  if (open) fill();
  const toggle = el("button", { type: "button", "aria-expanded": String(Boolean(open)), onclick: () => {
    fill();
    held.hidden = !held.hidden;
    toggle.setAttribute("aria-expanded", String(!held.hidden));
  } }, `${word("evidence")} ${fact.ev.length}`);
  return el("li", { class: "fact", "data-fact": fact.id },
    el("p", { class: "said" }, factSentence(fact)),
    el("div", { class: "meta" }, badges(fact),
      fact.sp !== undefined && el("span", {}, word("speaker") + " ", el("button", { type: "button", onclick: () => chooseEntity(fact.sp) }, nameOf(fact.sp))),
      fact.t && el("span", { class: "when" }, factTime(fact)), toggle), held);
}

// A list of facts that grows on demand.
function factList(list, opened, step = 40) {
  const box = el("ul", { class: "facts" });
  let shown = 0;
  const more = el("button", { type: "button", onclick: () => grow() }, word("more"));
  const grow = () => {
    box.append(...list.slice(shown, shown + step).map((i, nth) => factCard(i, shown + nth < opened)));
    shown += step;
    more.hidden = shown >= list.length;
  };
  grow();
  return [box, list.length > step && el("div", { class: "centred" }, more)].filter(Boolean);
}
