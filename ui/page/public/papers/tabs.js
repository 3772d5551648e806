// The tabs of one browser: what one changes, the others read again.
const channel = new BroadcastChannel("munheon-papers");
// Several changes in a row are read once.
const PAUSE = 300;
let timer = null;

export const tellTabs = () => channel.postMessage("changed");

export function onOtherTab(read) {
  channel.addEventListener("message", () => {
    clearTimeout(timer);
    timer = setTimeout(read, PAUSE);
  });
}
