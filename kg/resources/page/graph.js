// The drawing: vis-network with the nodes and edges that the filters leave.
let network = null, nodeSet = null, edgeSet = null, moving = false;
const paper = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
let colours = {};
function readColours() {
  colours = {};
  for (const name of ["paper", "sheet", "ink", "soft", "faint", "line", "accent", ...STATUSES]) colours[name] = paper(name);
}
const isDark = () => (state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const kindColour = (kind) => (data.styles[kind] || ["dot", "#777777", "#aaaaaa"])[isDark() ? 2 : 1];

function isDimmed(e) {
  if (seen.path) return !seen.path.includes(e);
  if (seen.answered) return !seen.answered.has(e);
  if (state.entity !== null) return !seen.near.has(e);
  const i = state.fact !== null ? state.fact : state.bundle !== null ? bundles[state.bundle].facts[0] : null;
  return i === null ? false : e !== facts[i].s && !(facts[i].o && facts[i].o.e === e);
}
function isEdgeDimmed(bundle) {
  if (seen.path) return !seen.path.some((e, i) => i && [seen.path[i - 1], e].includes(bundle.from) && [seen.path[i - 1], e].includes(bundle.to) && bundle.from !== bundle.to);
  if (state.bundle !== null) return bundle.id !== state.bundle;
  if (state.fact !== null) return !bundle.facts.includes(state.fact);
  if (seen.answer) return !bundle.facts.some((i) => seen.answer.includes(i));
  if (state.entity !== null) return state.depth === 1 ? bundle.from !== state.entity && bundle.to !== state.entity : !seen.near.has(bundle.from) || !seen.near.has(bundle.to);
  return false;
}

function nodeLook(e) {
  const colour = kindColour(entities[e].k);
  const chosen = e === state.entity || (seen.path && (e === seen.path[0] || e === seen.path[seen.path.length - 1]));
  return {
    color: { background: colour, border: chosen ? colours.ink : colours.paper, highlight: { background: colour, border: colours.ink }, hover: { background: colour, border: colours.soft } },
    borderWidth: chosen ? 3 : 1.5, opacity: isDimmed(e) ? 0.22 : 1,
  };
}
function edgeLook(bundle) {
  const colour = bundle.negated ? colours.denied : colours[bundle.status];
  const dim = isEdgeDimmed(bundle);
  const chosen = !dim && (state.bundle === bundle.id || seen.path || state.entity !== null);
  return { color: { color: colour, highlight: colour, hover: colour, opacity: dim ? 0.1 : chosen ? 1 : 0.7 }, width: bundle.width * swell * (chosen ? 1.4 : 1) };
}

// What the labels show of an edge: its first visible relation and how many more there are.
function edgeText(bundle) {
  const on = bundle.facts.filter((i) => seen.factSet.has(i));
  if (!on.length) return "";
  const named = on.find((i) => data.predicates[facts[i].p][0].startsWith("kg:"));
  const first = facts[named === undefined ? on[0] : named];
  return (bundle.negated ? "✕ " : "") + clip(predicateName(first.p), 24) + (on.length > 1 ? " +" + (on.length - 1) : "");
}

// A pinned node stays where the reader has put it; its place is kept in the layout's own measure, whatever the screen.
function pin(e) {
  const { x, y } = network.getPosition(e);
  change({ pins: new Map([...state.pins, [e, [Math.round(x / stretch.x), Math.round(y / stretch.y)]]]) });
}
const unpin = (e) => change({ pins: new Map([...state.pins].filter((each) => each[0] !== e)) });
const pinPlace = (e) => ({ x: state.pins.get(e)[0] * stretch.x, y: state.pins.get(e)[1] * stretch.y });

// The layout is pulled to the shape of the reader's screen, never pressed, so that what stands apart stays apart;
// nodes grow where all of it must be small.
let swell = 1, stretch = { x: 1, y: 1 };
function suitScreen() {
  const nodes = data.network.nodes.slice(0, opening).filter((node) => isDrawn(node.id));
  if (!nodes.length) return;
  const span = (key) => Math.max(...nodes.map((node) => node[key])) - Math.min(...nodes.map((node) => node[key])) + 160;
  const box = byId("canvas"), across = box.clientWidth || 800, down = box.clientHeight || 600;
  const pull = Math.min(2, Math.max(0.5, (across / down) / (span("x") / span("y"))));
  stretch = { x: Math.max(1, pull), y: Math.max(1, 1 / pull) };
  for (const node of data.network.nodes) { node.x = Math.round(node.x * stretch.x); node.y = Math.round(node.y * stretch.y); }
  const scale = Math.min(across / span("x"), down / span("y"));
  swell = Math.min(1.5, Math.max(1, 0.5 / scale));
}

function startGraph() {
  readColours();
  suitScreen();
  nodeSet = new vis.DataSet();
  edgeSet = new vis.DataSet();
  const options = { ...data.network.options };
  if (bundles.length > 3000) options.interaction = { ...options.interaction, hideEdgesOnDrag: true, hideEdgesOnZoom: true, hover: false };
  network = new vis.Network(byId("canvas"), { nodes: nodeSet, edges: edgeSet }, options);
  network.on("click", (event) => {
    if (event.nodes.length) { chooseEntity(event.nodes[0]); bringIntoView(event.nodes[0]); }
    else if (event.edges.length) chooseBundle(event.edges[0]);
    else if (state.entity !== null || state.bundle !== null || state.fact !== null || state.path) chooseNothing();
  });
  network.on("doubleClick", (event) => { if (event.nodes.length) change({ ...nothingChosen, entity: event.nodes[0], only: !state.only }); });
  network.on("hoverNode", (event) => { hovered = { node: event.node }; network.redraw(); });
  network.on("hoverEdge", (event) => { hovered = { edge: event.edge }; network.redraw(); });
  for (const name of ["blurNode", "blurEdge"]) network.on(name, () => { hovered = {}; network.redraw(); });
  network.on("dragEnd", (event) => { if (event.nodes.length) pin(event.nodes[0]); });
  network.on("afterDrawing", drawLabels);
  network.on("resize", () => { if (!touched) fit(); });
  for (const name of ["zoom", "dragStart"]) network.on(name, () => { touched = true; hovered = {}; });
  byId("canvas").addEventListener("keydown", steer);
}
let touched = false, hovered = {};

function fit(nodes) {
  const ids = nodes || nodeSet.getIds();
  if (!ids.length) return;
  const places = Object.values(network.getPositions(ids)), box = byId("canvas");
  const ends = (key) => [Math.min(...places.map((each) => each[key])), Math.max(...places.map((each) => each[key]))];
  const [left, right] = ends("x"), [top, bottom] = ends("y");
  // Names want room at the sides and below, the buttons at the top.
  const side = box.clientWidth < 500 ? 44 : 84, above = 62, below = 34;
  const scale = Math.max(0.02, Math.min(1.15, (box.clientWidth - 2 * side) / (right - left || 1), (box.clientHeight - above - below) / (bottom - top || 1)));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, offset: { x: 0, y: (above - below) / 2 }, scale, animation: false });
}

function syncGraph(was) {
  const wanted = seen.nodes;
  const gone = nodeSet.getIds().filter((e) => !wanted.has(e));
  const large = wanted.size > 1200;
  const rows = [];
  for (const e of wanted) {
    const known = nodeSet.get(e);
    const moved = state.pins !== was.pins && (state.pins.has(e) || (was.pins && was.pins.has(e)));
    if (known && large && !was.repaint && !moved) { if (e !== state.entity && e !== was.entity) continue; }
    const { shape, x, y } = data.network.nodes[e], size = data.network.nodes[e].size * swell;
    const place = state.pins.has(e) ? pinPlace(e) : { x, y }, fixed = state.pins.has(e);
    rows.push({ id: e, shape, size, ...(known && !moved ? {} : { ...place, fixed: { x: fixed, y: fixed } }), ...nodeLook(e) });
  }
  const edgeRows = [], edgeGone = [];
  const drawn = new Set(edgeSet.getIds());
  for (const bundle of bundles) {
    const on = wanted.has(bundle.from) && wanted.has(bundle.to) && bundle.facts.some((i) => seen.factSet.has(i)) && (!state.only || !isEdgeDimmed(bundle) || state.depth > 1);
    if (!on) { if (drawn.has(bundle.id)) edgeGone.push(bundle.id); continue; }
    if (drawn.has(bundle.id) && large && !was.repaint && !(state.bundle === bundle.id || was.bundle === bundle.id)) continue;
    const { id, from, to, dashes, smooth, arrows } = bundle;
    edgeRows.push({ id, from, to, dashes: dashes || false, arrows: large ? "" : arrows, ...(smooth ? { smooth } : {}), ...edgeLook(bundle) });
  }
  const grew = rows.some((row) => row.x !== undefined && !nodeSet.get(row.id));
  edgeSet.remove(edgeGone);
  nodeSet.remove(gone);
  nodeSet.update(rows);
  edgeSet.update(edgeRows);
  if (state.bundle !== null && edgeSet.get(state.bundle)) network.setSelection({ nodes: [], edges: [state.bundle] });
  else if (state.entity !== null && nodeSet.get(state.entity)) network.setSelection({ nodes: [state.entity], edges: [] });
  else network.unselectAll();
  if (grew || gone.length) { if (!touched || state.only !== was.only) fit(); }
  byId("more").hidden = seen.left === 0 || state.only;
  byId("everything").hidden = seen.left <= data.first || state.only;
  byId("more").textContent = `${word("more")} +${Math.min(seen.left, data.first)}`;
  showMoving();
  showEmpty();
  byId("count").textContent = `${word("shown")}: ${word("entities")} ${wanted.size}/${entities.length} · ${word("facts")} ${seen.facts.length}/${facts.length}`;
}

// Where there is nothing to draw, the page says so and offers the way back.
function showEmpty() {
  const box = byId("empty"), filtered = [...Object.values(state.off), state.hidden].some((each) => each.size) || state.from || state.to;
  box.hidden = seen.nodes.size > 0;
  if (box.hidden) return;
  const clear = () => change({ off: fresh().off, hidden: new Set(), from: "", to: "", only: false });
  box.replaceChildren(...[el("p", {}, word(filtered ? "nothing" : "emptygraph")), filtered && el("button", { type: "button", id: "clear-filters", onclick: clear }, word("clearfilters"))].filter(Boolean));
}

// Make sure that what was chosen elsewhere is on the screen.
function bringIntoView(e) {
  if (!nodeSet.get(e)) return;
  const at = network.canvasToDOM(network.getPosition(e));
  const box = byId("canvas").getBoundingClientRect();
  if (at.x < 30 || at.y < 30 || at.x > box.width - 30 || at.y > box.height - 40) network.moveTo({ position: network.getPosition(e), animation: false });
}

function setMoving(on) {
  moving = on;
  if (on) touched = true;
  network.setOptions({ physics: { enabled: on } });
  showMoving();
}
function showMoving() {
  byId("physics").textContent = word(moving ? "still" : "physics");
  byId("physics").setAttribute("aria-pressed", moving);
}

function zoomBy(factor) { touched = true; network.moveTo({ scale: network.getScale() * factor, animation: false }); }

// Keys on the drawing: arrows go to the nearest node that way, Enter reads its facts, + and - zoom, 0 fits, Escape lets go.
function steer(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (ways[event.key]) {
    event.preventDefault();
    const [dx, dy] = ways[event.key];
    const ids = nodeSet.getIds();
    if (!ids.length) return;
    if (state.entity === null || !nodeSet.get(state.entity)) { chooseEntity(Math.min(...ids)); return; }
    const here = network.getPosition(state.entity), places = network.getPositions(ids);
    let best = null, least = Infinity;
    for (const e of ids) {
      const x = places[e].x - here.x, y = places[e].y - here.y, along = x * dx + y * dy;
      if (e === state.entity || along <= 0) continue;
      const cost = along + 2.5 * Math.abs(x * dy - y * dx);
      if (cost < least) { least = cost; best = e; }
    }
    if (best !== null) { chooseEntity(best); bringIntoView(best); }
  } else if (event.key === "Enter") byId("panel").focus();
  else if (event.key === "+" || event.key === "=") zoomBy(1.25);
  else if (event.key === "-") zoomBy(0.8);
  else if (event.key === "0") { touched = false; fit(); }
}
