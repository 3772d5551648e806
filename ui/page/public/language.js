// The page speaks Korean or English: as its reader has chosen, else as the browser does.
import { onServerMessage } from "./server.js";

const KEPT = "munheon-language";
const browser = navigator.language ?? "en-US";

function chooseTag(choice) {
  const language = ["ko", "en"].includes(choice) ? choice : browser.toLowerCase().split("-")[0];
  return language === "ko" ? "ko-KR" : "en-US";
}

export const tag = chooseTag(localStorage.getItem(KEPT));
// Chainlit's page asks for its texts, and writes its dates, by this.
Object.defineProperty(navigator, "language", { get: () => tag });
document.documentElement.lang = tag.split("-")[0];

onServerMessage("header", ({ language }) => {
  localStorage.setItem(KEPT, language);
  if (chooseTag(language) !== tag) window.location.reload();
});
