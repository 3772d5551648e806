// A line that says what was done, or why not, and may take it back.
import { make, makeButton } from "./elements.js";
import { say } from "./say.js";

const SHOWN = 10_000;
const line = make("div", { id: "papers-toast", role: "status", hidden: true });
let timer = null;

export function tell(text, undo = null) {
  line.replaceChildren(make("span", { textContent: text }));
  if (undo) line.append(makeButton(say("undo"), () => attempt(undo)));
  line.append(makeButton("×", hide, { ariaLabel: say("close") }));
  // What lies outside an open window cannot be clicked.
  (document.querySelector("dialog[open]") ?? document.body).append(line);
  line.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(hide, SHOWN);
}

// A window that closes leaves it on the page.
export function leaveToast() {
  if (!line.hidden) document.body.append(line);
}

function hide() {
  line.hidden = true;
}

// Does something; says why it could not be done.
export async function attempt(action) {
  try {
    hide();
    return await action();
  } catch (error) {
    tell(error.message);
    return null;
  }
}
