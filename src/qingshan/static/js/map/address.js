// What does the address of the page keep? The layers that are on, the base map, the chosen object; the view stands
// behind # by itself. So a link shows somebody else the same map.
import { bases, switches } from "./switches.js";

const DECIMALS = 5;

export function boundsText(map) {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((edge) => edge.toFixed(DECIMALS)).join(",");
}

export function layersText() {
  return switches().filter((box) => box.checked).map((box) => box.dataset.layer).join(",");
}

const baseOf = () => bases().find((box) => box.checked)?.value || "";

function put(search, name, value) {
  if (value) search.set(name, value);
  else search.delete(name);
}

export function keepAddress(changes = {}) {
  const address = new URL(location.href);
  put(address.searchParams, "base", baseOf());
  address.searchParams.set("layers", layersText());
  Object.entries(changes).forEach(([name, value]) => put(address.searchParams, name, value));
  history.replaceState(null, "", address);
}

// Links to print and picture, and the filters, take the present view along.
export function keepLinks(map) {
  const bounds = boundsText(map);
  document.querySelectorAll("a[data-map-link]").forEach((link) => {
    const address = new URL(link.href);
    address.searchParams.set("bounds", bounds);
    address.searchParams.set("layers", layersText());
    put(address.searchParams, "base", baseOf());
    address.searchParams.delete("object");
    link.href = address;
  });
  const form = document.querySelector("form[data-map-filters]");
  if (!form) return;
  const asked = new URLSearchParams(location.search);
  // another county is looked at whole
  form.elements.bounds.value = (form.elements.region.value || "") === (asked.get("region") || "") ? bounds : "";
  form.elements.layers.value = layersText();
  form.elements.base.value = baseOf();
}

// The filters as the tiles and the click ask for them.
export function asked() {
  const kept = new URLSearchParams(location.search);
  ["bounds", "object", "base", "picture"].forEach((name) => kept.delete(name));
  kept.set("layers", layersText());
  return kept;
}
