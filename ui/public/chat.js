// A citation in an answer opens its paper beside the chat: the server is asked for it.
document.addEventListener("click", (event) => {
  const citation = event.target.closest?.('a[href^="#cite-"]');
  if (!citation) return;
  event.preventDefault();
  window.postMessage(citation.getAttribute("href"), window.location.origin);
});
