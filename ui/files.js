// Files that are too large are cut short before they are sent, to just beyond what is taken: the
// server refuses each with its reason and takes the others. Gradio would refuse them all.

window.filesCut ??= (() => {
  const LARGEST = 10_000_000; // bytes, as `index/uploads.py` has it
  function cut(files) {
    if (![...files].some((file) => file.size > LARGEST)) return null;
    const kept = new DataTransfer();
    for (const file of files)
      kept.items.add(
        file.size > LARGEST ? new File([file.slice(0, LARGEST + 1)], file.name) : file,
      );
    return kept;
  }
  document.addEventListener(
    "change",
    ({ target }) => {
      const kept = target.matches("#files input[type=file]") ? cut(target.files) : null;
      if (kept) target.files = kept.files;
    },
    true,
  );
  document.addEventListener(
    "drop",
    (event) => {
      const kept = event.target.closest("#files") ? cut(event.dataTransfer.files) : null;
      if (kept) Object.defineProperty(event, "dataTransfer", { value: kept });
    },
    true,
  );
  return true;
})();
