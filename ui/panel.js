// Runs once in each panel (Gradio: `js_on_load`) with `element`, `trigger` and `watch`. It sends
// clicks on; what happens to the page alone is done by `page.js`. It never writes markup.

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-event]");
  if (!button) return;
  const { event: name, tip, ...carried } = button.dataset;
  // What was typed or chosen beside a button goes with it.
  for (const field of button.closest("form, .fields")?.querySelectorAll("[name]") ?? [])
    carried[field.name] = field.value;
  trigger(name, carried);
});

// Enter in a field does what the main button beside it does.
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
  event.target.closest(".fields")?.querySelector(".main")?.click();
});

watch("value", () => page.changed(element));
