// The line in the header: which model answers, over which papers, and what is set otherwise.
import { keepUp } from "./page.js";
import { onServerMessage } from "./server.js";

const line = document.createElement("div");
line.id = "munheon-header";
const text = document.createElement("span");
const changed = document.createElement("button");
changed.id = "munheon-changed";
changed.type = "button";
changed.hidden = true;
changed.addEventListener("click", () => document.querySelector("#chat-settings-open-modal")?.click());
line.append(text, changed);

onServerMessage("header", (header) => {
  text.textContent = text.title = header.line;
  changed.textContent = changed.title = header.changed.join(" · ");
  changed.dataset.count = header.changed.length;
  changed.hidden = header.changed.length === 0;
});

keepUp(() => {
  const header = document.querySelector("#header");
  if (header && line.parentElement !== header) header.insertBefore(line, header.lastElementChild);
});
