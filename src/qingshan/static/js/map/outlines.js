// Where does the name of a county stand? A tile knows only its own piece of it, and would name each piece: one name
// stands in the middle of all.

// True when names were moved, so that the map is not yet at rest.
export function nameOutlines(map, box) {
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
