// A menu at a button: Chromium's own popover, so that it stands above all and Escape closes it alone.
import { make, makeButton } from "./elements.js";

const menu = make("div", { id: "papers-menu", popover: "auto", role: "menu" });
let opener = null;

export const menuElement = menu;

// `items`: labels with what they do; `isDangerous` ones stand apart.
export function openMenu(button, items) {
  opener = button;
  menu.replaceChildren(
    ...items.map(({ label, act, isDangerous }) =>
      makeButton(label, () => choose(act), { role: "menuitem", className: isDangerous ? "danger" : "" }),
    ),
  );
  menu.showPopover();
  const place = button.getBoundingClientRect();
  const { offsetHeight: height, offsetWidth: width } = menu;
  const isRoomBelow = place.bottom + height < window.innerHeight;
  menu.style.left = `${Math.max(8, place.right - width)}px`;
  menu.style.top = `${isRoomBelow ? place.bottom : Math.max(8, place.top - height)}px`;
  menu.firstElementChild?.focus();
}

function choose(act) {
  menu.hidePopover();
  opener?.focus();
  act();
}

menu.addEventListener("keydown", (event) => {
  if (event.key === "Tab") menu.hidePopover();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement) + step;
  items[(at + items.length) % items.length].focus();
});
menu.addEventListener("toggle", (event) => {
  opener?.setAttribute("aria-expanded", String(event.newState === "open"));
  if (event.newState === "closed" && menu.contains(document.activeElement)) opener?.focus();
});
