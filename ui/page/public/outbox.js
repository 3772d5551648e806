// What is written before the page is connected is not lost, and goes out as soon as it can be sent.
import { keepUp } from "./page.js";
import { onServerMessage } from "./server.js";

const INPUT = "#chat-input";
let input = null;
let typed = "";
let isSent = false;
let isConnected = false;

document.addEventListener(
  "input",
  ({ target }) => {
    if (!target.matches?.(INPUT)) return;
    typed = target.value;
    // Who goes on writing sends it by themselves.
    isSent = false;
  },
  true,
);

document.addEventListener(
  "keydown",
  ({ target, key, shiftKey, isComposing }) => {
    if (!target.matches?.(INPUT) || key !== "Enter" || shiftKey || isComposing) return;
    // While an answer is written there is no such button, and Enter does nothing.
    isSent = target.value.trim() !== "" && document.querySelector("#chat-submit")?.disabled === true;
  },
  true,
);

onServerMessage("header", () => {
  isConnected = true;
});

// As if it had been typed: React notices no other change.
function write(text) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(input, text);
  const wasSent = isSent;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  isSent = wasSent;
}

keepUp(() => {
  const current = document.querySelector(INPUT);
  // Chainlit's page draws the field anew, and empty, while it begins.
  const isRedrawn = current !== input && input !== null;
  input = current;
  if (isRedrawn && input && !isConnected && typed && !input.value) write(typed);
  const submit = document.querySelector("#chat-submit");
  if (!isSent || !submit || submit.disabled) return;
  isSent = false;
  typed = "";
  submit.click();
});
