// The column beside the drawing: key facts at first, then whatever is chosen.
const isChosen = () => Boolean(state.path) || [state.entity, state.fact, state.bundle].some((each) => each !== null);
function showPanel() {
  const panel = byId("panel");
  let parts;
  if (state.path) parts = pathPanel();
  else if (state.entity !== null) parts = entityPanel(state.entity);
  else if (state.fact !== null) parts = chosenPanel([state.fact], facts[state.fact]);
  else if (state.bundle !== null) parts = chosenPanel(factsOn(bundles[state.bundle].facts), facts[bundles[state.bundle].facts[0]]);
  else if (state.view === "article" && articles.length) parts = articlePanel(shownArticle());
  else parts = homePanel();
  panel.replaceChildren(...parts.flat().filter(Boolean));
  panel.classList.toggle("chosen", isChosen());
  panel.scrollTop = 0;
}
const backButton = () => el("div", { class: "crumbs" }, el("button", { type: "button", class: "crumb", id: "back", onclick: chooseNothing }, "← " + word(state.view === "article" ? "articlefacts" : "back")),
  el("button", { type: "button", class: "icon shut", "aria-label": word("close"), onclick: chooseNothing }, "✕"));

// Key facts tell of many things: each further fact of one subject, pair or relation steps back a little.
function keyFacts() {
  const left = seen.facts.slice(0, 160), out = [], said = new Map();
  const keys = (fact) => [["s" + fact.s, 0.9], ["p" + fact.p, 0.7], ["so" + fact.s + ":" + (fact.o && fact.o.e), 1.2]];
  while (left.length && out.length < 60) {
    let best = 0, most = -Infinity;
    left.forEach((i, n) => {
      const worth = facts[i].w - keys(facts[i]).reduce((sum, [key, cost]) => sum + cost * Math.min(3, said.get(key) || 0), 0);
      if (worth > most) { most = worth; best = n; }
    });
    const [i] = left.splice(best, 1);
    keys(facts[i]).forEach(([key]) => said.set(key, (said.get(key) || 0) + 1));
    out.push(i);
  }
  return out;
}

function homePanel() {
  const top = keyFacts();
  return [el("h2", { class: "serif" }, word("headline")), seen.facts.length ? factList(top, 0, 10) : el("p", { class: "lead" }, word("nothing"))];
}

// The facts of the article that is open, in the order in which it tells them.
function articlePanel(a) {
  const list = [...factsInArticle()[a]].sort((one, two) => one[0] - two[0]).flatMap((each) => factsOn(each[1]));
  const once = [...new Set(list)];
  return [el("h2", { class: "serif" }, word("articlefacts")), once.length ? factList(once, 0, 60) : el("p", { class: "lead" }, word("nothing"))].flat();
}

function chosenPanel(list, fact) {
  const other = fact.o && fact.o.e;
  const rest = other === undefined ? [] : factsOn([...factsBySubject[fact.s], ...factsByObject[fact.s]]).filter((i) => !list.includes(i) && touches(facts[i], other));
  return [backButton(), el("h2", {}, nameOf(fact.s) + (fact.o ? " → " + clip(valueText(fact.o), 60) : "")), factList(list, 12),
    rest.length > 0 && [el("h3", {}, word("otherfacts")), ...factList(rest, 0, 15)]].flat();
}

function entityPanel(e) {
  const entity = entities[e], all = factsOf(e);
  const ranked = [...(seen.answer || all)].sort((a, b) => a - b);
  const depth = el("div", { class: "row", role: "group", "aria-label": word("depth") },
    el("span", { class: "role" }, word("depth")),
    [1, 2, 3, 4].map((n) => el("button", { type: "button", "data-depth": n, "aria-pressed": String(state.depth === n), onclick: () => change({ depth: n }) }, n)),
    el("button", { type: "button", id: "only", "aria-pressed": String(state.only), onclick: () => change({ only: !state.only }) }, word("only")),
    el("span", { class: "break" }),
    el("button", { type: "button", id: "path", "aria-pressed": String(picking === e), onclick: () => { picking = picking === e ? null : e; render(state); } }, word("path")),
    el("button", { type: "button", id: "pin", "aria-pressed": String(state.pins.has(e)), onclick: () => (state.pins.has(e) ? unpin(e) : nodeSet.get(e) && pin(e)) }, word(state.pins.has(e) ? "unpin" : "pin")),
    el("button", { type: "button", id: "hide", onclick: () => change({ ...nothingChosen, hidden: new Set([...state.hidden, e]) }) }, word("hide")));
  return [
    backButton(),
    el("h2", {}, swatch(entity.k), " ", clip(entity.n, 300) || entity.id),
    el("p", { class: "lead" }, [kindName(entity.k), ...(entity.a && entity.a.length ? [`${word("alias")}: ${entity.a.slice(0, 12).map((each) => clip(each, 40)).join(", ")}`] : [])].join(" · ")),
    entity.m && entity.m.length > 0 && el("div", { class: "row" }, el("span", { class: "role" }, word("members")), entity.m.map(entityButton)),
    depth, ...questionBox(e),
    el("h3", {}, `${word("facts")} ${ranked.length}`),
    ranked.length ? factList(ranked, 8, 30) : el("p", { class: "lead" }, word(seen.answer ? "noanswer" : "nothing")),
  ].flat();
}

function pathPanel() {
  const [start, end] = state.path;
  const head = [backButton(), el("h2", {}, `${nameOf(start)} ↔ ${nameOf(end)}`)];
  if (!seen.path) return [...head, el("p", { class: "lead" }, word("pathnone"))];
  return [...head, el("p", { class: "lead", id: "path-found" }, word("pathfound") + ": " + seen.path.map(nameOf).join(" – ")), ...factList(factsAlong(seen.path), 6)];
}

const CORNERS = { square: "3,3 13,3 13,13 3,13", diamond: "8,1 15,8 8,15 1,8", triangle: "8,2 14,13 2,13", triangleDown: "8,14 14,3 2,3", hexagon: "4,2 12,2 16,8 12,14 4,14 0,8",
  star: "8,0.5 10.2,5.6 15.8,6 11.5,9.6 12.9,15 8,12 3.1,15 4.5,9.6 0.2,6 5.8,5.6" };
// A node's look or a line's look, small, for legends and lists.
function swatch(kind) {
  const colour = kindColour(kind), shape = (data.styles[kind] || ["dot"])[0];
  const corners = CORNERS[shape];
  return svg("svg", { class: "swatch", viewBox: "0 0 16 16", "aria-hidden": "true" }, corners ? svg("polygon", { points: corners, fill: colour }) : svg("circle", { cx: 8, cy: 8, r: 6.5, fill: colour }));
}
function lineSwatch(status) {
  const colour = colours[status === "negated" ? "denied" : status];
  const dashes = { planned: "7 4", expected: "2 3" }[status];
  const cross = status === "denied" || status === "negated";
  return svg("svg", { class: "swatch wide", viewBox: "0 0 30 16", "aria-hidden": "true" },
    svg("line", { x1: 0, y1: 8, x2: 30, y2: 8, stroke: status === "negated" ? colours.denied : colour, "stroke-width": 2, "stroke-dasharray": dashes }),
    cross && svg("path", { d: "M11 4l8 8M19 4l-8 8", stroke: colours.denied, "stroke-width": 2 }));
}

function showNotice() {
  const notice = byId("notice");
  notice.hidden = picking === null;
  if (picking === null) return;
  notice.replaceChildren(`${nameOf(picking)} → ? ${word("pathpick")}`, el("button", { type: "button", onclick: () => { picking = null; render(state); } }, word("cancel")));
}
