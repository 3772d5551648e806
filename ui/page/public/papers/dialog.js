// The papers panel: what is in the library, what is on its way into it, and which of it is asked.
import { keepUp } from "../page.js";
import { say } from "./say.js";
import { addingSection } from "./adding.js";
import { collectionsSection, showCollections } from "./collections.js";
import { takeDropped } from "./dropping.js";
import { make, makeButton, setText } from "./elements.js";
import { menuElement } from "./menu.js";
import { queueSection, showQueue } from "./queue.js";
import { removedSection, showRemoved } from "./removed.js";
import { isUnderWay, shelf } from "./shelf.js";
import { showTable, tableSection } from "./table.js";
import { attempt, leaveToast } from "./toast.js";

document.head.append(make("link", { rel: "stylesheet", href: new URL("papers.css", import.meta.url).href }));
const title = make("h2", { id: "papers-title", textContent: say("papers") });
const close = makeButton("×", () => panel.close(), { className: "quiet close", ariaLabel: say("close") });
const panel = make(
  "dialog",
  { id: "munheon-papers" },
  make("header", {}, title, close),
  make("div", { className: "body" }, collectionsSection, make("div", { className: "main" }, addingSection, queueSection, tableSection, removedSection)),
  menuElement,
);
panel.setAttribute("aria-labelledby", "papers-title");
// In the page while it is open alone: what is there counts as shown for others' scripts.
panel.addEventListener("close", () => {
  leaveToast();
  panel.remove();
});
takeDropped(panel);
// A click beside it closes it.
panel.addEventListener("click", (event) => event.target === panel && panel.close());

const badge = make("span", { className: "badge", hidden: true });
const button = makeButton(say("papers"), open, { id: "munheon-papers-button", ariaHasPopup: "dialog" });
button.append(badge);

function open() {
  document.body.append(panel);
  panel.showModal();
  attempt(() => shelf.load());
}

shelf.addEventListener("change", () => {
  const underWay = shelf.queue.filter(isUnderWay).length;
  badge.hidden = underWay === 0;
  setText(badge, String(underWay));
  if (panel.open) showQueue();
});

// Not with each step of what is on its way: there may be thousands of rows.
shelf.addEventListener("load", () => {
  if (!panel.open) return;
  showCollections();
  showTable();
  showRemoved();
});

// What is still being sent would be lost.
window.addEventListener("beforeunload", (event) => shelf.isSending && event.preventDefault());

keepUp(() => {
  const header = document.querySelector("#header");
  if (header && button.parentElement !== header) header.insertBefore(button, header.lastElementChild);
});
