// Names for what Chainlit's page leaves without, and what screen readers are to be told of it.
import { keepUp } from "./page.js";
import { texts } from "./texts.js";

// By the part that has no name of its own.
const NAMES = {
  "#new-chat-button": "newChat",
  "#chat-submit": "send",
  "#stop-button": "stop",
  "#chat-settings-open-modal": "settings",
  "#sidebar-trigger-button, [data-sidebar=rail]": "sidebar",
  "#search-chats-button, [data-sidebar=header] button:has(.lucide-search)": "search",
  "#theme-toggle": "theme",
  "#user-nav-button": "user",
  "#thread-options": "conversation",
  "#side-view-title button": "closePanel",
  "[role=dialog] > button:has(.lucide-x)": "close",
  "[role=separator][data-resize-handle]": "divider",
  "[role=dialog]:has(#side-view-content)": "source",
  "#side-view-content button:has(.lucide-chevron-left)": "previousPage",
  "#side-view-content button:has(.lucide-chevron-right)": "nextPage",
  "#side-view-content button:has(.lucide-zoom-out)": "zoomOut",
  "#side-view-content button:has(.lucide-zoom-in)": "zoomIn",
  "#side-view-content button:has(.lucide-printer)": "print",
  "#side-view-content a:has(.lucide-download)": "download",
  "#side-view-content .annotationLayer a": "link",
  "button:has(> .lucide-copy)": "copy",
  "button:has(> .lucide-thumbs-up)": "good",
  "button:has(> .lucide-thumbs-down)": "bad",
  "button:has(> .lucide-arrow-down)": "scrollDown",
  "section[aria-label^=Notifications]": "notifications",
};

function name() {
  for (const [selector, key] of Object.entries(NAMES)) {
    for (const part of document.querySelectorAll(selector)) give(part, "aria-label", texts[key]);
  }
  nameSliders();
  mendRoles();
  announce();
}

function give(part, attribute, value) {
  if (part.getAttribute(attribute) !== value) part.setAttribute(attribute, value);
}

// A slider's label stands beside it.
function nameSliders() {
  for (const slider of document.querySelectorAll("#chat-settings [role=slider]")) {
    const label = slider.closest(".space-y-2")?.querySelector("label")?.firstChild?.textContent;
    if (label) give(slider, "aria-label", label);
  }
}

// Parts that say of themselves what they are not.
function mendRoles() {
  for (const menu of document.querySelectorAll("ul[data-sidebar=menu]:not(:has(> li))")) {
    give(menu, "role", "presentation");
  }
  for (const options of document.querySelectorAll("div#thread-options")) give(options, "role", "button");
  for (const divider of document.querySelectorAll("[role=separator][aria-controls]")) {
    // It names what it controls by an id that no part has.
    if (!document.getElementById(divider.getAttribute("aria-controls"))) {
      divider.removeAttribute("aria-controls");
    }
  }
}

// Answers are read out once they are whole.
function announce() {
  const messages = document.querySelector("[data-step-type]")?.closest(".mx-auto.flex-grow");
  if (!messages) return;
  give(messages, "role", "log");
  give(messages, "aria-live", "polite");
  give(messages, "aria-label", texts.messages);
  give(messages, "aria-busy", String(document.querySelector("#stop-button") !== null));
}

keepUp(name);
