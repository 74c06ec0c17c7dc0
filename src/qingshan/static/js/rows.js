// How is a row added to a list of rows? <fieldset data-rows="prefix"> holds a template, the list, and a button.
// Without a script some empty rows stand there already.
// In names, ids and labels `__prefix__` stands for the place of the row, from 0; people count from 1.
function number(row, place) {
  row.querySelectorAll("[name], [id], [for]").forEach((part) => {
    ["name", "id", "for"].forEach((name) => {
      const said = part.getAttribute(name);
      if (said) part.setAttribute(name, said.replace("__prefix__", String(place)));
    });
  });
  row.querySelector(".no").textContent = String(place + 1);
}

function prepareRows(field) {
  const add = field.querySelector("[data-add]");
  const empty = field.querySelector("template[data-empty]");
  const list = field.querySelector("[data-list]");
  const total = field.querySelector(`[name="${field.dataset.rows}-TOTAL_FORMS"]`);
  const most = Number(field.querySelector(`[name="${field.dataset.rows}-MAX_NUM_FORMS"]`).value);
  add.hidden = false;
  add.addEventListener("click", () => {
    const place = Number(total.value);
    if (place >= most) return;
    const row = empty.content.firstElementChild.cloneNode(true);
    number(row, place);
    list.append(row);
    total.value = String(place + 1);
    add.disabled = place + 1 >= most;
    row.querySelector("input, select, textarea")?.focus();
  });
}

document.querySelectorAll("[data-rows]").forEach(prepareRows);
