// Files brought to the chat itself: they stand above the question until it is sent, and a question
// that is sent before they are read waits for them.
import { keepUp } from "../page.js";
import { makeArrivalView } from "./arrival.js";
import { askPapers } from "./choosing.js";
import { KeyedList, make, makeButton, setText } from "./elements.js";
import { isUnderWay, shelf } from "./shelf.js";
import { attempt } from "./toast.js";
import { say } from "./say.js";

const READY = new Set(["ready", "known"]);
const list = make("ul", { className: "arrivals" });
const views = new KeyedList(list, makeArrivalView);
const note = make("p", { className: "note", role: "status" });
const askThese = makeButton(say("ask_brought"), () => attempt(askBrought), { className: "primary" });
const sendNow = makeButton(say("send_now"), send);
const hide = makeButton(say("hide"), () => keep(isUnderWay), { className: "quiet" });
const strip = make(
  "section",
  { id: "munheon-brought", hidden: true, ariaLabel: say("queue") },
  list,
  make("div", { className: "line" }, note, askThese, sendNow, hide),
);
let brought = [];
let isHeld = false;
let isSending = false;

export function bringToChat(files) {
  brought.push(...shelf.add(files));
  show();
  if (!shelf.isLoaded) attempt(() => shelf.load());
  document.querySelector("#chat-input")?.focus();
}

// What is known of them: of those that have been sent, what the server tells.
function listBrought() {
  const ids = new Set(brought.map((one) => one.arrival));
  return shelf.queue.filter((one) => ids.has(one.arrival));
}

const listPapers = () => listBrought().filter((one) => READY.has(one.state)).map((one) => one.paper);

function show() {
  const shown = listBrought();
  strip.hidden = shown.length === 0;
  views.show(shown, (one) => one.arrival);
  const isWaiting = shown.some(isUnderWay);
  askThese.hidden = isWaiting || listPapers().length === 0;
  sendNow.hidden = !isHeld;
  hide.hidden = isWaiting;
  setText(note, isHeld ? say("sent_when_read") : "");
  if (isHeld && !isWaiting) attempt(sendHeld);
}

async function askBrought() {
  await askPapers(listPapers());
  keep((one) => !READY.has(one.state));
}

// Who asks beside a paper asks about that paper.
async function sendHeld() {
  isHeld = false;
  if (listPapers().length > 0) await askPapers(listPapers());
  send();
}

function send() {
  isHeld = false;
  isSending = true;
  document.querySelector("#chat-submit")?.click();
  isSending = false;
  keep((one) => !READY.has(one.state));
}

// Those that are done with go; what failed stays until its reader has seen why.
function keep(isKept) {
  brought = listBrought().filter(isKept);
  show();
}

function hold(event) {
  if (isSending || !listBrought().some(isUnderWay) || !document.querySelector("#chat-input")?.value.trim()) return;
  event.preventDefault();
  event.stopPropagation();
  isHeld = true;
  show();
}

document.addEventListener("click", (event) => event.target.closest?.("#chat-submit") && hold(event), { capture: true });
document.addEventListener(
  "keydown",
  (event) => {
    if (event.target.matches?.("#chat-input") && event.key === "Enter" && !event.shiftKey && !event.isComposing) hold(event);
  },
  { capture: true },
);
// A question that is written on is not sent by itself.
document.addEventListener("input", (event) => {
  if (!isHeld || !event.target.matches?.("#chat-input")) return;
  isHeld = false;
  show();
});

shelf.addEventListener("change", show);
keepUp(() => {
  const composer = document.querySelector("#message-composer");
  if (composer && strip.parentElement !== composer) composer.prepend(strip);
});
