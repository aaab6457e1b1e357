"""`python -m rag "question"`: answer on a terminal, with coloured footnotes."""

import argparse
import json
import sys

from rich.console import Console
from rich.text import Text

from index import Index, IndexFailure
from index.settings import index_settings
from rag.answer import stream
from rag.errors import AnswerFailure
from rag.prompts import DISAGREEMENTS, WITHHELD
from rag.settings import rag_settings
from rag.types import Answer, Citation

EXAMPLES = """examples:
  python -m rag "Why was the ferry stopped?"
  python -m rag "How many members voted?" --since 2025-10-01 --source "The Herald"
  python -m rag "Who owns the mill?" --json | jq .citations

exit codes: 0 answered, or refused because the articles do not say; 2 bad input"""

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def main() -> int:
    """Answer one question and return the exit code."""
    arguments = _parser().parse_args()
    try:
        index_settings()
        rag_settings()
        with Index.open(arguments.library, create=False) as index:
            partials = stream(
                " ".join(arguments.question),
                index=index,
                as_of=arguments.as_of,
                since=arguments.since,
                until=arguments.until,
                sources=arguments.source,
            )
            if arguments.json:
                *_, answer = partials
                out.print_json(json.dumps(answer.to_dict() | {"text": answer.text}))
            else:
                shown = 0
                for answer in partials:
                    for sentence in answer.sentences[shown:]:
                        out.print(_sentence(sentence.text, sentence.citations))
                    shown = len(answer.sentences)
                _print_notes(answer)
    except (AnswerFailure, IndexFailure) as error:
        err.print(Text(str(error), style="red"))
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _sentence(text: str, citations: tuple[Citation, ...]) -> Text:
    line = Text(" ".join(text.split()))
    for citation in citations:
        line.append(f" [{citation.number}]", style="bold cyan")
    return line


def _print_notes(answer: Answer) -> None:
    """Print what stands below an answer: footnotes, or the closest passages."""
    if answer.refused:
        out.print(Text(answer.reason or "", style="yellow"))
        for hit in answer.hits[:3]:
            out.print(Text(f"\n  {hit.article.title or hit.article.key}", style="bold"))
            out.print(Text(f"  {' '.join(hit.passage.text.split())[:300]} …", style="dim"))
    else:
        out.print()
    for disagreement in answer.disagreements:
        out.print(Text(f"{DISAGREEMENTS[disagreement.kind]}: {disagreement.about}", style="bold"))
        for side in disagreement.sides:
            date = (side.published or "")[:10] or "no date given"
            line = _sentence(side.text, side.citations)
            mark = ", ".join(filter(None, (date, side.note)))
            out.print(Text(f"  {mark}: ", style="dim") + line)
    differing = [c for d in answer.disagreements for side in d.sides for c in side.citations]
    for citation in (*answer.citations, *differing):
        note = Text(f"[{citation.number}] ", style="cyan")
        note.append(citation.title or "untitled")
        page = f"page {citation.page}" if citation.page else None
        place = f"characters {citation.start}–{citation.end} of {citation.article_id}"
        date = (citation.published or "")[:10] or "no date given"
        facts = [citation.source, date, page, place]
        note.append("  " + " · ".join(fact for fact in facts if fact), style="dim")
        out.print(note)
    notices = list(answer.notices)
    if answer.withheld:
        notices.append(WITHHELD.format(count=answer.withheld))
    for notice in notices:
        out.print(Text(notice, style="yellow"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rag",
        description="Answer a question from the library, every sentence with its footnote.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("question", nargs="+", help="the question; quotes are optional")
    parser.add_argument("--library", metavar="DIR", help="FOOTNOTE_HOME, else ./library")
    parser.add_argument("--since", metavar="DAY", help="first day of publication, 2025-10-28")
    parser.add_argument("--until", metavar="DAY", help="last day of publication")
    parser.add_argument("--as-of", metavar="DAY", help="look at nothing later than this day")
    parser.add_argument("--source", action="append", metavar="OUTLET", help="may be repeated")
    parser.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
