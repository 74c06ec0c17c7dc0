// Which keys work everywhere? "/" search, "j" and "k" rows, Enter opens the row, "?" help.
import { openDialog } from "./dialogs.js";

const ROWS = "table.q tbody tr, .todo";
const MARK = "at";

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function rows() {
  return [...document.querySelectorAll(ROWS)].filter((row) => row.querySelector("a[href]") && row.offsetParent);
}

function linkOf(row) {
  return row.querySelector("a[data-open]") || row.querySelector("a[href]");
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains(MARK));
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  if (at >= 0) all[at].classList.remove(MARK);
  all[next].classList.add(MARK);
  linkOf(all[next]).focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
}

function openMarked(event) {
  // a focused link or button already knows what Enter means
  if (event.target.closest("a, button, summary, [role=button]")) return;
  const marked = document.querySelector(`.${MARK}`);
  if (marked) linkOf(marked).click();
}

const ACTS = {
  "/": (event) => {
    const field = document.querySelector('[data-key="/"]');
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  },
  j: () => step(1),
  k: () => step(-1),
  Enter: openMarked,
  "?": () => openDialog("keys"),
};

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    ACTS[event.key]?.(event);
  });
}
