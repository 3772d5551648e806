// One thing on its way into the library: how far it is, why it failed, and what can be done.
import { make, makeButton, setText } from "./elements.js";
import { isUnderWay, shelf } from "./shelf.js";
import { attempt } from "./toast.js";
import { say } from "./say.js";

export function makeArrivalView(first) {
  let arrival = first;
  const name = make("strong", { textContent: first.name, title: first.name });
  const state = make("span", { className: "state" });
  const bar = make("progress", { max: 1, ariaLabel: first.name });
  const message = make("p", { className: "message" });
  const password = make("input", { type: "password", autocomplete: "off", ariaLabel: say("password"), placeholder: say("password") });
  const open = make("form", { className: "unlock" }, password, make("button", { textContent: say("unlock") }));
  open.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => shelf.retry(arrival, password.value));
    password.value = "";
  });
  const again = makeButton(say("retry"), () => attempt(() => shelf.retry(arrival, null)));
  const stop = makeButton("×", () => attempt(() => shelf.takeBack(arrival)), { className: "quiet" });
  const element = make("li", {}, make("div", { className: "line" }, name, state, again, stop), bar, message, open);
  const update = (now) => {
    arrival = now;
    element.dataset.state = now.state;
    setText(state, describe(now));
    bar.hidden = !isUnderWay(now) || now.state === "waiting";
    if (now.progress === null) bar.removeAttribute("value");
    else bar.value = now.progress;
    setText(message, now.message ?? "");
    message.hidden = !now.message;
    open.hidden = now.state !== "locked";
    again.hidden = now.state !== "failed";
    stop.ariaLabel = stop.title = isUnderWay(now) ? say("cancel") : say("dismiss");
  };
  return { element, update };
}

function describe(arrival) {
  const parts = [say(arrival.state)];
  if (arrival.state === "waiting" && arrival.ahead > 0) parts.push(say("ahead", { count: arrival.ahead }));
  if (arrival.seconds_left) parts.push(say("time_left", { time: writeTime(arrival.seconds_left) }));
  return parts.join(" · ");
}

function writeTime(seconds) {
  if (seconds < 60) return say("seconds", { count: Math.ceil(seconds) });
  return say("minutes", { count: Math.ceil(seconds / 60) });
}
