// How does a dialog open and close? Its buttons say so themselves: <button command="show-modal" commandfor="id">,
// <button command="close" commandfor="id">; Escape closes. So they work as soon as they are seen, before any script
// has come. Browsers from before 2025 do not know these words and are taught them here.
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

export function listenToDialogs() {
  if ("commandForElement" in HTMLButtonElement.prototype) return;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[commandfor]");
    if (button?.getAttribute("command") === "show-modal") openDialog(button.getAttribute("commandfor"));
    if (button?.getAttribute("command") === "close") document.getElementById(button.getAttribute("commandfor")).close();
  });
}
