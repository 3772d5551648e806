// What is on its way into the library: how far each is, why one failed, and what can be done.
import { makeArrivalView } from "./arrival.js";
import { KeyedList, make, makeButton, setText } from "./elements.js";
import { isUnderWay, shelf } from "./shelf.js";
import { attempt } from "./toast.js";
import { say } from "./say.js";

const list = make("ul", { className: "arrivals" });
const clear = makeButton(say("clear_done"), () => attempt(() => shelf.takeBack(...shelf.queue.filter((one) => !isUnderWay(one)))), { className: "quiet" });
const heading = make("h3", { textContent: say("queue") });
export const queueSection = make(
  "section",
  { id: "papers-queue", hidden: true },
  make("header", {}, heading, clear),
  list,
);
const announced = make("p", { className: "sr-only", role: "status" });
queueSection.append(announced);
const views = new KeyedList(list, makeArrivalView);

export function showQueue() {
  const { queue } = shelf;
  queueSection.hidden = queue.length === 0;
  views.show([...queue].sort((one, other) => rank(one) - rank(other)), (arrival) => arrival.arrival);
  const waiting = queue.filter(isUnderWay).length;
  clear.hidden = waiting === queue.length;
  // Read out as one ends, not with each step.
  setText(announced, say("under_way", { waiting, failed: queue.filter(hasFailed).length }));
}

// What is under way stands first, then what waits for its reader, then what is done.
const rank = (arrival) => (isUnderWay(arrival) ? 0 : hasFailed(arrival) ? 1 : 2);

const hasFailed = (arrival) => ["failed", "unsupported", "locked"].includes(arrival.state);
