// How does a text get to the clipboard? <button data-copies> copies what stands in [data-copied-from].
const button = document.querySelector("[data-copies]");
const source = document.querySelector("[data-copied-from]");
const said = document.querySelector("[data-copied]");

async function copied(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  // an intranet without https has no clipboard of that kind
  source.select();
  return document.execCommand("copy");
}

if (button && source) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await copied(source.value)) said.textContent = said.dataset.words;
  });
}
