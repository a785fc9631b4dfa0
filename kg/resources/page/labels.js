// Names on the drawing, set as on a map: the weightiest first, never one over another, always at a readable size.
const FONT = 'Pretendard, "Pretendard Variable", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo", system-ui, sans-serif';
const widths = new Map();
let placed = [];

function textWidth(ctx, text, weight) {
  const key = weight + text;
  if (!widths.has(key)) {
    ctx.save();
    ctx.font = `${weight} 100px ${FONT}`;
    widths.set(key, ctx.measureText(text).width / 100);
    ctx.restore();
  }
  return widths.get(key);
}

// Boxes already taken, in squares of the drawing so that a question looks at a few of them only.
function makeField(size) {
  const squares = new Map();
  const over = (box, visit) => {
    for (let x = Math.floor(box[0] / size); x <= Math.floor(box[2] / size); x++) {
      for (let y = Math.floor(box[1] / size); y <= Math.floor(box[3] / size); y++) if (visit(x + ":" + y) === true) return true;
    }
    return false;
  };
  return {
    add: (box) => over(box, (key) => { if (!squares.has(key)) squares.set(key, []); squares.get(key).push(box); }),
    isFree: (box, own) => !over(box, (key) => (squares.get(key) || []).some((other) => other !== own && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])),
  };
}

function write(ctx, text, x, y, size, weight, colour, scale) {
  ctx.font = `${weight} ${size}px ${FONT}`;
  ctx.lineWidth = 3.5 / scale;
  ctx.strokeStyle = colours.paper;
  ctx.fillStyle = colour;
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
}

// Few names may be larger.
const grown = () => (nodeSet.length <= 30 && byId("canvas").clientWidth > 500 ? 1.14 : 1);
function drawLabels(ctx) {
  const scale = network.getScale(), box = byId("canvas");
  const low = network.DOMtoCanvas({ x: 0, y: 0 }), high = network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight });
  const drawn = network.body.nodes, field = makeField(90 / scale), texts = makeField(90 / scale), own = new Map();
  const inView = [];
  for (const e of nodeSet.getIds()) {
    const node = drawn[e];
    if (node.x < low.x - 40 || node.x > high.x + 40 || node.y < low.y - 40 || node.y > high.y + 40) continue;
    inView.push(e);
    const r = node.options.size * (node.options.shape === "square" ? 0.9 : 1) + 1;
    if (r * scale > 3) { const square = [node.x - r, node.y - r, node.x + r, node.y + r]; own.set(e, square); field.add(square); }
  }
  const crosses = findCrosses();
  for (const { at } of crosses) field.add([at.x - 6 / scale, at.y - 6 / scale, at.x + 6 / scale, at.y + 6 / scale]);
  const strong = (e) => (e === hovered.node || e === state.entity ? 2 : isDimmed(e) ? 0 : 1);
  inView.sort((a, b) => strong(b) - strong(a) || entities[b].w - entities[a].w || a - b);
  placed = [];
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const nameNodes = (list, leading) => { for (const e of list) {
    const node = drawn[e], r = node.options.size, big = r >= 20 * swell;
    const weight = big || strong(e) === 2 ? 600 : 400, size = ((big ? 14 : 12.5) * grown()) / scale;
    const text = clip(entities[e].n, 22) || entities[e].id, half = (textWidth(ctx, text, weight) * size) / 2 + 2 / scale, tall = size * 0.62;
    const gap = r + tall + 2 / scale;
    const spots = [[node.x, node.y + gap], [node.x, node.y - gap], [node.x + r + half + 3 / scale, node.y], [node.x - r - half - 3 / scale, node.y]];
    const inside = spots.filter(([x, y]) => x - half > low.x && x + half < high.x && y - tall > low.y && y + tall < high.y);
    const free = (where) => inside.find(([x, y]) => where.isFree([x - half, y - tall, x + half, y + tall], own.get(e)));
    // A leading name may stand on another node's shape rather than be missing; on another name it never stands.
    const spot = free(field) || (leading || strong(e) === 2 ? free(texts) : null) || (strong(e) === 2 ? spots[0] : null);
    if (!spot) continue;
    const [x, y] = spot, taken = [x - half, y - tall, x + half, y + tall];
    field.add(taken);
    texts.add(taken);
    placed.push({ node: e, text, box: taken, x, y, size, weight, colour: colours.ink, faint: !strong(e) });
    ctx.globalAlpha = strong(e) ? 1 : 0.3;
    write(ctx, text, x, y, size, weight, colours.ink, scale);
  } ctx.globalAlpha = 1; };
  for (const { at, dim } of crosses) drawCross(ctx, at, scale, dim);
  for (const e of inView) if (state.pins.has(e)) drawPin(ctx, drawn[e], scale);
  // The leading names first, then the leading relations, then all others as far as there is room.
  const relations = edgeOrder(scale, low, high);
  nameNodes(inView.slice(0, 8), true);
  nameNodes(inView.slice(8, 14));
  nameEdges(relations.slice(0, 6), ctx, scale, field);
  nameNodes(inView.slice(14, 700));
  nameEdges(relations.slice(6, 500), ctx, scale, field);
  ctx.restore();
}

function pointOn(edge, share) {
  try { return edge.edgeType.getPoint(share); } catch { return null; }
}

const isEdgeChosen = (id) => id === hovered.edge || id === state.bundle;
function edgeOrder(scale, low, high) {
  const ids = edgeSet.getIds();
  if (ids.length > 2500 && scale < 0.5) return ids.filter(isEdgeChosen);
  const rank = new Map();
  for (const id of ids) {
    const bundle = bundles[id], edge = network.body.edges[id];
    if (bundle.from === bundle.to || !edge || !edge.connected || (isEdgeDimmed(bundle) && !isEdgeChosen(id))) continue;
    const x = (edge.from.x + edge.to.x) / 2, y = (edge.from.y + edge.to.y) / 2;
    if (x > low.x && x < high.x && y > low.y && y < high.y) rank.set(id, isEdgeChosen(id) ? -1 : id);
  }
  return [...rank.keys()].sort((a, b) => rank.get(a) - rank.get(b));
}
function nameEdges(ids, ctx, scale, field) {
  const size = (11 * grown()) / scale;
  for (const id of ids) {
    const bundle = bundles[id], edge = network.body.edges[id], text = edgeText(bundle);
    const length = Math.hypot(edge.from.x - edge.to.x, edge.from.y - edge.to.y);
    const weight = isEdgeChosen(id) ? 600 : 400, half = (textWidth(ctx, text, weight) * size) / 2 + 2 / scale, tall = size * 0.6, lift = tall + 3 / scale;
    if (!text || (half * 1.3 > length && !isEdgeChosen(id))) continue;
    for (const [share, shift] of [[0.5, 0], [0.42, 0], [0.58, 0], [0.34, 0], [0.66, 0], [0.5, -lift], [0.5, lift], [0.4, -lift], [0.6, lift]]) {
      const at = pointOn(edge, share);
      if (!at) break;
      const taken = [at.x - half, at.y - tall + shift, at.x + half, at.y + tall + shift];
      if (!field.isFree(taken)) continue;
      field.add(taken);
      const colour = bundle.negated ? colours.denied : colours[bundle.status];
      placed.push({ edge: id, text, box: taken, x: at.x, y: at.y + shift, size, weight, colour, faint: false });
      write(ctx, text, at.x, at.y + shift, size, weight, colour, scale);
      break;
    }
  }
}

// A denied or negated edge is struck through at its middle.
function findCrosses() {
  return edgeSet.getIds().filter((id) => (bundles[id].status === "denied" || bundles[id].negated) && bundles[id].from !== bundles[id].to)
    .map((id) => ({ at: network.body.edges[id] && network.body.edges[id].connected && pointOn(network.body.edges[id], 0.5), dim: isEdgeDimmed(bundles[id]) })).filter((each) => each.at);
}
// A pinned node wears a pin's head at its shoulder.
function drawPin(ctx, node, scale) {
  const r = node.options.size * 0.72;
  ctx.beginPath();
  ctx.arc(node.x + r, node.y - r, 4 / scale, 0, 2 * Math.PI);
  ctx.fillStyle = colours.ink;
  ctx.strokeStyle = colours.paper;
  ctx.lineWidth = 1.5 / scale;
  ctx.fill();
  ctx.stroke();
}
function drawCross(ctx, at, scale, dim) {
  const arm = Math.min(5 / scale, 18);
  ctx.globalAlpha = dim ? 0.15 : 1;
  ctx.strokeStyle = colours.denied;
  ctx.lineWidth = 2 / scale;
  ctx.beginPath();
  ctx.moveTo(at.x - arm, at.y - arm); ctx.lineTo(at.x + arm, at.y + arm);
  ctx.moveTo(at.x + arm, at.y - arm); ctx.lineTo(at.x - arm, at.y + arm);
  ctx.stroke();
  ctx.globalAlpha = 1;
}
