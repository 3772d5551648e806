// What the panel says, in the page's language: a text by its name, with its {values}.
import { texts } from "../texts.js";

export function say(name, values = {}) {
  return texts.papers[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}
