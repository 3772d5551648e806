// Papers that were removed: for a week each can be brought back.
import { KeyedList, make, makeButton, setText } from "./elements.js";
import { shelf } from "./shelf.js";
import { restore } from "./table.js";
import { attempt } from "./toast.js";
import { say } from "./say.js";

const DATE = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", day: "numeric" });
const summary = make("summary");
const list = make("ul");
const views = new KeyedList(list, makeView);
export const removedSection = make("details", { id: "papers-removed" }, summary, list);

export function showRemoved() {
  removedSection.hidden = shelf.removed.length === 0;
  setText(summary, say("removed", { count: shelf.removed.length }));
  views.show(shelf.removed, (one) => one.paper);
}

function makeView({ paper }) {
  const [title, until] = [make("span"), make("small")];
  const back = makeButton(say("restore"), () => attempt(() => restore([paper])));
  const update = (now) => {
    setText(title, now.title);
    setText(until, say("until", { date: DATE.format(new Date(now.until)) }));
    back.ariaLabel = say("restore_named", { title: now.title });
  };
  return { element: make("li", {}, title, until, back), update };
}
