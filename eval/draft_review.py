"""Review drafted cases one at a time: the question, its answer in context, and a key for each."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath

from rich.console import Console
from rich.text import Text

from eval.cases import CaseLine, read_case_lines
from eval.draft_file import change_line
from eval.types import Case, Span
from eval.words import find_quote
from index import Article
from rag.shown import shown

KEYS = {"k": "keep", "d": "drop", "e": "edit the question", "s": "skip", "q": "quit"}
PROMPT = ", ".join(f"{key} {what}" for key, what in KEYS.items()) + " > "
NEW_QUESTION = "New question (nothing leaves it as it is) > "
ASKED_OF_GOLD = "Does it read well and stand alone, and does the marked sentence answer it?"
ASKED_OF_TWIN = "Does it read well, and does no article answer it?"
CONTEXT = 300
"""Characters of the article that are shown before and after a gold quote."""

Ask = Callable[[str], str]
"""Shows a prompt and returns the line that was typed; raises EOFError where input ends."""


def review_cases(path: Path, articles: Sequence[Article], out: Console, ask: Ask) -> Counter[str]:
    """Go through the cases that nobody has reviewed; each decision is in the file at once.

    Args:
        path: The file of cases.
        articles: From which the context of gold quotes is shown; may be empty.
        out: Where cases are shown.
        ask: Asks for a key.

    Returns:
        How often each key decided a case; "left" counts those that nobody has reviewed still.

    Raises:
        MissingData, BadCases: the file cannot be read, or not written.
        BadOption: another program changed it meanwhile.
    """
    lines = read_case_lines(path)
    waiting = [line for line in lines if not line.reviewed]
    by_id = {line.case.id: line.case for line in lines}
    decided = Counter[str]()
    for place, line in enumerate(waiting, start=1):
        out.rule(f"{place} of {len(waiting)}: line {line.number}", style="dim")
        for text in _texts(line.case, _original(line.case, by_id), articles):
            out.print(text)
        key = _decide(path, line, out, ask)
        if key == "q":
            break
        decided[key] += 1
    decided["left"] = len(waiting) - sum(decided[key] for key in "kde")
    return decided


def _decide(path: Path, line: CaseLine, out: Console, ask: Ask) -> str:
    """Ask for a key until one decides, do what it says, and return it."""
    while True:
        try:
            key = ask(PROMPT).strip().lower()[:1]
            question = ask(NEW_QUESTION).strip() if key == "e" else ""
        except EOFError:
            return "q"
        if key == "k":
            change_line(path, line, {"reviewed": True})
        elif key == "d":
            change_line(path, line, None)
        elif key == "e" and question:
            change_line(path, line, {"question": question, "reviewed": True})
        elif key not in {"s", "q"}:
            out.print("Nothing changed. Type one of the letters, then Enter.", style="yellow")
            continue
        return key


def _original(case: Case, by_id: dict[str, Case]) -> Case | None:
    """Return the case of which one is the twin: its id begins with the other's."""
    return next((by_id[key] for key in by_id if case.id.startswith(f"{key}-twin-")), None)


def _texts(case: Case, original: Case | None, articles: Sequence[Article]) -> Iterator[Text]:
    """Yield what a reviewer needs to decide on a case."""
    yield Text(case.question, style="bold")
    if case.answerable:
        yield Text(f"answer: {case.reference or 'the marked sentence'}", style="green")
        for span in case.spans:
            yield Text(span.path, style="dim")
            yield in_context(span, articles)
        yield Text(ASKED_OF_GOLD, style="italic")
        return
    if original is not None:
        yield Text(f"made of: {original.question}", style="dim")
        yield from (in_context(span, articles) for span in original.spans)
    yield Text(f"unanswerable: {case.id}", style="dim")
    yield Text(ASKED_OF_TWIN, style="italic")


def in_context(span: Span, articles: Sequence[Article]) -> Text:
    """Return a gold quote marked within what stands around it, or alone where no article has it."""
    wanted = PurePath(span.path).parts
    for article in articles:
        if PurePath(article.path or "").parts[-len(wanted) :] != wanted:
            continue
        place = find_quote(article.text, span.quote)
        if place:
            start, end = place
            before, after = article.text[:start][-CONTEXT:], article.text[end:][:CONTEXT]
            return Text.assemble(
                "…" * (len(before) < start),
                shown(before),
                (shown(article.text[start:end]), "reverse"),
                shown(after),
                "…" * (end + len(after) < len(article.text)),
            )
    return Text(shown(span.quote), style="reverse")
