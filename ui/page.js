// Runs once in the conversation and once in the source panel (Gradio: `js_on_load`), with
// `element`, `trigger` and `watch`. It moves focus and scrolls; it never writes markup.

const FOOTNOTE = "button.footnote";
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const scrollTo = (target, block) =>
  target.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });

const shown = () => document.querySelector("#source article.source");

// The footnote that the open article belongs to: the newest one with the same span.
function current() {
  const open = shown();
  if (!open) return null;
  const same = (note) =>
    ["article", "start", "end"].every((key) => note.dataset[key] === open.dataset[key]);
  return [...document.querySelectorAll(`#conversation ${FOOTNOTE}`)].filter(same).pop() ?? null;
}

function neighbour(step) {
  const note = current();
  if (!note) return null;
  const notes = [...note.closest(".answer").querySelectorAll(FOOTNOTE)];
  return notes[notes.indexOf(note) + step] ?? null;
}

const go = {
  previous: () => neighbour(-1)?.click(),
  next: () => neighbour(1)?.click(),
  library: () => trigger("click", {}),
  back: () => {
    const target = current() ?? document.querySelector("#question textarea");
    target.focus({ preventScroll: true });
    scrollTo(target, "center");
  },
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { article, start, end } = button.dataset;
  if (article) trigger("click", { article, start: Number(start), end: Number(end) });
  else go[button.dataset.go]?.();
});

function markCurrent() {
  for (const note of document.querySelectorAll(`#conversation ${FOOTNOTE}[aria-current]`))
    note.removeAttribute("aria-current");
  current()?.setAttribute("aria-current", "true");
}

let turns = 0;

watch("value", () => {
  markCurrent();
  if (element.closest("#source")) {
    for (const [name, step] of [["previous", -1], ["next", 1]]) {
      const button = element.querySelector(`[data-go="${name}"]`);
      if (button) button.disabled = !neighbour(step);
    }
    const title = element.querySelector(".title");
    // Focus follows the reader into an article, but is not taken when the page loads.
    if (shown()) title?.focus({ preventScroll: true });
    const mark = element.querySelector("#cited");
    if (mark) scrollTo(mark, "center");
    else if (shown()) scrollTo(title, "start");
    return;
  }
  const all = element.querySelectorAll(".turn");
  if (all.length > turns) scrollTo(all[all.length - 1], "start");
  turns = all.length;
});
