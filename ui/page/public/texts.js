// What the page's own scripts say, in its language.
import { tag } from "./language.js";

const translations = await fetch(`/project/translations?language=${tag}`);
export const { page: texts } = (await translations.json()).translation;
