// Putting it together: one state, and everything on the page drawn from it.
function applyTheme() {
  document.documentElement.classList.toggle("dark", isDark());
  readColours();
}
function showTabs() {
  for (const view of VIEWS) {
    byId("view-" + view).hidden = state.view !== view;
    byId("tab-" + view).setAttribute("aria-selected", String(state.view === view));
    byId("tab-" + view).tabIndex = state.view === view ? 0 : -1;
  }
  byId("undo").disabled = trail.length === 0;
}

let drawnLook = "";
observers.push((was) => {
  const look = state.lang + isDark();
  const repaint = look !== drawnLook;
  if (repaint) { drawnLook = look; applyTheme(); translatePage(); showSaves(); }
  showTabs();
  lookAround();
  syncGraph({ ...was, repaint });
  showPanel();
  showNotice();
  showFilters();
  showTable();
  showArticle();
  showTimeline();
  network.redraw();
});

function start() {
  state = readHash(location.hash);
  if (!location.hash && data.focus !== null) state.entity = data.focus;
  applyTheme();
  translatePage();
  startGraph();
  startSearch();
  const on = (id, run) => byId(id).addEventListener("click", run);
  on("undo", undo);
  on("reset", () => { picking = null; touched = false; change({ ...fresh(), lang: state.lang, theme: state.theme }); fit(); });
  on("lang", () => change({ lang: inKorean() ? "en" : "ko" }));
  on("theme", () => change({ theme: isDark() ? "light" : "dark" }));
  on("zoom-in", () => zoomBy(1.25));
  on("zoom-out", () => zoomBy(0.8));
  on("fit", () => { touched = false; fit(); });
  on("physics", () => setMoving(!moving));
  on("more", () => change({ limit: state.limit + data.first }));
  on("everything", () => change({ limit: entities.length }));
  on("skip", () => { change({ view: "table" }); const first = byId("view-table").querySelector("button"); if (first) first.focus(); });
  on("open-filters", () => byId("open-filters").setAttribute("aria-expanded", String(byId("filters").classList.toggle("open"))));
  for (const view of VIEWS) on("tab-" + view, () => change({ view }));
  byId("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: VIEWS.length - 1 }[event.key];
    if (!step || event.target.getAttribute("role") !== "tab") return;
    const next = VIEWS[(VIEWS.indexOf(state.view) + step) % VIEWS.length];
    change({ view: next });
    byId("tab-" + next).focus();
  });
  document.addEventListener("click", (event) => {
    if (!byId("save").contains(event.target)) byId("save").open = false;
    if (!byId("filters").contains(event.target) && event.target !== byId("open-filters") && event.target.isConnected) closeFilters();
  });
  document.addEventListener("keydown", (event) => {
    const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape") { closeFilters(); byId("save").open = false; if (!typing) chooseNothing(); }
    else if (event.key === "/" && !typing) { event.preventDefault(); byId("search").focus(); }
    else if (event.key === "z" && (event.ctrlKey || event.metaKey) && !typing) { event.preventDefault(); undo(); }
  });
  window.addEventListener("hashchange", () => { if (location.hash.slice(1) !== writeHash()) { trail = []; restore(location.hash); } });
  window.addEventListener("popstate", () => { if (location.hash.slice(1) !== writeHash()) restore(location.hash); });
  window.addEventListener("resize", () => showTimeline());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => render(state));
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(() => { widths.clear(); network.redraw(); });
  render(state);
  fit();
  // For whoever drives the page from outside: where things stand, and what is written on the drawing.
  window.graphPage = {
    ready: true, redraw: () => network.renderer._redraw(), labels: () => placed.map((each) => ({ ...each })), find: (text) => findAll(text),
    nodes: () => nodeSet.getIds().map((e) => ({ id: entities[e].id, ...network.canvasToDOM(network.getPosition(e)), r: network.body.nodes[e].options.size * network.getScale() })),
    at: (id) => network.canvasToDOM(network.getPosition(entityOf.get(id))),
    edgeAt: (from, to) => { const b = bundles.find((each) => entities[each.from].id === from && entities[each.to].id === to); return network.canvasToDOM(pointOn(network.body.edges[b.id], 0.5)); },
  };
}
start();
