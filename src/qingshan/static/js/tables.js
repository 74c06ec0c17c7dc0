// How does a table stay readable when a phone shows its rows as cards? Each cell takes the title of its column along,
// and keeps the role of a cell, which browsers drop with the look of a table.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TH: "columnheader", TD: "cell" };

export function prepareTables(root) {
  const within = root.matches?.("table.stack") ? [root] : [...root.querySelectorAll("table.stack")];
  within.forEach((table) => {
    const titles = [...table.querySelectorAll("thead th")].map((title) => title.textContent.trim());
    [table, ...table.querySelectorAll("thead, tbody, tr, th, td")].forEach((part) => {
      if (!part.hasAttribute("role")) part.setAttribute("role", ROLES[part.tagName]);
    });
    table.querySelectorAll("tbody tr").forEach((row) => {
      [...row.cells].forEach((cell, at) => { cell.dataset.title = titles[at] || ""; });
    });
  });
}
