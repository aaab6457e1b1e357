"""Where sources differ about what is asked: both sides, cited, dated, the later one marked.

Two reports of one story, published within days of each other, are read for what the question asks
for. What rounding, another scope or later news explains is no disagreement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from index import Hit, Index
from rag.altered_copies import altered_copies
from rag.asked import Asked, read_asked
from rag.citations import Footnotes, cite_span
from rag.corrections import find_correction, may_correct
from rag.facts import Reader, Report
from rag.mentions import telling_words
from rag.prompts import CORRECTING, DIFFERING, LATER
from rag.reference import FEWEST_TELLING_WORDS
from rag.rival_answers import rival_answers
from rag.rival_names import rival_names
from rag.rival_outcomes import rival_outcomes
from rag.rivals import Fact, Rival, facts_of, rival_facts, strength
from rag.same_story import least_likeness, read_reports, share_names
from rag.self_contradictions import show_contradictions
from rag.timing import has_moved_on, is_later_news
from rag.types import Citation, Disagreement, Side
from rag.windows import Window

MOST_REPORTS = 5
"""Reports that are read; each passage costs some 30 ms on two cores."""

MOST_PAIRS = 6
"""Pairs of them that are compared, the best reports first; each costs up to 250 ms."""


@dataclass(frozen=True)
class _Found:
    """Two reports that differ, and how."""

    rival: Rival
    first: Report
    second: Report
    asked: Asked
    corrects: bool = False


def find_disagreements(
    question: str,
    evidence: Sequence[Hit],
    library: Index,
    *,
    cited: Sequence[Citation] = (),
    found: Sequence[Hit] = (),
) -> tuple[Disagreement, ...]:
    """Return what the articles among the evidence say differently of what is asked.

    A sentence that is shown is also held against its altered copies among all that was found, for
    near-copies of one outlet can keep the true report out of the evidence. Last come articles that
    contradict themselves: those that are read and lack no name of the question, the cited first.

    Args:
        question: What is asked, standalone.
        evidence: The reranked passages, best first.
        library: Where the articles are.
        cited: The footnotes of the answer; a span keeps its number.
        found: What the index found, the evidence among it.
    """
    footnotes = Footnotes(cited)
    reports = read_reports(question, evidence, library)
    between = _between(question, reports[:MOST_REPORTS], library, footnotes)
    between += _altered(question, cited, found or evidence, library, footnotes, between)
    used = {citation.article_id for citation in cited}
    named = [report.article for report in reports if report.has_all_names]
    articles = sorted(named, key=lambda article: article.id not in used)
    return between + show_contradictions(question, articles, cited, footnotes)


def _between(
    question: str, reports: Sequence[Report], library: Index, footnotes: Footnotes
) -> tuple[Disagreement, ...]:
    """Return where reports of one story differ about what is asked."""
    asked = [each for each in read_asked(question) if _tells_enough(each, question)]
    if not asked:
        return ()
    places = sorted(combinations(range(len(reports)), 2), key=sum)  # the best reports first
    every = [(reports[one], reports[other]) for one, other in places]
    pairs = [pair for pair in every if share_names(*pair)]
    noted = [pair for pair in every if may_correct(*pair)]
    if not pairs and not noted:
        return ()
    reader = Reader(question)
    reader.encode([each for each in reports if any(each in pair for pair in (*pairs, *noted))])
    pairs = [pair for pair in pairs if reader.likeness(*pair) >= least_likeness(*pair)]
    noted = [pair for pair in noted if pair not in pairs]
    shown: list[Disagreement] = []
    for each in asked:
        found = [
            one
            for pair in pairs[:MOST_PAIRS]
            for one in _differing(reader, each, *_in_order(*pair))
        ]
        found += _by_notes(reader, each, noted[:MOST_PAIRS])
        if found:
            best = max(found, key=lambda one: (one.corrects, one.rival.strength))
            if any(_repeats(known, best.rival) for known in shown):
                continue
            sides = _allies(reader, best, reports, pairs)
            shown.append(
                _show(question, best.rival, sides, library, footnotes, corrects=best.corrects)
            )
    return tuple(shown)


def _tells_enough(asked: Asked, question: str) -> bool:
    """Say whether a question tells what it is about: "Who said that?" does not."""
    return asked.kind in {"amount", "day"} or len(telling_words(question)) >= FEWEST_TELLING_WORDS


def _altered(
    question: str,
    cited: Sequence[Citation],
    found: Sequence[Hit],
    library: Index,
    footnotes: Footnotes,
    known: Sequence[Disagreement],
) -> tuple[Disagreement, ...]:
    """Return where a shown sentence and an altered copy differ, where that is not known yet."""
    return tuple(
        _show(question, rival, ([rival.first], [rival.second]), library, footnotes)
        for rival in altered_copies(question, cited, found, library)
        if not any(_tells(each, rival) for each in known)
    )


def _repeats(known: Disagreement, rival: Rival) -> bool:
    """Say whether two rivals tell nothing new: the words of a known disagreement, or no words.

    A question for two things can be answered by one sentence, and by two amounts in it.
    """
    return _has_words(known, rival) or (rival.words is None and _has_sentences(known, rival))


def _tells(known: Disagreement, rival: Rival) -> bool:
    """Say whether a disagreement has two rivals already: their words, or their sentences."""
    return _has_words(known, rival) or _has_sentences(known, rival)


def _has_words(known: Disagreement, rival: Rival) -> bool:
    both_ways = permutations(rival.words or (), 2)
    return known.about in {DIFFERING.format(one=one, other=other) for one, other in both_ways}


def _has_sentences(known: Disagreement, rival: Rival) -> bool:
    spans = {(c.article_id, c.start) for side in known.sides for c in side.citations}
    return {(w.hit.article.id, w.start) for w in (rival.first, rival.second)} <= spans


def _differing(reader: Reader, asked: Asked, first: Report, second: Report) -> Iterator[_Found]:
    """Yield how two reports differ about what is asked, the earlier of them first."""
    later = is_later_news(first.article, second.article)
    rival = None
    if asked.kind in {"amount", "day"}:
        ours, theirs = facts_of(reader, asked, first), facts_of(reader, asked, second)
        if corrected := _corrected(asked, (first, ours), (second, theirs)):
            yield corrected
            return
        pair = None if later else rival_facts(reader, ours, theirs, (first, second))
        rival = _of_facts(pair) if pair else None
    elif not later:
        compare = rival_names if asked.kind == "name" else rival_outcomes
        rival = _unless_moved_on(compare(reader, first, second))
    if rival is None and not later:
        rival = _unless_moved_on(rival_answers(reader, asked, first, second))
    if rival:
        yield _Found(rival, first, second, asked)


def _by_notes(
    reader: Reader, asked: Asked, pairs: Sequence[tuple[Report, Report]]
) -> Iterator[_Found]:
    """Yield what the notes of an outlet correct of its reports, however unlike the two are."""
    if asked.kind in {"amount", "day"}:
        for pair in pairs:
            one, other = ((report, facts_of(reader, asked, report)) for report in pair)
            if corrected := _corrected(asked, one, other):
                yield corrected


def _corrected(
    asked: Asked, one: tuple[Report, list[Fact]], other: tuple[Report, list[Fact]]
) -> _Found | None:
    """Return what one of two reports corrects of the other; an earlier one corrects nothing."""
    for (first, ours), (second, theirs) in ((one, other), (other, one)):
        if not _is_earlier(second, first):
            if corrected := find_correction(ours, theirs, second):
                return _Found(corrected, first, second, asked, corrects=True)
    return None


def _unless_moved_on(rival: Rival | None) -> Rival | None:
    """Return a rival, unless one of its sentences may be news of a later hour."""
    return rival if rival and not has_moved_on(rival.first.text, rival.second.text) else None


def _of_facts(pair: tuple[Fact, Fact]) -> Rival:
    first, second = pair
    return Rival(
        first=first.place.sentence,
        second=second.place.sentence,
        words=(first.given.text, second.given.text),
        strength=strength(*pair),
        facts=pair,
    )


def _in_order(first: Report, second: Report) -> tuple[Report, Report]:
    """Return two reports, the earlier first; one without a day first of all."""
    return (second, first) if _day(first) > _day(second) else (first, second)


def _is_earlier(first: Report, second: Report) -> bool:
    """Say whether one was published on a day before the other's; both days must be known."""
    return "" < _day(first) < _day(second)


def _day(report: Report) -> str:
    return (report.article.published or "")[:10]


def _allies(
    reader: Reader, found: _Found, reports: Sequence[Report], pairs: Sequence[tuple[Report, Report]]
) -> tuple[list[Window], list[Window]]:
    """Return the sentences of each side: the rivals', and those of others that say the same."""
    sides = ([found.rival.first], [found.rival.second])
    if found.rival.facts is None or found.corrects:
        return sides
    for report in reports:
        if report in (found.first, found.second) or not any(
            report in pair and (found.first in pair or found.second in pair) for pair in pairs
        ):
            continue
        facts = sorted(facts_of(reader, found.asked, report), key=lambda fact: -fact.place.bearing)
        for side, own in zip(sides, found.rival.facts, strict=True):
            same = next((fact for fact in facts if fact.repeats(own)), None)
            if same:
                side.append(same.place.sentence)
                break
    return sides


def _show(
    question: str,
    rival: Rival,
    sides: tuple[list[Window], list[Window]],
    library: Index,
    footnotes: Footnotes,
    *,
    corrects: bool = False,
) -> Disagreement:
    """Return a disagreement in the form that readers see; the second side is the later one."""
    first, second = (_side(side, library, footnotes) for side in sides)
    if corrects:
        second = replace(second, note=CORRECTING)
    elif _is_later(second, first):
        second = replace(second, note=LATER)
    words = rival.words
    return Disagreement(
        about=DIFFERING.format(one=words[0], other=words[1]) if words else question,
        sides=(first, second),
        kind="correction" if corrects else "copies" if rival.are_copies else "sources",
    )


def _is_later(side: Side, other: Side) -> bool:
    """Say whether each report of a side was published after each of the other; all need a day."""
    days, others = (
        [(citation.published or "")[:10] for citation in each.citations] for each in (side, other)
    )
    return all(others) and max(others) < min(days)


def _side(sentences: Sequence[Window], library: Index, footnotes: Footnotes) -> Side:
    citations = tuple(
        footnotes.number(
            cite_span(library.article(each.hit.article.id), each.start, each.end, number=0)
        )
        for each in sentences
    )
    dates = [citation.published for citation in citations if citation.published]
    return Side(text=citations[0].quote, citations=citations, published=min(dates, default=None))
