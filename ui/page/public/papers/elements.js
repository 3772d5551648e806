// Elements of the page. Words go in as text, never as HTML: titles come from files of strangers.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function makeButton(label, onClick, properties = {}) {
  const button = make("button", { type: "button", textContent: label, ...properties });
  button.addEventListener("click", onClick);
  return button;
}

// Writes only what has changed: what is not touched keeps its focus, and is not read out again.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Elements for items, each made once by its key and brought up to date; those without an item go.
export class KeyedList {
  constructor(parent, makeItem) {
    this.parent = parent;
    this.makeItem = makeItem;
    this.views = new Map();
  }

  show(items, findKey) {
    const focused = document.activeElement;
    const keys = new Set(items.map(findKey));
    for (const [key, view] of this.views) {
      if (keys.has(key)) continue;
      view.element.remove();
      this.views.delete(key);
    }
    items.forEach((item, at) => {
      const key = findKey(item);
      if (!this.views.has(key)) this.views.set(key, this.makeItem(item));
      const { element, update } = this.views.get(key);
      update(item);
      if (this.parent.children[at] !== element) this.parent.insertBefore(element, this.parent.children[at] ?? null);
    });
    // An element that was moved has lost it.
    if (this.parent.contains(focused)) focused.focus({ preventScroll: true });
  }
}
