// The panel beside the chat, which is the whole page on a phone: Escape closes it, and there so does Back.
import { keepUp } from "./page.js";

const PHONE = window.matchMedia("(max-width: 767px)");
let isOpen = false;

const find = () => document.querySelector("#side-view-content");

function close() {
  const sheet = find()?.closest('[role="dialog"]');
  const button = sheet
    ? sheet.querySelector(":scope > button")
    : document.querySelector("#side-view-title button");
  button?.click();
}

keepUp(() => {
  const wasOpen = isOpen;
  isOpen = find() !== null;
  if (isOpen && !wasOpen && PHONE.matches && !history.state?.munheonPanel) {
    history.pushState({ ...history.state, munheonPanel: true }, "");
  }
  // Closed by its button: the step back to it is taken too.
  if (!isOpen && wasOpen && history.state?.munheonPanel) history.back();
});

window.addEventListener("popstate", close);

document.addEventListener("keydown", (event) => {
  const isBusy = document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]');
  if (event.key === "Escape" && !event.defaultPrevented && !isBusy) close();
});
