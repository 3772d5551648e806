// Who has deleted a conversation is told that it can be brought back: the server is asked to.
import { startAnew } from "./starting.js";

const DELETED = "#deleted";
const fetchAsBefore = window.fetch;
window.fetch = async (address, options) => {
  const response = await fetchAsBefore(address, options);
  const path = new URL(address?.url ?? address, window.location.origin).pathname;
  if (response.ok && options?.method === "DELETE" && path.endsWith("/project/thread")) {
    leaveDeleted(JSON.parse(options.body).threadId);
  }
  return response;
};

function leaveDeleted(thread) {
  // Chainlit's page goes on to show one that was just begun.
  if (window.location.pathname === `/thread/${thread}`) startAnew(DELETED);
  else window.postMessage(DELETED, window.location.origin);
}
