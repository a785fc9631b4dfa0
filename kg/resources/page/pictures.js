// Pictures of the drawing: what stands on the screen, with a legend, as SVG and as PNG.
const xml = (text) => plain(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const at = (number) => Number(number.toFixed(1));
const lineDashes = { planned: "7 4", expected: "2 3" };
// An edge from rim to rim, bent as on the drawing.
function edgePath(bundle) {
  const edge = network.body.edges[bundle.id], middle = bundle.from !== bundle.to && edge && edge.connected ? pointOn(edge, 0.5) : null;
  if (!middle) return "";
  const scale = network.getScale(), [a, m, b] = [edge.from, middle, edge.to].map((each) => network.canvasToDOM({ x: each.x, y: each.y }));
  const bent = { x: 2 * m.x - (a.x + b.x) / 2, y: 2 * m.y - (a.y + b.y) / 2 };
  const far = Math.hypot(b.x - bent.x, b.y - bent.y) || 1, rim = edge.to.options.size * scale + 5;
  const tip = { x: b.x - ((b.x - bent.x) / far) * rim, y: b.y - ((b.y - bent.y) / far) * rim };
  const dim = isEdgeDimmed(bundle) ? ' opacity="0.12"' : "", colour = bundle.negated ? colours.denied : colours[bundle.status];
  const dashes = bundle.dashes ? ` stroke-dasharray="${bundle.dashes.map((each) => at(each * scale)).join(" ")}"` : "";
  const line = `<path d="M${at(a.x)} ${at(a.y)}Q${at(bent.x)} ${at(bent.y)} ${at(tip.x)} ${at(tip.y)}" fill="none" stroke="${colour}" stroke-width="${at(Math.max(1, bundle.width * scale))}"${dashes}${dim} marker-end="url(#arrow)"><title>${xml(`${nameOf(bundle.from)} → ${edgeText(bundle)} → ${nameOf(bundle.to)}`)}</title></path>`;
  return line + (bundle.status === "denied" || bundle.negated ? `<path d="M${at(m.x - 5)} ${at(m.y - 5)}l10 10m0-10l-10 10" stroke="${colours.denied}" stroke-width="2"${dim}/>` : "");
}
function nodeShape(kind, x, y, r) {
  const corners = CORNERS[(data.styles[kind] || ["dot"])[0]], fill = kindColour(kind);
  if (!corners) return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(r)}" fill="${fill}"/>`;
  const points = corners.split(" ").map((point) => point.split(",").map((each) => (Number(each) - 8) / 7));
  return `<polygon points="${points.map(([dx, dy]) => `${at(x + dx * r)},${at(y + dy * r)}`).join(" ")}" fill="${fill}"/>`;
}
// The foot of a picture: its title, where it comes from, and what lines and shapes in it mean.
function pictureFoot(width, top, kinds, statuses) {
  const rows = [], ink = (text, x, y, size, weight, colour) => rows.push(`<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${xml(text)}</text>`);
  rows.push(`<path d="M16 ${top}H${width - 16}" stroke="${colours.ink}"/>`);
  ink(byId("nameplate").textContent, 16, top + 22, 15, 700, colours.ink);
  ink(byId("dateline").textContent, 16, top + 39, 11, 400, colours.soft);
  let x = 16, y = top + 60;
  const item = (text, look, wide) => {
    const room = wide + 10 + widthOf(text, 11) + 18;
    if (x + room > width - 8) { x = 16; y += 18; }
    rows.push(look(x, y - 4));
    ink(text, x + wide + 6, y, 11, 400, colours.soft);
    x += room;
  };
  for (const status of statuses) item(word(status), (x, y) => `<path d="M${x} ${y}h28" stroke="${colours[status === "negated" ? "denied" : status]}" stroke-width="2" stroke-dasharray="${lineDashes[status] || "none"}"/>` + (status === "denied" || status === "negated" ? `<path d="M${x + 10} ${y - 4}l8 8m0-8l-8 8" stroke="${colours.denied}" stroke-width="2"/>` : ""), 28);
  for (const kind of kinds) item(kindName(kind), (x, y) => nodeShape(kind, x + 6, y, 5), 12);
  return { rows, bottom: y + 14 };
}
const widthOf = (text, size) => Array.from(text).reduce((sum, letter) => sum + (/[\u1100-\uffe6]/.test(letter) ? 1 : 0.58), 0) * size;

// What stands on the screen, with its legend, as a drawing that can be scaled and edited.
function svgText() {
  graphRedraw();
  const box = byId("canvas"), width = box.clientWidth || 800, height = box.clientHeight || 600, scale = network.getScale(), out = [];
  const ids = nodeSet.getIds(), edges = edgeSet.getIds().map((id) => bundles[id]);
  edges.forEach((bundle) => out.push(edgePath(bundle)));
  for (const e of ids) {
    const node = network.body.nodes[e], { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
    out.push(`<g${isDimmed(e) ? ' opacity="0.25"' : ""}><title>${xml(nameOf(e))}</title>${nodeShape(entities[e].k, x, y, node.options.size * scale)}</g>`);
  }
  for (const label of placed) {
    const { x, y } = network.canvasToDOM(label), size = label.size * scale;
    out.push(`<text x="${at(x)}" y="${at(y + size * 0.36)}" font-size="${at(size)}" font-weight="${label.weight}" fill="${label.colour}" class="halo" text-anchor="middle"${label.faint ? ' opacity="0.3"' : ""}>${xml(label.text)}</text>`);
  }
  const drawn = [...STATUSES.filter((status) => edges.some((each) => each.status === status)), ...(edges.some((each) => each.negated) ? ["negated"] : [])];
  const foot = pictureFoot(width, height + 10, [...new Set([...ids].sort((a, b) => a - b).map((e) => entities[e].k))], drawn);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${foot.bottom}" viewBox="0 0 ${width} ${foot.bottom}" font-family="Pretendard, Noto Sans KR, Noto Sans CJK KR, Malgun Gothic, Apple SD Gothic Neo, sans-serif">\n` +
    `<title>${xml(document.title)}</title>\n<style>.halo{paint-order:stroke;stroke:${colours.paper};stroke-width:3.5px;stroke-linejoin:round}</style>\n<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="${colours.soft}"/></marker><clipPath id="frame"><path d="M0 0H${width}V${height}H0z"/></clipPath></defs>\n` +
    `<path d="M0 0H${width}V${foot.bottom}H0z" fill="${colours.paper}"/>\n<g clip-path="url(#frame)">\n${out.filter(Boolean).join("\n")}\n</g>\n${foot.rows.join("\n")}\n</svg>\n`;
}
const graphRedraw = () => network.renderer._redraw();

// The same drawing as a picture of twice the screen's resolution, fit for print.
function savePng() {
  const image = new Image(), source = URL.createObjectURL(new Blob([svgText()], { type: "image/svg+xml" }));
  image.addEventListener("load", () => {
    const to = el("canvas", { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
    to.getContext("2d").drawImage(image, 0, 0, to.width, to.height);
    URL.revokeObjectURL(source);
    to.toBlob((blob) => download("graph.png", "image/png", blob), "image/png");
  });
  image.src = source;
}
