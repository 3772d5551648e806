// Which papers are asked, and collections: names for sets of papers.
import { call } from "./api.js";
import { askFor } from "./asking.js";
import { shelf } from "./shelf.js";
import { tell } from "./toast.js";
import { say } from "./say.js";

export const isScope = (collection) => shelf.scope.kind === "collection" && shelf.scope.collection === collection;

async function choose(scope) {
  const before = shelf.scope;
  await call("PUT", "/scope", scope);
  await shelf.load();
  const { words } = shelf.scope;
  tell(words ? say("asking", { words }) : say("asking_all"), () => choose(before));
}

export const askAll = () => choose({ kind: "all" });
export const askPapers = (papers) => choose({ kind: "papers", papers });
export const askCollection = ({ collection }) => choose({ kind: "collection", collection });

export async function makeCollection(papers) {
  const name = await askFor(say("collection_name"));
  if (!name) return;
  const { collection } = await call("POST", "/collections", { name, papers });
  await shelf.load();
  tell(say("collection_made", { name, count: papers.length }), () => shelf.change("DELETE", `/collections/${collection}`));
}

export async function putInto({ collection, name }, papers) {
  await shelf.change("PATCH", `/collections/${collection}`, { add: papers });
  tell(say("put_into_done", { name }), () => shelf.change("PATCH", `/collections/${collection}`, { remove: papers }));
}

export async function takeOut({ collection, name }, papers) {
  await shelf.change("PATCH", `/collections/${collection}`, { remove: papers });
  tell(say("taken_out", { name }), () => shelf.change("PATCH", `/collections/${collection}`, { add: papers }));
}

export async function renameCollection({ collection, name }) {
  const given = await askFor(say("collection_name"), name);
  if (given) await shelf.change("PATCH", `/collections/${collection}`, { name: given });
}

// Who asks it asks all papers again.
export async function deleteCollection({ collection, name, papers }) {
  const isAsked = isScope(collection);
  if (isAsked) await call("PUT", "/scope", { kind: "all" });
  await shelf.change("DELETE", `/collections/${collection}`);
  tell(say("collection_deleted", { name }), () => bringBack({ name, papers, isAsked }));
}

async function bringBack({ name, papers, isAsked }) {
  const { collection } = await call("POST", "/collections", { name, papers });
  if (isAsked) await call("PUT", "/scope", { kind: "collection", collection });
  await shelf.load();
}
