// A small window with one field; what was written, or null.
import { make, makeButton } from "./elements.js";
import { say } from "./say.js";

export function askFor(label, value = "") {
  const field = make("input", { value, ariaLabel: label, maxLength: 100, required: true });
  const form = make(
    "form",
    { method: "dialog" },
    make("label", {}, label, field),
    make("div", { className: "buttons" }, makeButton(say("cancel"), () => window_.close("")), make("button", { className: "primary", textContent: say("save"), value: "save" })),
  );
  const window_ = make("dialog", { className: "papers-asking", ariaLabel: label }, form);
  document.body.append(window_);
  window_.showModal();
  field.select();
  return new Promise((resolve) => {
    window_.addEventListener("close", () => {
      window_.remove();
      resolve(window_.returnValue === "save" ? field.value.trim() : null);
    });
  });
}
