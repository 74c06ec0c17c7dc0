// How is a sheet sent to the printer? By the browser's own dialog.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
