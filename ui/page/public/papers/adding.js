// Ways in: files by a button (or dropped: dropping.js), an address or a number of arXiv.
import { make, makeButton } from "./elements.js";
import { shelf } from "./shelf.js";
import { attempt } from "./toast.js";
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
