// How does each layer look? Base maps at the bottom, then pictures, outlines, objects; all names on top.
import { absolute, bases, isOutline, isRaster, switches, token } from "./switches.js";

// names are written by the browser in its own fonts: nothing is fetched for them
export const FONTS = ["Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "sans-serif"];
const LOOKS = { late: "--qs-red", due: "--qs-amber", good: "--qs-green", note: "--qs-blue", none: "--qs-soft" };
export const MARKS = { late: "●", due: "▲", good: "✓", note: "◆", none: "○" };
export const URGENCY = { none: 0, note: 1, good: 2, due: 3, late: 4 };
const DASH_PX = 1.4;
const visible = (box) => ({ visibility: box.checked ? "visible" : "none" });

// A layer by use (data-palette="farm:#b07d00 …"): what only is planned is hollow and dashed, what differs has a thick edge.
const told = (name) => ["to-string", ["get", name]];
const isPlanned = ["==", told("stands"), "planned"];
const byUse = (box) => Boolean(box.dataset.palette);

function colourOf(box) {
  if (byUse(box)) {
    const colours = box.dataset.palette.split(" ").flatMap((pair) => pair.split(":"));
    return ["match", told("use"), ...colours, box.dataset.colour];
  }
  const pairs = Object.entries(LOOKS).flatMap(([look, name]) => [look, token(name)]);
  return ["match", ["to-string", ["get", "look"]], ...pairs, box.dataset.colour || token("--qs-pine")];
}

function source(box) {
  const zooms = { minzoom: Number(box.dataset.minZoom || 0), maxzoom: Number(box.dataset.maxZoom || 14) };
  const tiles = [absolute(box.dataset.tiles)];
  return isRaster(box) || "base" in box.dataset ? { type: "raster", tiles, tileSize: 256, ...zooms } : { type: "vector", tiles, ...zooms };
}

function sourcesOf(box) {
  const own = [[box.dataset.layer, source(box)]];
  const nothing = { type: "FeatureCollection", features: [] };
  return isOutline(box) ? [...own, [`${box.dataset.layer}:names`, { type: "geojson", data: nothing }]] : own;
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

function discsOf(base, name, colour) {
  const radius = ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 5, 10, 13, 100, 26];
  const disc = { "circle-color": colour, "circle-opacity": 0.75, "circle-radius": radius };
  return [
    { ...base, id: `${name}:disc`, type: "circle", filter: ["has", "count"], paint: disc },
    { ...base, id: `${name}:count`, type: "symbol", filter: ["all", ["has", "count"], [">=", ["get", "count"], 10]], layout: { ...base.layout, ...label(["to-string", ["get", "count"]], 11) }, paint: { "text-color": "#fff" } },
  ];
}

export const chosen = (id, shape) => ["all", ["==", ["id"], id], ["==", ["geometry-type"], shape]];

function dotByUse(colour) {
  return {
    "circle-radius": ["interpolate", ["linear"], ["zoom"], 5, 3, 12, 7],
    "circle-color": ["case", isPlanned, "#fff", colour],
    "circle-stroke-color": colour,
    "circle-stroke-width": ["case", ["==", told("stands"), "differs"], 3, 1.6],
  };
}

function dotOf(box, colour) {
  if (byUse(box)) return dotByUse(colour);
  const radius = ["interpolate", ["linear"], ["zoom"], 5, 2.5, 12, 6];
  const ring = box.dataset.mark === "ring";
  return {
    "circle-radius": radius,
    "circle-color": ring ? "#fff" : colour,
    "circle-stroke-color": ring ? colour : "#fff",
    "circle-stroke-width": ring ? 2 : 1,
  };
}

// Points that are told by their look are signs, the most urgent above: shape as well as colour.
const signed = (box) => box.dataset.mark === "look";
const byLook = (values, otherwise) => ["match", ["to-string", ["get", "look"]], ...Object.entries(values).flat(), otherwise];

function signOf(box, colour) {
  const layout = {
    ...label(byLook(MARKS, MARKS.none), ["interpolate", ["linear"], ["zoom"], 5, 11, 12, 19]),
    "text-allow-overlap": true,
    "text-ignore-placement": true,
    "symbol-sort-key": byLook(URGENCY, 0),
  };
  return { layout, paint: { "text-color": colour, "text-halo-color": "#fff", "text-halo-width": 1.6 } };
}

function pointOf(base, box, filter, colour) {
  const id = `${box.dataset.layer}:dot`;
  if (!signed(box)) return { ...base, id, type: "circle", filter, paint: dotOf(box, colour) };
  const { layout, paint } = signOf(box, colour);
  return { ...base, id, type: "symbol", filter, layout: { ...base.layout, ...layout }, paint };
}

// dashes cannot follow what a feature tells: what is only planned is a layer of its own
function edgesByUse(base, name, notPoints, colour) {
  const width = ["case", ["==", told("stands"), "differs"], 4, 1.6];
  const edge = (id, which, more) => ({ ...base, id, type: "line", filter: ["all", notPoints, which], paint: { "line-color": colour, "line-width": width, ...more } });
  return [edge(`${name}:line`, ["!", isPlanned], {}), edge(`${name}:planned`, isPlanned, { "line-dasharray": [3, 2] })];
}

function lineOf(box, colour) {
  const paint = { "line-color": colour, "line-width": 1.4 };
  if (box.dataset.dash) paint["line-dasharray"] = box.dataset.dash.split(" ").map((part) => Number(part) / DASH_PX);
  return paint;
}

// Objects are filled, edged, and dots (data-mark="ring": rings, "look": signs) where they are points; the chosen one is ringed.
export function layersOf(box) {
  const name = box.dataset.layer;
  if (isRaster(box)) return [{ id: name, type: "raster", source: name, layout: visible(box) }];
  const base = { source: name, "source-layer": box.dataset.sourceLayer || name, layout: visible(box) };
  if (isOutline(box)) return outlineOf(base, name);
  const colour = colourOf(box);
  const polygons = ["==", ["geometry-type"], "Polygon"];
  const notPoints = ["!=", ["geometry-type"], "Point"];
  const points = ["all", ["==", ["geometry-type"], "Point"], ["!", ["has", "count"]]];
  return [
    { ...base, id: `${name}:fill`, type: "fill", filter: polygons, paint: { "fill-color": colour, "fill-opacity": byUse(box) ? ["case", isPlanned, 0.06, 0.45] : 0.25 } },
    ...(byUse(box) ? edgesByUse(base, name, notPoints, colour) : [{ ...base, id: `${name}:line`, type: "line", filter: notPoints, paint: lineOf(box, colour) }]),
    pointOf(base, box, points, colour),
    ...discsOf(base, name, box.dataset.colour || token("--qs-pine")),
    { ...base, id: `${name}:chosen`, type: "line", filter: chosen(-1, "Polygon"), paint: { "line-color": token("--qs-ink"), "line-width": 3 } },
    { ...base, id: `${name}:chosen-dot`, type: "circle", filter: chosen(-1, "Point"), paint: { "circle-color": "rgba(0,0,0,0)", "circle-radius": 9, "circle-stroke-color": token("--qs-ink"), "circle-stroke-width": 2.5 } },
  ];
}

const named = (box) => `base:${box.value}`;
const withTiles = () => bases().filter((box) => box.value);

export function style() {
  // the list on the page has the uppermost layer first
  const boxes = switches().reverse();
  const rank = (box) => (isRaster(box) ? 0 : isOutline(box) ? 1 : 2);
  const drawn = [...boxes].sort((one, other) => rank(one) - rank(other)).flatMap(layersOf);
  return {
    version: 8,
    sources: Object.fromEntries([...boxes.flatMap(sourcesOf), ...withTiles().map((box) => [named(box), source(box)])]),
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#e9efe6" } },
      ...withTiles().map((box) => ({ id: named(box), type: "raster", source: named(box), layout: visible(box) })),
      ...drawn.filter((layer) => layer.type !== "symbol"),
      ...drawn.filter((layer) => layer.type === "symbol"),
    ],
  };
}

export function follow(map, changed) {
  switches().forEach((box) => box.addEventListener("change", () => {
    layersOf(box).forEach(({ id }) => map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none"));
    changed();
  }));
  bases().forEach((box) => box.addEventListener("change", () => {
    withTiles().forEach((one) => map.setLayoutProperty(named(one), "visibility", one.checked ? "visible" : "none"));
    changed();
  }));
}
