// What the page does by itself: moves focus, scrolls, shows what a footnote quotes, keys, colours.
// It never writes markup: what it shows is set as text. Every panel brings it along, and the first
// one runs it: the page's policy lets no script run that stands in the page itself.

window.page ??= (() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const one = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const scrollTo = (target, block) =>
    target?.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });

  // What opens an article at a span; one leads on to the next.
  const NOTES = "button.footnote, button.mention";

  // The place of the footnote that was clicked last. The note itself goes when its panel is drawn
  // again, and its turn moves to another panel when the next question is asked.
  const listOf = (note) => all(NOTES, note.closest(".answer, .listing"));
  const turnOf = (note) => note.closest(".turn")?.dataset.turn;
  let clicked = {};

  // The footnote that the open article belongs to: of those with its span the one that was
  // clicked, else one in the same turn, else the newest.
  const shown = () => one("#source article.source");
  function current() {
    const open = shown();
    const same = (note) =>
      ["article", "start", "end"].every((key) => note.dataset[key] === open.dataset[key]);
    const there = (note) => same(note) && note.checkVisibility();
    const notes = open ? all(`#talk :is(${NOTES})`).filter(there) : [];
    const near = notes.filter((note) => turnOf(note) === clicked.turn);
    const samePlace = (note) => listOf(note).indexOf(note) === clicked.place;
    return near.find(samePlace) ?? near.pop() ?? notes.pop() ?? null;
  }
  function neighbour(step) {
    const note = current();
    const notes = note ? listOf(note) : [];
    return notes[notes.indexOf(note) + step] ?? null;
  }

  // The newest footnotes to be seen: where the keys begin while none belongs to the open article.
  function newest() {
    const seen = all(`#talk :is(${NOTES})`).filter((note) => note.checkVisibility());
    return seen.length ? listOf(seen.pop()).filter((note) => note.checkVisibility()) : [];
  }
  const step = (by) => (current() ? neighbour(by) : newest().at(by > 0 ? 0 : -1))?.click();

  // The button of a list that the open article was opened by, else another that opens it.
  function opener() {
    const { article, start } = shown()?.dataset ?? {};
    const found = all(`#talk [data-event="click"][data-article="${article}"]`).filter((button) =>
      button.checkVisibility(),
    );
    return found.find((button) => button.dataset.start === start) ?? found[0];
  }

  const go = {
    previous: () => step(-1),
    next: () => step(1),
    back: () => {
      const place = current() ?? opener() ?? one("#question textarea");
      place.focus({ preventScroll: true });
      scrollTo(place, "center");
    },
    ask: () => one("#question textarea")?.focus(),
    filters: () => {
      if (!one("#since input, #since textarea")) one("#filters button")?.click();
      setTimeout(() => one("#since input, #since textarea")?.focus(), 100);
    },
    theme: () => {
      const dark = document.body.classList.toggle("dark");
      localStorage.setItem("footnote-theme", dark ? "dark" : "light");
    },
    copy: (button) => {
      navigator.clipboard.writeText(new URL(button.dataset.address, location.href).href);
      say(button.dataset.done);
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-go]");
    if (button) go[button.dataset.go]?.(button);
    const note = event.target.closest("#talk [data-event=click][data-article]");
    if (note) {
      clicked = { turn: turnOf(note), place: note.matches(NOTES) ? listOf(note).indexOf(note) : 0 };
      markCurrent(); // an article that stands open there already is not drawn again
    }
  });

  // Gradio sets the colours of the system when it starts; the reader's choice comes before them.
  let coloured = false;
  function colour() {
    const chosen = localStorage.getItem("footnote-theme");
    if (chosen && !coloured) document.body.classList.toggle("dark", chosen === "dark");
    coloured = true;
  }

  // Keys, unless someone is writing
  const KEYS = { "/": go.ask, "[": go.previous, "]": go.next, Escape: go.back };
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" && hideTip()) return;
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !event.target.closest("#source")) return;
    if (!KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  // The words that Enter was pressed on in the search, until others are typed
  let entered = null;
  const searched = (event) => event.target.matches("#search :is(input, textarea)");
  document.addEventListener("input", (event) => {
    if (searched(event)) entered = null;
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && searched(event)) entered = event.target.value;
  }, true);

  // What a footnote quotes and why a sentence has its mark, while pointer or focus rests there
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  let owner = null;
  function showTip(target) {
    if (!tip.isConnected) document.body.append(tip);
    owner = target;
    tip.textContent = target.dataset.tip;
    tip.hidden = false;
    const place = target.getBoundingClientRect();
    const left = Math.min(place.left, innerWidth - tip.offsetWidth - 12);
    const below = place.bottom + 6;
    const above = place.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(left, 12)}px`;
    tip.style.top = `${below + tip.offsetHeight > innerHeight && above > 0 ? above : below}px`;
  }
  function hideTip() {
    const was = !tip.hidden;
    tip.hidden = true;
    owner = null;
    return was;
  }
  for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(begin, (event) => {
      const target = event.target.closest("[data-tip]");
      if (target && (begin === "mouseover" || target.matches(":focus-visible"))) showTip(target);
    });
    document.addEventListener(end, (event) => {
      if (owner && owner.contains(event.target) && event.relatedTarget !== tip) hideTip();
    });
  }
  tip.addEventListener("mouseleave", hideTip);
  document.addEventListener("scroll", hideTip, true);

  // Said to those who cannot see it
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  function say(words) {
    if (!status.isConnected) document.body.append(status);
    status.textContent = words;
  }

  // A panel's content is replaced as a whole, so the focus is put back to where it was.
  let focused = null;
  const name = (node) => JSON.stringify([node.className, { ...node.dataset, tip: "" }]);
  document.addEventListener("focusin", (event) => {
    const button = event.target.closest("[data-event]");
    focused = button ? name(button) : null;
  });
  function refocus(panel) {
    if (!focused || document.activeElement !== document.body) return;
    all("[data-event]", panel).find((node) => name(node) === focused)?.focus({
      preventScroll: true,
    });
  }

  // What a panel brings up to be done next takes the focus, once.
  const brought = new Map();
  function bringUp(panel) {
    const next = panel.querySelector("[data-focus]");
    const { focus = "" } = next?.dataset ?? {};
    if (focus && focus !== brought.get(panel)) next.focus();
    brought.set(panel, focus);
  }

  function markCurrent() {
    for (const note of all(`#talk :is(${NOTES})[aria-current]`))
      note.removeAttribute("aria-current");
    current()?.setAttribute("aria-current", "true");
    for (const [step, by] of [["previous", -1], ["next", 1]])
      for (const button of all(`#source [data-go="${step}"]`)) button.disabled = !neighbour(by);
  }

  let opened = null;
  function changed(panel) {
    colour();
    markCurrent();
    if (owner && !owner.isConnected) hideTip();
    if (panel.closest("#source")) {
      // Focus follows the reader into an article, but is not taken when the page loads.
      const title = one("#source .title");
      if (shown()) title?.focus({ preventScroll: true });
      const mark = one("#source #cited");
      scrollTo(mark ?? (shown() ? title : null), mark ? "center" : "start");
      return;
    }
    refocus(panel);
    bringUp(panel);
    const place = panel.closest("#now") && one("#now .place");
    if (!place) return;
    const { library, chat } = place.dataset;
    history.replaceState(null, "", `?${new URLSearchParams(chat ? { library, chat } : { library })}`);
    const turn = one("#now .turn");
    if (turn && turn.dataset.turn !== opened) scrollTo(turn, "start");
    opened = turn?.dataset.turn;
    const sentences = all("#now :is(.sentence .text, .reason, .problem)");
    if (sentences.length) say(sentences.pop().textContent);
  }

  return { changed, ask: go.ask, entered: (words) => words === entered };
})();
