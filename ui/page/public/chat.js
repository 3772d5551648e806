// A citation in an answer opens its paper beside the chat: the server is asked for it.
document.addEventListener("click", (event) => {
  const citation = event.target.closest?.('a[href^="#cite-"]');
  if (!citation) return;
  event.preventDefault();
  window.postMessage(citation.getAttribute("href"), window.location.origin);
});

// What the server sends to be copied goes on the clipboard, or where the browser forbids that
// (a page without TLS), in a window to copy it from.
window.addEventListener("message", async (event) => {
  const text = event.data?.copy;
  if (event.origin !== window.location.origin || typeof text !== "string") return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    window.prompt("Ctrl+C", text);
  }
});

// Who has deleted a conversation is told that it can be brought back: the server is asked to.
const fetchAsBefore = window.fetch;
window.fetch = async (address, options) => {
  const response = await fetchAsBefore(address, options);
  const path = new URL(address?.url ?? address, window.location.origin).pathname;
  if (response.ok && options?.method === "DELETE" && path.endsWith("/project/thread")) {
    window.postMessage("#deleted", window.location.origin);
  }
  return response;
};
