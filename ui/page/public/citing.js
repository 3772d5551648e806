// A citation in an answer opens its paper beside the chat: the server is asked for it.
import { onServerMessage } from "./server.js";

document.addEventListener("click", (event) => {
  const citation = event.target.closest?.('a[href^="#cite-"]');
  if (!citation) return;
  event.preventDefault();
  window.postMessage(citation.getAttribute("href"), window.location.origin);
});

// What the server sends to be copied goes on the clipboard, or where the browser forbids that
// (a page without TLS), in a window to copy it from.
onServerMessage("copy", async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    window.prompt("Ctrl+C", text);
  }
});
