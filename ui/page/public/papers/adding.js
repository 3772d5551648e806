// Ways in: files by a button or dropped anywhere on the panel, an address or a number of arXiv.
import { make, makeButton } from "./elements.js";
import { listDropped } from "./files.js";
import { shelf } from "./shelf.js";
import { attempt, tell } from "./toast.js";
import { say } from "./say.js";

const picker = make("input", { type: "file", multiple: true, hidden: true });
picker.addEventListener("change", () => {
  shelf.add([...picker.files]);
  picker.value = "";
});
const choose = makeButton(say("choose_files"), () => {
  picker.accept = shelf.limits.suffixes.join(",");
  picker.click();
}, { className: "primary" });
const address = make("input", { placeholder: say("address"), ariaLabel: say("address"), spellcheck: false, maxLength: 2000 });
const form = make("form", {}, address, make("button", { textContent: say("fetch") }));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const given = address.value.trim();
  if (given) attempt(() => fetchAddress(given));
});
const hint = make("p", { textContent: say("drop_hint") });
export const addingSection = make("section", { id: "papers-adding" }, make("div", { className: "drop" }, choose, picker, hint), form);

async function fetchAddress(given) {
  await shelf.change("POST", "/addresses", { address: given });
  address.value = "";
}

// Chainlit's page takes what is dropped for the question that is being written: not over the panel.
export function takeDropped(panel) {
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    window.addEventListener(kind, (event) => panel.open && take(event, panel), { capture: true });
  }
}

function take(event, panel) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  event.stopPropagation();
  event.dataTransfer.dropEffect = "copy";
  const isLeaving = event.type === "dragleave" && event.relatedTarget === null;
  panel.classList.toggle("dropping", event.type !== "drop" && !isLeaving);
  if (event.type === "drop") attempt(() => addDropped(event.dataTransfer));
}

async function addDropped(transfer) {
  const files = await listDropped(transfer);
  if (files.length === 0) tell(say("nothing_dropped"));
  else shelf.add(files);
}
