// The table of papers: found by words, sorted by a column, chosen by boxes, each with its menu.
import { call } from "./api.js";
import { askPapers, makeCollection, putInto, takeOut } from "./choosing.js";
import { KeyedList, make, makeButton, setText } from "./elements.js";
import { openMenu } from "./menu.js";
import { shelf } from "./shelf.js";
import { attempt, tell } from "./toast.js";
import { say } from "./say.js";

const COLUMNS = {
  title: { label: say("column_title"), read: (paper) => paper.title.toLowerCase() },
  year: { label: say("column_year"), read: (paper) => paper.year ?? 0 },
  pages: { label: say("column_pages"), read: (paper) => paper.pages ?? 0 },
  state: { label: say("column_state"), read: (paper) => paper.state },
  added: { label: say("column_added"), read: (paper) => paper.added ?? "" },
};
const DATE = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" });
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
const chosen = new Set();
// The latest first, until a column is clicked.
let sorting = { by: "added", isDown: true };
let shownCollection = null;

const body = make("tbody");
const rows = new KeyedList(body, makeRow);
const chooseAll = make("input", { type: "checkbox", ariaLabel: say("choose_all") });
const find = make("input", { type: "search", placeholder: say("find"), ariaLabel: say("find") });
const empty = make("p", { className: "empty", role: "status" });
const count = make("span", { className: "count" });
const heads = Object.entries(COLUMNS).map(([by, { label }]) => {
  const head = make("th", { scope: "col", className: by }, makeButton(label, () => sortBy(by)));
  return [by, head];
});
const table = make(
  "table",
  {},
  make("thead", {}, make("tr", {}, make("th", { scope: "col", className: "choose" }, chooseAll), ...heads.map(([, head]) => head), make("th", { scope: "col" }, make("span", { className: "sr-only", textContent: say("actions") })))),
  body,
);
const takeOutChosen = makeButton(say("take_out"), () => attempt(() => takeOut(findOwnShown(), listInShown([...chosen]))));
const actions = make(
  "div",
  { className: "chosen", role: "group", ariaLabel: say("chosen_actions") },
  count,
  makeButton(say("ask_these"), () => attempt(() => askPapers([...chosen])), { className: "primary" }),
  makeButton(say("make_collection"), () => attempt(() => makeCollection([...chosen]))),
  makeButton(say("put_into"), (event) => openMenu(event.currentTarget, listCollections())),
  takeOutChosen,
  makeButton(say("remove"), () => attempt(() => removePapers([...chosen])), { className: "danger" }),
);
export const tableSection = make("section", { id: "papers-table" }, make("div", { className: "tools" }, find, actions), table, empty);

find.addEventListener("input", showTable);
chooseAll.addEventListener("change", () => {
  for (const paper of listShown()) choose(paper.paper, chooseAll.checked);
  showTable();
});

// `collection`: which papers are shown; null: all.
export function showCollection(collection) {
  shownCollection = collection;
  showTable();
}

export function showTable() {
  const there = new Set(shelf.papers.map((paper) => paper.paper));
  for (const id of chosen) if (!there.has(id)) chosen.delete(id);
  const shown = listShown();
  rows.show(shown, (paper) => paper.paper);
  for (const [by, head] of heads) {
    const direction = sorting.isDown ? "descending" : "ascending";
    head.ariaSort = by === sorting.by ? direction : "none";
  }
  chooseAll.checked = shown.length > 0 && shown.every((paper) => chosen.has(paper.paper));
  chooseAll.indeterminate = !chooseAll.checked && shown.some((paper) => chosen.has(paper.paper));
  actions.hidden = chosen.size === 0;
  takeOutChosen.hidden = !findOwnShown();
  setText(count, say("chosen", { count: chosen.size }));
  table.hidden = shown.length === 0;
  setText(empty, shown.length > 0 || !shelf.isLoaded ? "" : shelf.papers.length > 0 ? say("none_found") : say("no_papers"));
}

function listShown() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const { read } = COLUMNS[sorting.by];
  return shelf.papers
    .filter((paper) => shownCollection === null || paper.collections.includes(shownCollection))
    .filter((paper) => words.every((word) => describe(paper).includes(word)))
    .sort((one, other) => (sorting.isDown ? -1 : 1) * compare(read(one), read(other)) || compare(one.title, other.title));
}

// The collection that is shown, where it is the reader's to change.
const findOwnShown = () => shelf.collections.find((one) => one.collection === shownCollection && one.mine);
const listInShown = (papers) => papers.filter((paper) => findOwnShown().papers.includes(paper));

const describe = (paper) => [paper.title, paper.file, ...paper.authors, paper.year ?? ""].join(" ").toLowerCase();

function sortBy(by) {
  sorting = { by, isDown: sorting.by === by ? !sorting.isDown : by === "added" };
  showTable();
}

function choose(paper, isChosen) {
  if (isChosen) chosen.add(paper);
  else chosen.delete(paper);
}

function makeRow(first) {
  let paper = first;
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    choose(paper.paper, box.checked);
    showTable();
  });
  const title = makeButton("", () => openFile(paper), { className: "title" });
  const authors = make("small");
  const note = make("small", { className: "note" });
  const [year, pages, state, added] = ["year", "pages", "state", "added"].map((className) => make("td", { className }));
  const more = makeButton("⋯", () => openMenu(more, listActions(paper, startRenaming)), { className: "quiet", ariaHasPopup: "menu" });
  const titleCell = make("td", { className: "title" }, title, authors, note);
  const element = make("tr", {}, make("td", { className: "choose" }, box), titleCell, year, pages, state, added, make("td", { className: "more" }, more));
  const startRenaming = () => rename(paper, title);
  const update = (now) => {
    paper = now;
    box.checked = chosen.has(now.paper);
    box.ariaLabel = say("choose", { title: now.title });
    more.ariaLabel = more.title = say("actions_of", { title: now.title });
    setText(title, now.title);
    title.title = now.file;
    setText(authors, writeAuthors(now));
    setText(note, now.error ?? now.warning ?? "");
    element.dataset.state = now.state;
    setText(year, now.year ?? "");
    setText(pages, say("pages", { count: now.pages }));
    setText(state, say(now.state));
    setText(added, now.added ? DATE.format(new Date(now.added)) : "");
  };
  return { element, update };
}

const MOST_AUTHORS = 3;

function writeAuthors({ authors, file }) {
  if (authors.length === 0) return file;
  const named = authors.slice(0, MOST_AUTHORS).join(", ");
  const others = authors.length - MOST_AUTHORS;
  return others > 0 ? say("and_others", { names: named, count: others }) : named;
}

function listActions(paper, startRenaming) {
  const own = [
    { label: say("rename"), act: startRenaming },
    { label: say("again"), act: () => attempt(() => shelf.change("POST", `/${paper.paper}/again`)) },
    { label: say("remove"), act: () => attempt(() => removePapers([paper.paper])), isDangerous: true },
  ];
  return [
    { label: say("ask_this"), act: () => attempt(() => askPapers([paper.paper])) },
    { label: say("open_file"), act: () => openFile(paper) },
    { label: say("copy_bibtex"), act: () => attempt(() => copyCitation(paper)) },
    ...(findOwnShown() ? [{ label: say("take_out"), act: () => attempt(() => takeOut(findOwnShown(), [paper.paper])) }] : []),
    ...(paper.mine ? own : []),
  ];
}

function listCollections() {
  const own = shelf.collections.filter((one) => one.mine);
  if (own.length === 0) return [{ label: say("make_collection"), act: () => attempt(() => makeCollection([...chosen])) }];
  return own.map((one) => ({ label: one.name, act: () => attempt(() => putInto(one, [...chosen])) }));
}

function openFile({ paper }) {
  window.open(`/papers/${paper}/file`, "_blank", "noopener");
}

async function copyCitation({ paper }) {
  const citation = await call("GET", `/${paper}/citation.bib`);
  try {
    await navigator.clipboard.writeText(citation);
    tell(say("bibtex_copied"));
  } catch {
    window.prompt("Ctrl+C", citation);
  }
}

async function removePapers(papers) {
  const theirs = shelf.papers.filter((one) => papers.includes(one.paper) && one.mine);
  try {
    for (const { paper } of theirs) await call("DELETE", `/${paper}`);
  } finally {
    await shelf.load();
  }
  if (theirs.length === 0) throw new Error(say("not_yours"));
  const words = theirs.length === 1 ? say("removed_one", { title: theirs[0].title }) : say("removed_some", { count: theirs.length });
  tell(words, () => restore(theirs.map((one) => one.paper)));
}

export async function restore(papers) {
  try {
    for (const paper of papers) await call("POST", `/${paper}/restore`);
  } finally {
    await shelf.load();
  }
}

// The title becomes a field: Enter keeps what is written, Escape what was there; empty gives back its own.
function rename(paper, title) {
  const field = make("input", { value: paper.title, className: "title", ariaLabel: say("new_title"), maxLength: 500 });
  let isDone = false;
  const end = async (isKept) => {
    if (isDone) return;
    isDone = true;
    field.replaceWith(title);
    title.focus();
    if (isKept && field.value.trim() !== paper.title) {
      await attempt(() => shelf.change("PATCH", `/${paper.paper}`, { title: field.value.trim() }));
    }
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) end(true);
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(false);
  });
  field.addEventListener("blur", () => end(true));
  title.replaceWith(field);
  field.select();
}
