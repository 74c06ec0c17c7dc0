// How does a person put the columns of a list in order? "↑" moves a column up; what is sent follows the order shown.
export function listenToOrder() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-order] [data-up]");
    const item = button?.closest("li");
    if (!item?.previousElementSibling) return;
    item.previousElementSibling.before(item);
    button.focus();
  });
}
