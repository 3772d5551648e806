// A paper in the panel is as wide as the panel, however wide that is; its buttons enlarge it from there.
import { keepUp } from "./page.js";

const watched = new WeakSet();

function fit(viewer) {
  const canvas = viewer.querySelector(".react-pdf__Page__canvas");
  const page = canvas?.closest(".react-pdf__Page");
  const frame = viewer.querySelector(".react-pdf__Document")?.parentElement;
  if (!page || !frame?.parentElement) return;
  const scale = parseFloat(page.style.getPropertyValue("--scale-factor")) || 1;
  const width = parseFloat(canvas.style.width) / scale;
  const { paddingLeft, paddingRight } = getComputedStyle(frame);
  const room = frame.parentElement.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  if (width > 0 && room > 0) viewer.style.setProperty("--fit", Math.min(1, room / width).toFixed(3));
}

const resized = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));

keepUp(() => {
  for (const viewer of document.querySelectorAll("#side-view-content .page-pdf")) {
    if (!watched.has(viewer)) {
      watched.add(viewer);
      resized.observe(viewer);
    }
    fit(viewer);
  }
});
