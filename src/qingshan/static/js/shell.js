// What does every page of the shell need? Keyboard, navigation on a phone, dialogs, uploads.
import { listenToKeys } from "./keyboard.js";
import { listenToDialogs } from "./dialogs.js";
import { listenToOrder } from "./order.js";
import { listenToSuggestions } from "./suggestions.js";
import { prepareTables } from "./tables.js";
import { prepareUploads, sayWhatWasSaid } from "./upload.js";

function listenToNavigation() {
  const button = document.querySelector("[data-toggle-navigation]");
  const side = document.getElementById("navigation");
  if (!button || !side) return;
  button.addEventListener("click", () => {
    const open = side.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    if (open) side.querySelector("a")?.focus();
  });
  side.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && side.classList.contains("open")) button.click();
    if (event.key === "Escape") button.focus();
  });
}

function listenToBack() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-back]")) return;
    if (history.length > 1) history.back();
    else location.assign("/");
  });
}

// A filter that is a single choice acts at once; the button stays for those without a mouse or a script.
function listenToChoices() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
}

listenToNavigation();
listenToBack();
listenToChoices();
listenToKeys();
listenToDialogs();
listenToOrder();
listenToSuggestions();
prepareUploads(document);
sayWhatWasSaid();
prepareTables(document);
document.addEventListener("htmx:load", (event) => {
  prepareUploads(event.target);
  prepareTables(event.target);
});
