// How is a row added to a list of rows? <fieldset data-rows="prefix"> holds a template, the list, and a button.
// Without a script some empty rows stand there already.
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
    const box = document.createElement("div");
    box.innerHTML = empty.innerHTML.replace(/__prefix__/g, String(place)).replace(/__number__/g, String(place + 1));
    const row = box.firstElementChild;
    list.append(row);
    total.value = String(place + 1);
    add.disabled = place + 1 >= most;
    row.querySelector("input, select, textarea")?.focus();
  });
}

document.querySelectorAll("[data-rows]").forEach(prepareRows);
