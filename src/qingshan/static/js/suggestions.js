// What appears below the search box while somebody types? At most eight; arrows choose, Enter opens, Escape closes.
// Enter without a choice searches for what was typed, as without a script.

function options(list) {
  return [...list.querySelectorAll("[role=option]")];
}

function show(box, list, open) {
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  if (!open) choose(box, list, -1);
}

function choose(box, list, at) {
  options(list).forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  const chosen = options(list)[at];
  if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
  else box.removeAttribute("aria-activedescendant");
}

function chosenIn(list) {
  return options(list).findIndex((option) => option.getAttribute("aria-selected") === "true");
}

function step(box, list, by) {
  const all = options(list);
  if (!all.length) return;
  show(box, list, true);
  // one place more than there are options: there nothing is chosen, and the typed text stands
  const places = all.length + 1;
  const at = chosenIn(list);
  choose(box, list, ((at < 0 ? all.length : at) + by + places) % places);
}

const KEYS = {
  ArrowDown: (box, list) => step(box, list, 1),
  ArrowUp: (box, list) => step(box, list, -1),
  Escape: (box, list) => show(box, list, false),
};

function onKey(event, box, list) {
  if (event.isComposing) return;
  if (event.key === "Enter") {
    const chosen = options(list)[chosenIn(list)];
    if (!chosen || list.hidden) return;
    event.preventDefault();
    chosen.querySelector("a").click();
  } else if (KEYS[event.key] && !(event.key === "Escape" && list.hidden)) {
    event.preventDefault();
    KEYS[event.key](box, list);
  }
}

export function listenToSuggestions() {
  const box = document.querySelector("[data-suggests]");
  const list = box && document.getElementById(box.getAttribute("aria-controls"));
  if (!list) return;
  box.addEventListener("keydown", (event) => onKey(event, box, list));
  // an answer that comes after the box was left or emptied stays closed
  list.addEventListener("htmx:afterSwap", () => {
    show(box, list, Boolean(list.children.length && box.value.trim()) && document.activeElement === box);
  });
  box.addEventListener("focus", () => { if (options(list).length && box.value.trim()) show(box, list, true); });
  document.addEventListener("click", (event) => { if (!box.form.contains(event.target)) show(box, list, false); });
  box.form.addEventListener("focusout", (event) => { if (!box.form.contains(event.relatedTarget)) show(box, list, false); });
}
