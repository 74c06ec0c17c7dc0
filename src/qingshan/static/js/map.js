// Where do the things of the register lie? One map: our own tiles, no outside base map, no glyphs.
//
// <div data-map data-bounds="w,s,e,n" data-worker="…/maplibre-gl-csp-worker.js" data-word-…="…">   the map
// <input type="checkbox" data-layer="sites" data-tiles="/tiles/sites/{z}/{x}/{y}.mvt"              a layer's switch
//        data-object="/map/sites/{id}/" data-page="/sites/{id}/" data-outline data-max-zoom="14" checked>
// <div id="map-object">        the object's panel, fetched by htmx
// <ul data-in-view>            what is in view, as links: the way in for keyboard and screen reader
// <div data-map-missing hidden> the sentence for browsers that cannot draw maps
//
// A tile's features carry id, name and look (late, due, good, note, none), with the colours of the lists. Where
// there are too many to draw, a tile holds points with `count` instead: discs that a click opens by coming nearer.

const LISTED = 30;
const CLICK_PX = 4;
const NEARER = 2;
// names are written by the browser in its own fonts: nothing is fetched for them
const FONTS = ["Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "sans-serif"];
const LOOKS = { late: "--qs-red", due: "--qs-amber", good: "--qs-green", note: "--qs-blue", none: "--qs-soft" };
const MARKS = { late: "●", due: "▲", good: "✓", note: "◆", none: "○" };

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const absolute = (path) => location.origin + path;
const filled = (template, id) => template.replace("{id}", encodeURIComponent(id));
const idOf = (feature) => feature.id ?? feature.properties.id;

function colourOfLook() {
  const pairs = Object.entries(LOOKS).flatMap(([look, name]) => [look, token(name)]);
  return ["match", ["to-string", ["get", "look"]], ...pairs, token("--qs-pine")];
}

function canDraw() {
  try {
    return Boolean(window.maplibregl && document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function switches() {
  return [...document.querySelectorAll("input[data-layer]")];
}

function source(box) {
  return {
    type: "vector",
    tiles: [absolute(box.dataset.tiles)],
    minzoom: Number(box.dataset.minZoom || 0),
    maxzoom: Number(box.dataset.maxZoom || 14),
  };
}

function sourcesOf(box) {
  const own = [[box.dataset.layer, source(box)]];
  const nothing = { type: "FeatureCollection", features: [] };
  return "outline" in box.dataset ? [...own, [`${box.dataset.layer}:names`, { type: "geojson", data: nothing }]] : own;
}

function label(text, size) {
  return { "text-field": text, "text-size": size, "text-font": FONTS, "text-padding": 6 };
}

// Outlines are quiet dashes with their names and cannot be clicked.
function outlineOf(base, name) {
  const halo = { "text-color": "#33504a", "text-halo-color": "#e9efe6", "text-halo-width": 2 };
  return [
    { ...base, id: `${name}:line`, type: "line", paint: { "line-color": "#8aa09a", "line-width": 1, "line-dasharray": [4, 2] } },
    { id: `${name}:name`, type: "symbol", source: `${name}:names`, layout: { ...base.layout, ...label(["get", "name"], 12) }, paint: halo },
  ];
}

// A tile knows only its own piece of a county, and would name each piece: one name stands in the middle of all.
// True when names were moved, so that the map is not yet at rest.
function nameOutlines(map, box) {
  const name = box.dataset.layer;
  const pieces = map.querySourceFeatures(name, { sourceLayer: box.dataset.sourceLayer || name });
  const boxes = new Map();
  pieces.forEach((piece) => {
    const points = piece.geometry.coordinates.flat(Infinity);
    const known = boxes.get(piece.properties.name) || [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0; at < points.length; at += 2) {
      known[0] = Math.min(known[0], points[at]);
      known[1] = Math.min(known[1], points[at + 1]);
      known[2] = Math.max(known[2], points[at]);
      known[3] = Math.max(known[3], points[at + 1]);
    }
    boxes.set(piece.properties.name, known);
  });
  const features = [...boxes].filter(([title]) => title).map(([title, [west, south, east, north]]) => ({
    type: "Feature",
    properties: { name: title },
    geometry: { type: "Point", coordinates: [(west + east) / 2, (south + north) / 2] },
  }));
  const drawn = JSON.stringify(features);
  if (drawn === box.dataset.names) return false;
  box.dataset.names = drawn;
  map.getSource(`${name}:names`).setData({ type: "FeatureCollection", features });
  return true;
}

function discsOf(base, name) {
  const radius = ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 5, 10, 13, 100, 26];
  const disc = { "circle-color": token("--qs-pine"), "circle-opacity": 0.75, "circle-radius": radius };
  return [
    { ...base, id: `${name}:disc`, type: "circle", filter: ["has", "count"], paint: disc },
    { ...base, id: `${name}:count`, type: "symbol", filter: ["all", ["has", "count"], [">=", ["get", "count"], 10]], layout: { ...base.layout, ...label(["to-string", ["get", "count"]], 11) }, paint: { "text-color": "#fff" } },
  ];
}

const chosen = (id, shape) => ["all", ["==", ["id"], id], ["==", ["geometry-type"], shape]];

function dotOf(box, colour) {
  const radius = ["interpolate", ["linear"], ["zoom"], 5, 2.5, 12, 6];
  const ring = box.dataset.mark === "ring";
  return {
    "circle-radius": radius,
    "circle-color": ring ? "#fff" : colour,
    "circle-stroke-color": ring ? colour : "#fff",
    "circle-stroke-width": ring ? 2 : 1,
  };
}

// Objects are filled, edged, and dots (data-mark="ring": rings) where they are points; the chosen one is ringed.
function layersOf(box) {
  const name = box.dataset.layer;
  const base = { source: name, "source-layer": box.dataset.sourceLayer || name, layout: { visibility: box.checked ? "visible" : "none" } };
  if ("outline" in box.dataset) return outlineOf(base, name);
  const colour = colourOfLook();
  const polygons = ["==", ["geometry-type"], "Polygon"];
  const points = ["all", ["==", ["geometry-type"], "Point"], ["!", ["has", "count"]]];
  return [
    { ...base, id: `${name}:fill`, type: "fill", filter: polygons, paint: { "fill-color": colour, "fill-opacity": 0.28 } },
    { ...base, id: `${name}:line`, type: "line", filter: polygons, paint: { "line-color": colour, "line-width": 1.4 } },
    { ...base, id: `${name}:dot`, type: "circle", filter: points, paint: dotOf(box, colour) },
    ...discsOf(base, name),
    { ...base, id: `${name}:chosen`, type: "line", filter: chosen(-1, "Polygon"), paint: { "line-color": token("--qs-ink"), "line-width": 3 } },
    { ...base, id: `${name}:chosen-dot`, type: "circle", filter: chosen(-1, "Point"), paint: { "circle-color": "rgba(0,0,0,0)", "circle-radius": 9, "circle-stroke-color": token("--qs-ink"), "circle-stroke-width": 2.5 } },
  ];
}

// Outlines lie below the objects, all names above them.
function style() {
  const boxes = switches();
  const isOutline = (box) => "outline" in box.dataset;
  const drawn = [...boxes.filter(isOutline), ...boxes.filter((box) => !isOutline(box))].flatMap(layersOf);
  return {
    version: 8,
    sources: Object.fromEntries(boxes.flatMap(sourcesOf)),
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#e9efe6" } },
      ...drawn.filter((layer) => layer.type !== "symbol"),
      ...drawn.filter((layer) => layer.type === "symbol"),
    ],
  };
}

function touchable(map) {
  return switches()
    .filter((box) => box.checked && box.dataset.object)
    .flatMap(({ dataset: { layer } }) => [`${layer}:fill`, `${layer}:dot`, `${layer}:disc`])
    .filter((id) => map.getLayer(id));
}

function show(map, layer, id) {
  const box = switches().find((one) => one.dataset.layer === layer);
  if (!box?.dataset.object) return;
  switches().forEach((one) => {
    const wanted = one === box ? Number(id) : -1;
    [["chosen", "Polygon"], ["chosen-dot", "Point"]].forEach(([part, shape]) => {
      const name = `${one.dataset.layer}:${part}`;
      if (map.getLayer(name)) map.setFilter(name, chosen(wanted, shape));
    });
  });
  window.htmx.ajax("GET", filled(box.dataset.object, id), { target: "#map-object", swap: "innerHTML" });
  const address = new URL(location.href);
  address.searchParams.set("object", `${layer}:${id}`);
  history.replaceState(null, "", address);
}

function clicked(map, event) {
  const { x, y } = event.point;
  const around = [[x - CLICK_PX, y - CLICK_PX], [x + CLICK_PX, y + CLICK_PX]];
  const [feature] = map.queryRenderedFeatures(around, { layers: touchable(map) });
  if (!feature) return;
  if ("count" in feature.properties) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + NEARER });
  else show(map, feature.source, idOf(feature));
}

// Features are cut at tile edges: each object counts once.
function objectsInView(map) {
  const found = new Map();
  map.queryRenderedFeatures({ layers: touchable(map) }).forEach((feature) => {
    const { coordinates } = feature.geometry;
    found.set(`${feature.source}:${idOf(feature) ?? coordinates}`, feature);
  });
  return [...found.values()];
}

function rowOf(map, feature) {
  const id = idOf(feature);
  const box = switches().find((one) => one.dataset.layer === feature.source);
  const link = document.createElement("a");
  link.href = filled(box.dataset.page || box.dataset.object, id);
  link.textContent = [MARKS[feature.properties.look], feature.properties.name || feature.properties.key || id].filter(Boolean).join(" ");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(map, feature.source, id);
  });
  const row = document.createElement("li");
  row.append(link);
  return row;
}

function listInView(map) {
  const list = document.querySelector("[data-in-view]");
  if (!list) return;
  const found = objectsInView(map);
  const all = found.filter((feature) => !("count" in feature.properties));
  const counted = found.reduce((sum, feature) => sum + (feature.properties.count || 0), 0);
  const focused = list.contains(document.activeElement);
  if (!focused) list.replaceChildren(...all.slice(0, LISTED).map((feature) => rowOf(map, feature)));
  const words = document.querySelector("[data-in-view-words]");
  if (words) words.textContent = words.dataset.template.replace("{n}", String(all.length + counted));
}

function listenToSwitches(map) {
  switches().forEach((box) => box.addEventListener("change", () => {
    layersOf(box).forEach(({ id }) => map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none"));
  }));
}

function sayWhatFailed(place) {
  const said = document.getElementById("said");
  if (!said || said.querySelector("[data-map-fault]")) return;
  const note = document.createElement("div");
  note.className = "note";
  note.dataset.mapFault = "yes";
  note.textContent = place.dataset.wordFault;
  said.append(note);
}

function words(place) {
  return {
    "Map.Title": place.dataset.wordTitle,
    "NavigationControl.ZoomIn": place.dataset.wordZoomIn,
    "NavigationControl.ZoomOut": place.dataset.wordZoomOut,
    "ScaleControl.Meters": "m",
    "ScaleControl.Kilometers": "km",
  };
}

function draw(place) {
  const [west, south, east, north] = place.dataset.bounds.split(",").map(Number);
  window.maplibregl.setWorkerUrl(absolute(place.dataset.worker));
  const map = new window.maplibregl.Map({
    container: place,
    style: style(),
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 24, maxZoom: 15 },
    attributionControl: false,
    hash: "at",
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    locale: words(place),
    localIdeographFontFamily: FONTS.join(","),
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new window.maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new window.maplibregl.ScaleControl({ unit: "metric" }), "bottom-left");
  map.on("click", (event) => clicked(map, event));
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = map.queryRenderedFeatures(event.point, { layers: touchable(map) }).length ? "pointer" : "";
  });
  map.on("idle", () => {
    const outlines = switches().filter((box) => "outline" in box.dataset);
    if (outlines.map((box) => nameOutlines(map, box)).includes(true)) return;
    listInView(map);
    place.dataset.drawn = "yes";
  });
  map.on("error", () => sayWhatFailed(place));
  map.once("load", () => showAsked(map));
  listenToSwitches(map);
  return map;
}

// ?object=sites:12 opens that object, so that a link can point at a thing on the map.
function showAsked(map) {
  const [layer, id] = (new URL(location.href).searchParams.get("object") || "").split(":");
  if (id) show(map, layer, id);
}

const place = document.querySelector("[data-map]");
if (place) {
  if (canDraw()) draw(place);
  else document.querySelector("[data-map-missing]").hidden = false;
}
