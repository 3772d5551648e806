// Files that are dropped or pasted, wherever on the page: into the open panel, else beside the question.
import { bringToChat } from "./brought.js";
import { listDropped } from "./files.js";
import { say } from "./say.js";
import { shelf } from "./shelf.js";
import { attempt, tell } from "./toast.js";

export function takeDropped(panel) {
  const receive = (files) => {
    if (files.length === 0) tell(say("nothing_dropped"));
    else if (panel.open) shelf.add(files);
    else bringToChat(files);
  };
  // Before Chainlit's page, which would swallow them.
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    window.addEventListener(kind, (event) => take(event, panel, receive), { capture: true });
  }
  window.addEventListener(
    "paste",
    (event) => {
      if (!event.clipboardData?.files.length) return;
      stop(event);
      receive([...event.clipboardData.files]);
    },
    { capture: true },
  );
}

function take(event, panel, receive) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  stop(event);
  event.dataTransfer.dropEffect = "copy";
  const isLeaving = event.type === "dragleave" && event.relatedTarget === null;
  const isOver = event.type !== "drop" && !isLeaving;
  (panel.open ? panel : document.body).classList.toggle("munheon-dropping", isOver);
  if (event.type === "drop") attempt(async () => receive(await listDropped(event.dataTransfer)));
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}
