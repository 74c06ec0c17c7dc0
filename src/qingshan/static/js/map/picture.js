// What is shown where the browser draws no maps? The server's picture, with links in four directions, nearer and farther.
import { asked, keepAddress } from "./address.js";
import { bases, showCredits, switches } from "./switches.js";

function ask(place) {
  const query = asked();
  query.set("bounds", place.dataset.bounds);
  const base = bases().find((box) => box.checked)?.value;
  if (base) query.set("base", base);
  window.htmx.ajax("GET", `/map/picture/?${query}`, { target: "#map-picture", swap: "innerHTML" });
}

export function showPicture(place) {
  document.querySelector("[data-map-missing]").hidden = false;
  document.getElementById("map-picture").hidden = false;
  place.hidden = true;
  document.querySelectorAll("[data-measure-pick]").forEach((button) => { button.hidden = true; });
  document.querySelector("[data-in-view]")?.closest("section").remove();
  [...switches(), ...bases()].forEach((box) => box.addEventListener("change", () => {
    showCredits();
    keepAddress();
    ask(place);
  }));
  showCredits();
  if (window.htmx) ask(place);
  else window.addEventListener("load", () => ask(place), { once: true });
}
