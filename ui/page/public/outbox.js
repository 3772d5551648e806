// A question that is sent before the page is connected goes out as soon as it is.
import { keepUp } from "./page.js";

let waiting = null;

const find = () => [document.querySelector("#chat-input"), document.querySelector("#chat-submit")];

document.addEventListener(
  "keydown",
  (event) => {
    const [input, submit] = find();
    const isSent = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!input || event.target !== input || !isSent) return;
    // While an answer is written there is no such button, and Enter does nothing.
    waiting = submit?.disabled && input.value.trim() ? input.value : null;
  },
  true,
);

keepUp(() => {
  const [input, submit] = find();
  if (waiting === null || !submit || submit.disabled) return;
  // Who has gone on writing sends it by themselves.
  if (input?.value === waiting) submit.click();
  waiting = null;
});
