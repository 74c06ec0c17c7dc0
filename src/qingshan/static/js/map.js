// Where do the things of the register lie? One map: our own tiles, and base maps that our server reads for us.
//
// <div data-map data-bounds="w,s,e,n" data-worker="…/maplibre-gl-csp-worker.js" data-word-…="…">   the map
// <input type="checkbox" data-layer="sites" data-tiles="/tiles/sites/{z}/{x}/{y}.mvt"              a layer's switch
//        data-object="/map/sites/{id}/" data-page="/sites/{id}/" data-colour data-dash data-mark="ring|look|use" data-palette data-outline
//        data-raster data-max-zoom="14" checked>; the uppermost layer first
// <input type="radio" data-base value="code" data-tiles="/services/code/{z}/{x}/{y}">  a base map, none without value
// <div id="map-object">        the panel, fetched by htmx; data-chosen="sites:12" in it is ringed on the map
// <ul data-in-view>            what is in view, as links: the way in for keyboard and screen reader
// <form data-measure>          points, typed or taken on the map
// <div id="map-picture">       the server's picture, for browsers that draw no maps; data-map-missing says so
// <span data-credit-of="code"> what has to stand beside that layer or base map while it is shown
//
// A tile's features carry id, name and look (late, due, good, note, none), with the colours of the lists; those of a
// layer by use carry use and stands (planned, differs, actual), with the colours of data-palette. Where
// there are too many to draw, a tile holds points with `count` instead: discs that a click opens by coming nearer.
import { keepAddress, keepLinks } from "./map/address.js";
import { addPoint, isPicking, prepareMeasure } from "./map/measure.js";
import { followPanel, identify, listInView, showAsked } from "./map/objects.js";
import { nameOutlines } from "./map/outlines.js";
import { showPicture } from "./map/picture.js";
import { FONTS, follow, style } from "./map/style.js";
import { absolute, isOutline, showCredits, switches, touchable } from "./map/switches.js";

function canDraw() {
  try {
    return Boolean(window.maplibregl && document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
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

function made(place) {
  const [west, south, east, north] = place.dataset.bounds.split(",").map(Number);
  window.maplibregl.setWorkerUrl(absolute(place.dataset.worker));
  return new window.maplibregl.Map({
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
}

function listen(map, place) {
  map.on("click", (event) => (isPicking() ? addPoint(map, event.lngLat) : identify(map, event.lngLat)));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") (isPicking() ? addPoint : identify)(map, map.getCenter());
  });
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = !isPicking() && map.queryRenderedFeatures(event.point, { layers: touchable(map) }).length ? "pointer" : "";
  });
  map.on("idle", () => {
    if (switches().filter(isOutline).map((box) => nameOutlines(map, box)).includes(true)) return;
    listInView(map);
    keepLinks(map);
    place.dataset.drawn = "yes";
  });
  map.on("error", () => sayWhatFailed(place));
  map.once("load", () => {
    prepareMeasure(map);
    followPanel(map);
    showAsked();
  });
  follow(map, () => {
    showCredits();
    keepAddress();
    keepLinks(map);
  });
  document.querySelector("form[data-map-filters]")?.addEventListener("submit", () => keepLinks(map));
}

function draw(place) {
  const map = made(place);
  map.touchZoomRotate.disableRotation();
  map.addControl(new window.maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new window.maplibregl.ScaleControl({ unit: "metric" }), "bottom-left");
  listen(map, place);
  showCredits();
}

const place = document.querySelector("[data-map]");
if (place) {
  if (canDraw()) draw(place);
  else showPicture(place);
}
