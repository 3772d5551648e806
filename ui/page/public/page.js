// Chainlit's page draws itself anew whenever it likes: what is added to it is looked after.
const tasks = [];
let isWaiting = false;

export function keepUp(task) {
  tasks.push(task);
  task();
}

function run() {
  isWaiting = false;
  tasks.forEach((task) => task());
}

// Attributes too: a button that becomes enabled, a panel that is drawn elsewhere.
const watched = { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "style"] };
new MutationObserver(() => {
  if (isWaiting) return;
  isWaiting = true;
  // No frame: a page in a background tab draws none.
  setTimeout(run, 50);
}).observe(document.documentElement, watched);
