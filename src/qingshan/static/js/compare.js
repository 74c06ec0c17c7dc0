// How do two dated pictures of one place lie upon each other, parted by a line that is moved?
//
// <div data-compare> with two .compare-view and <input type="range" data-word="… {n} …">
//
// Without this script both stand side by side. The range takes mouse, finger and arrow keys by itself.

function follow(place) {
  const range = place.querySelector("input[type=range]");
  const set = () => {
    place.style.setProperty("--at", `${range.value}%`);
    range.setAttribute("aria-valuetext", range.dataset.word.replace("{n}", range.value));
  };
  range.addEventListener("input", set);
  range.hidden = false;
  place.classList.add("is-on");
  set();
}

function prepare(within) {
  within.querySelectorAll("[data-compare]:not(.is-on)").forEach(follow);
}

prepare(document);
// what is fetched later, as the side panel of the map is
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement || document));
