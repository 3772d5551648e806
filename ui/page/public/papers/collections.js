// The collections at the side: each shows its papers, and can be asked.
import { askAll, askCollection, deleteCollection, isScope, renameCollection } from "./choosing.js";
import { KeyedList, make, makeButton, setText } from "./elements.js";
import { openMenu } from "./menu.js";
import { shelf } from "./shelf.js";
import { showCollection } from "./table.js";
import { attempt } from "./toast.js";
import { say } from "./say.js";

let shown = null;
const all = makeEntry(() => show(null));
const list = make("ul");
const views = new KeyedList(list, makeView);
const asked = make("p", { className: "asked", role: "status" });
const askAllButton = makeButton(say("ask_all"), () => attempt(askAll));
export const collectionsSection = make(
  "nav",
  { id: "papers-collections", ariaLabel: say("collections") },
  make("div", { className: "scope" }, asked, askAllButton),
  all.element,
  list,
);

export function showCollections() {
  if (!shelf.collections.some((one) => one.collection === shown)) show(null);
  setText(asked, say("asked", { words: shelf.scope.words ?? say("all_papers") }));
  askAllButton.hidden = shelf.scope.kind === "all";
  all.write(say("all_papers"), shelf.papers.length, shown === null);
  views.show(shelf.collections, (one) => one.collection);
}

function show(collection) {
  const isNew = shown !== collection;
  shown = collection;
  showCollection(collection);
  if (isNew) showCollections();
}

function makeView(first) {
  let collection = first;
  const entry = makeEntry(() => show(collection.collection));
  const ask = makeButton(say("ask"), () => attempt(() => askCollection(collection)), { className: "ask" });
  const more = makeButton("⋯", () => openMenu(more, listActions(collection)), { className: "quiet", ariaHasPopup: "menu" });
  const element = make("li", {}, entry.element, ask, more);
  const update = (now) => {
    collection = now;
    entry.write(now.name, now.papers.length, shown === now.collection);
    ask.hidden = isScope(now.collection) || now.papers.length === 0;
    ask.ariaLabel = say("ask_collection", { name: now.name });
    more.hidden = !now.mine;
    more.ariaLabel = say("actions_of", { title: now.name });
  };
  return { element, update };
}

function makeEntry(onClick) {
  const [name, count] = [make("span", { className: "name" }), make("span", { className: "count" })];
  const element = makeButton("", onClick, { className: "entry" });
  element.append(name, count);
  const write = (words, papers, isShown) => {
    setText(name, words);
    setText(count, String(papers));
    element.setAttribute("aria-pressed", String(isShown));
  };
  return { element, write };
}

const listActions = (collection) => [
  { label: say("rename"), act: () => attempt(() => renameCollection(collection)) },
  { label: say("delete_collection"), act: () => attempt(() => deleteCollection(collection)), isDangerous: true },
];
