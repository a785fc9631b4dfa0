// Words of the page in the reader's language.
const word = (key) => data.words[state.lang][key] ?? data.words.ko[key] ?? key;
const inKorean = () => state.lang !== "en";
const predicateName = (p) => data.predicates[p][inKorean() ? 1 : 2];
const kindName = (kind) => (data.kinds[kind] || [kind, kind])[inKorean() ? 0 : 1];
function roleName(role) {
  const known = word("role-" + role);
  return known !== "role-" + role ? known : (data.roles[role] || [role, role])[inKorean() ? 0 : 1];
}
function translatePage() {
  document.documentElement.lang = state.lang;
  document.querySelectorAll("[data-word]").forEach((node) => { node.textContent = word(node.dataset.word); });
  byId("search").placeholder = word("search");
  byId("search").setAttribute("aria-label", word("search"));
  byId("lang").textContent = word("lang");
  byId("lang").setAttribute("aria-label", word("langname"));
  byId("results").setAttribute("aria-label", word("results"));
  byId("tools").setAttribute("aria-label", word("tools"));
  byId("on-canvas").setAttribute("aria-label", word("zoomgroup"));
  byId("canvas").setAttribute("aria-label", word("canvas"));
  byId("filters").setAttribute("aria-label", word("filters"));
  byId("panel").setAttribute("aria-label", word("evidence"));
  byId("timeline").setAttribute("aria-label", word("timeline"));
  byId("tabs").setAttribute("aria-label", word("group"));
  for (const [id, key] of [["theme", "theme"], ["zoom-in", "zoomin"], ["zoom-out", "zoomout"], ["fit", "fit"]]) {
    byId(id).setAttribute("aria-label", word(key));
    byId(id).title = word(key);
  }
  const single = articles.length === 1 ? articles[0] : null;
  const title = data.title || (data.focus !== null && nameOf(data.focus)) || (single && single.title) || word("title");
  byId("nameplate").textContent = clip(title, 120);
  document.title = clip(title, 120) + (title === word("title") ? "" : " · " + word("title"));
  const known = single ? [single.outlet, single.published && dayName(single.published)].filter(Boolean) : [];
  const parts = known.length ? known : [`${word("articles")} ${articles.length}`];
  byId("dateline").textContent = [...parts, `${word("entities")} ${entities.length}`, `${word("facts")} ${facts.length}`].filter(Boolean).map((each) => clip(each, 40)).join(" · ");
}
