// How does a file get here, and how far is it? A drop zone, and progress of the upload with time left and a stop.
// Markup: desk/components/upload.html inside <form data-upload>. Without a script the form is sent as it is.

function showPicked(zone, input) {
  const words = zone.querySelector("[data-picked]");
  const names = [...input.files].map((file) => `${file.name}（${readable(file.size)}）`);
  words.textContent = names.join("、");
  words.hidden = !names.length;
}

function readable(bytes) {
  return bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function prepareZone(zone) {
  const input = zone.querySelector("input[type=file]");
  input.addEventListener("change", () => showPicked(zone, input));
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function showSending(box, startedAt, event) {
  if (!event.lengthComputable) return;
  const part = event.loaded / event.total;
  const left = part > 0 ? Math.round(((performance.now() - startedAt) / 1000) * (1 / part - 1)) : 0;
  box.querySelector("progress").value = part * 100;
  const words = box.querySelector("[data-sending-words]");
  words.textContent = words.dataset.template
    .replace("{percent}", String(Math.round(part * 100)))
    .replace("{seconds}", String(left));
}

// The answer is a page: it is put in place of this one, at the address where the server ended.
function showAnswer(request) {
  if (request.responseURL && request.status < 400) {
    keepWhatWasSaid(request.responseText);
    location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = answer.querySelector("main");
  if (!main) return;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  const said = document.querySelector("main [role=alert]");
  (said || document.querySelector("main")).scrollIntoView({ block: "nearest" });
  prepareUploads(document);
}

// The server says its message once, to the request that sent the file; the page that follows says it again.
const SAID = "qingshan.said";

function keepWhatWasSaid(text) {
  const said = new DOMParser().parseFromString(text, "text/html").getElementById("said");
  const words = said ? said.textContent.trim() : "";
  if (words) sessionStorage.setItem(SAID, words);
}

export function sayWhatWasSaid() {
  const words = sessionStorage.getItem(SAID);
  const place = document.getElementById("said");
  if (!words || !place) return;
  sessionStorage.removeItem(SAID);
  const note = document.createElement("div");
  note.className = "note good";
  note.textContent = words;
  place.append(note);
}

function send(form, event) {
  const box = form.querySelector("[data-sending]");
  if (!box) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  const startedAt = performance.now();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (sent) => showSending(box, startedAt, sent));
  request.addEventListener("load", () => showAnswer(request));
  request.addEventListener("loadend", () => setBusy(form, box, false));
  box.querySelector("[data-stop]").onclick = () => request.abort();
  setBusy(form, box, true);
  request.send(new FormData(form));
}

function setBusy(form, box, busy) {
  box.hidden = !busy;
  form.querySelectorAll("button[type=submit]").forEach((button) => { button.disabled = busy; });
}

export function prepareUploads(root) {
  const within = (selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  within("[data-drop]:not([data-ready])").forEach((zone) => {
    zone.dataset.ready = "yes";
    prepareZone(zone);
  });
  within("form[data-upload]:not([data-ready])").forEach((form) => {
    form.dataset.ready = "yes";
    form.addEventListener("submit", (event) => send(form, event));
  });
}
