// How far, how large? Points are taken on the map or typed; the server computes on the ellipsoid.
import { token } from "./switches.js";

const SOURCE = "measure";
const NOTHING = { type: "FeatureCollection", features: [] };
const DECIMALS = 6;

const form = () => document.querySelector("form[data-measure]");
const field = () => form().elements.points;
const button = () => form().querySelector("[data-measure-pick]");

export const isPicking = () => button()?.getAttribute("aria-pressed") === "true";

function points() {
  return field().value.split(/[\n;；]/).map((part) => part.trim().split(/[\s,，]+/).map(Number))
    .filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
}

function shape() {
  const taken = points();
  const line = form().elements.of.value === "area" && taken.length > 2 ? [...taken, taken[0]] : taken;
  const dots = taken.map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates } }));
  if (line.length < 2) return { ...NOTHING, features: dots };
  return { ...NOTHING, features: [...dots, { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: line } }] };
}

function draw(map) {
  map.getSource(SOURCE)?.setData(shape());
}

function ask() {
  const least = form().elements.of.value === "area" ? 3 : 2;
  if (points().length >= least) form().dispatchEvent(new Event("measured"));
}

function pick(map, on) {
  button().setAttribute("aria-pressed", String(on));
  map.getContainer().classList.toggle("picking", on);
  button().classList.toggle("btn-primary", on);
  button().classList.toggle("btn-plain", !on);
}

export function addPoint(map, lngLat) {
  const line = `${lngLat.lng.toFixed(DECIMALS)},${lngLat.lat.toFixed(DECIMALS)}`;
  field().value = [field().value.trim(), line].filter(Boolean).join("\n");
  draw(map);
  ask();
}

export function prepareMeasure(map) {
  const ink = token("--qs-blue");
  map.addSource(SOURCE, { type: "geojson", data: NOTHING });
  map.addLayer({ id: "measure:line", type: "line", source: SOURCE, paint: { "line-color": ink, "line-width": 2, "line-dasharray": [3, 1.5] } });
  map.addLayer({ id: "measure:dot", type: "circle", source: SOURCE, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": "#fff", "circle-radius": 4, "circle-stroke-color": ink, "circle-stroke-width": 2 } });
  button().addEventListener("click", () => pick(map, !isPicking()));
  field().addEventListener("input", () => draw(map));
  form().addEventListener("change", (event) => {
    if (event.target.name !== "of") return;
    draw(map);
    ask();
  });
  form().querySelector("[data-measure-clear]").addEventListener("click", () => {
    field().value = "";
    document.getElementById("map-measured").replaceChildren();
    draw(map);
    pick(map, false);
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isPicking()) pick(map, false);
  });
}
