// What lies under a click or in view? The side panel is fetched by htmx; keyboard and screen reader use the list.
import { asked, keepAddress } from "./address.js";
import { MARKS, URGENCY, chosen } from "./style.js";
import { filled, idOf, switches, touchable } from "./switches.js";

const LISTED = 30;
const CLICK_PX = 4;
const NEARER = 2;
const PANEL = { target: "#map-object", swap: "innerHTML" };

function ring(map, layer, id) {
  switches().filter((one) => one.dataset.object).forEach((one) => {
    const wanted = one.dataset.layer === layer ? Number(id) : -1;
    [["chosen", "Polygon"], ["chosen-dot", "Point"]].forEach(([part, shape]) => {
      const name = `${one.dataset.layer}:${part}`;
      if (map.getLayer(name)) map.setFilter(name, chosen(wanted, shape));
    });
  });
}

export function show(layer, id) {
  const box = switches().find((one) => one.dataset.layer === layer);
  if (box?.dataset.object) window.htmx.ajax("GET", filled(box.dataset.object, id), PANEL);
}

// Whatever the panel shows now is ringed on the map and stands in the address.
export function followPanel(map) {
  const panel = document.getElementById("map-object");
  panel.addEventListener("htmx:afterSwap", () => {
    const named = panel.querySelector("[data-chosen]")?.dataset.chosen;
    if (!named) return;
    const [layer, id] = named.split(":");
    ring(map, layer, id);
    keepAddress({ object: named });
  });
}

export function identify(map, lngLat, pixels = CLICK_PX) {
  const { x, y } = map.project(lngLat);
  const around = [[x - pixels, y - pixels], [x + pixels, y + pixels]];
  const layers = touchable(map);
  const disc = map.queryRenderedFeatures(around, { layers }).find((feature) => "count" in feature.properties);
  if (disc) {
    map.easeTo({ center: lngLat, zoom: map.getZoom() + NEARER });
    return;
  }
  const within = Math.abs(map.unproject([x + pixels, y]).lng - lngLat.lng);
  const query = asked();
  query.set("at", `${lngLat.lng.toFixed(7)},${lngLat.lat.toFixed(7)}`);
  query.set("within", within.toFixed(9));
  window.htmx.ajax("GET", `/map/here/?${query}`, PANEL);
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

function rowOf(feature) {
  const id = idOf(feature);
  const { layer, look, name, key, code } = { ...feature.properties, layer: feature.source };
  const box = switches().find((one) => one.dataset.layer === layer);
  const link = document.createElement("a");
  link.href = filled(box.dataset.page || box.dataset.object, id);
  link.textContent = [MARKS[look], name || key || code || id].filter(Boolean).join(" ");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(layer, id);
  });
  const row = document.createElement("li");
  row.append(link);
  return row;
}

export function listInView(map) {
  const list = document.querySelector("[data-in-view]");
  if (!list) return;
  const found = objectsInView(map);
  const urgency = (feature) => URGENCY[feature.properties.look] ?? -1;
  const all = found.filter((feature) => !("count" in feature.properties)).sort((one, other) => urgency(other) - urgency(one));
  const counted = found.reduce((sum, feature) => sum + (feature.properties.count || 0), 0);
  if (!list.contains(document.activeElement)) list.replaceChildren(...all.slice(0, LISTED).map(rowOf));
  const words = document.querySelector("[data-in-view-words]");
  if (words) words.textContent = words.dataset.template.replace("{n}", String(all.length + counted));
}

// ?object=sites:12 opens that object, so that a link can point at a thing on the map.
export function showAsked() {
  const [layer, id] = (new URL(location.href).searchParams.get("object") || "").split(":");
  if (id) show(layer, id);
}
