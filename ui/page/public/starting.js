// A new chat in place of what the page shows; the server says why, once the page is there.
import { onServerMessage } from "./server.js";

const WHY = "munheon-new-chat";
let isLeaving = false;

export function startAnew(why) {
  isLeaving = true;
  sessionStorage.setItem(WHY, why);
  // Not by Chainlit's router: it would go on with the conversation that it remembers.
  window.location.replace("/");
}

onServerMessage("lost", () => startAnew("#lost"));

onServerMessage("header", () => {
  const why = sessionStorage.getItem(WHY);
  if (isLeaving || !why) return;
  sessionStorage.removeItem(WHY);
  window.postMessage(why, window.location.origin);
});
