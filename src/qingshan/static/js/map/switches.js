// Which layers and base maps does the page offer, and which are on?

export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const absolute = (path) => location.origin + path;
export const filled = (template, id) => template.replace("{id}", encodeURIComponent(id));
export const idOf = (feature) => feature.id ?? feature.properties.id;

export function switches() {
  return [...document.querySelectorAll("input[data-layer]")];
}

export function bases() {
  return [...document.querySelectorAll("input[data-base]")];
}

export const isOutline = (box) => "outline" in box.dataset;
export const isRaster = (box) => "raster" in box.dataset;

export function touchable(map) {
  return switches()
    .filter((box) => box.checked && box.dataset.object)
    .flatMap(({ dataset: { layer } }) => [`${layer}:fill`, `${layer}:line`, `${layer}:planned`, `${layer}:dot`, `${layer}:disc`])
    .filter((id) => map.getLayer(id));
}

// What stands beside a map of others (whose it is, its approval number) is shown while that map is.
export function showCredits() {
  const on = new Set([...switches(), ...bases()].filter((box) => box.checked).map((box) => box.dataset.layer || box.value));
  document.querySelectorAll("[data-credit-of]").forEach((credit) => {
    credit.hidden = !on.has(credit.dataset.creditOf);
  });
}
