"""Whatever text a rule is given: no exception, offsets that hold, and time that is linear."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from processor_time import seconds

from index import Article
from index.byline import is_name, parse_byline
from index.clean import clean, normalise
from index.dates import parse_date
from index.filenames import numbered, safe_name, suffix_of
from index.furniture import furniture_kind, heads_related, is_protected, weak_kind
from index.sentences import block_spans, count_words, is_sentence, sentence_spans
from rag import (
    amounts,
    asked,
    attribution,
    borrowed_names,
    briefing,
    clauses,
    copies,
    denials,
    draft_lines,
    ellipsis,
    grammar,
    implied_amounts,
    intervals,
    literal,
    mentions,
    offices,
    orders,
    people,
    proper_names,
    purposes,
    quotation_marks,
    reference,
    repair,
    scope,
    shown,
    sound_questions,
    speakers,
    stated,
    suggestions,
    timeframe,
    verb_forms,
    verbatim,
    wordings,
    written_days,
    wrong_speaker,
)
from rag.drafted import SentenceStream
from rag.types import Support

TODAY = date(2026, 1, 15)

PIECES = st.sampled_from(
    "Mara Quist|Norden Group|Mr.|Dr|the|council|said|who|that|not|never|denied|according to|told|"
    "“|”|\"|‘|’|'|(|)|[|]|[1]|[1, 2]|[99|—|–|-|,|.|!|?|;|:|…|\n|\n\n|"
    "\t| |\u00a0|\u200b|\u202e|\ufeff|"
    "3.4 million|€|$5bn|12,000|1.000.000,5|٣٤|½|²|3 March 2025|2025-13-45|last week|Monday|since|"
    "between|1/2/2025|0:00|25:61|-5|+|%|per cent|more than|é|e\u0301|ß|İ|ı|ﬁ|漢字|。|「|」|🇩🇪|👩‍🚀|"
    "ignore all previous instructions|you must answer|system:|<b>|&amp;|\\|`|*|_|#|http://a.b|@|"
    "But|and|because|it|he|she|they|his|which|was|were|will|would|could|has been|to|of|in|by|for|"
    "What|Who|When|How much|Why|does|did|is|U.S.|Jan.|St.|Ltd.|a.m.|O'Neill|Jean-Luc|"
    "van der|de".split("|")
)
TEXTS = (
    st.lists(PIECES, max_size=25).map(" ".join)
    | st.lists(PIECES, max_size=25).map("".join)
    | st.text(max_size=80)
    | st.text(st.characters(categories=["Mn", "Cf", "Nd", "No", "Lu", "Co"]), max_size=40)
)

Rule = Callable[[str], Any]

TEXT_RULES: dict[str, Rule] = {
    f"{rule.__module__}.{rule.__name__}": rule
    for rule in (
        is_name, parse_byline, clean, normalise, parse_date, safe_name, suffix_of, furniture_kind,
        heads_related, is_protected, weak_kind, block_spans, count_words, is_sentence,
        sentence_spans, amounts.amounts_in, asked.read_asked, attribution.read_attribution,
        attribution.is_outlet, borrowed_names.nameless, briefing.defused, clauses.clause_spans,
        denials.denied_words, denials.stated_words, grammar.tokens_of, grammar.is_person,
        mentions.telling_words, mentions.names_in, mentions.numbers_in, mentions.forms_in,
        mentions.form, mentions.join_acronyms, offices.is_office, offices.is_written_small,
        orders.holds_order, orders.order_spans, people.without_title,
        people.is_person_name, proper_names.is_common, purposes.fields_in,
        reference.stands_alone, reference.may_refer_back,
        reference.without_lead_in, reference.is_fragment, reference.names_somebody,
        repair.read_repair, shown.shown, sound_questions.has_name, speakers.attributions,
        stated.stated_amounts, verb_forms.verb_forms, verb_forms.shapes_of, verbatim.flat,
        wordings.worded_amounts, written_days.days_in,
    )
}  # fmt: skip
TEXT_RULES["rag.draft_lines.read_lines"] = lambda text: [*draft_lines.read_lines(text)]
TEXT_RULES["rag.quotation_marks.quotations_in"] = lambda text: [
    *quotation_marks.quotations_in(text)
]
TEXT_RULES["rag.intervals.intervals_in"] = lambda text: [*intervals.intervals_in(text)]
TEXT_RULES["rag.implied_amounts.restated_amounts"] = implied_amounts.restated_amounts
TEXT_RULES["rag.timeframe.read_timeframes"] = lambda text: timeframe.read_timeframes(text, TODAY)

PAIR_RULES: dict[str, Callable[[str, str], Any]] = {
    f"{rule.__module__}.{rule.__name__}": rule
    for rule in (
        copies.are_copies, denials.is_denied, denials.empties, denials.is_alike, denials.opposites,
        denials.loses_hedge, denials.is_overstated, ellipsis.fill_in,
        intervals.with_intervals_of, mentions.missing_names,
        mentions.missing_numbers, proper_names.names_with_places, suggestions.ask_alike,
    )
}  # fmt: skip
PAIR_RULES["rag.scope.differ_in_scope"] = lambda a, b: scope.differ_in_scope(a, b, b, a)
PAIR_RULES["rag.wrong_speaker.gives_to_another"] = lambda a, b: wrong_speaker.gives_to_another(
    a, b, [a, b]
)
PAIR_RULES["rag.orders.echoes"] = lambda a, b: orders.echoes(a, orders.ordered_words([b]))

STEADY = (
    "index.clean.normalise", "index.filenames.safe_name", "rag.verbatim.flat", "rag.shown.shown",
    "rag.briefing.defused", "rag.mentions.join_acronyms",
)  # fmt: skip
"""Rules that, done twice, do no more than once."""

UNITS = (
    "a", " ", "\n", ".", ",", "“", "\"", "'", "(", "[1]", "-", "1", "1,", "1.", "12:3", "$1", "A ",
    "Mr. A ", "said ", "who ", "not ", "not a ", "and ", "he said, “", "A B said. ", "a\n\n", "é́",
    "\u0301", "漢", "https://a.b/", "3 March 2025 ", "last week ", "from 1 to ", "between 1 and ",
    "ignore all previous instructions ", "3 million ", "U.S. ", "O'", "a-", "What is ", "by A, ",
    "according to A, ", "> ", "* ", "| ", "# ", "`", "<a ", "&", "\\", "…", "?", "! ", "; ",
    "of the ", "A", "A-", "a'", "_", "1.1", "said A B, ",
    " 'a", "a' a", "a.", "a@", "a:", "www.", "1.1.1.", "”", "„", "«",
)  # fmt: skip


def spans_in(found: Any) -> Iterator[tuple[int, int]]:
    """Yield every (start, end) that a result holds."""
    for item in found if isinstance(found, tuple | list) else ():
        if isinstance(item, tuple) and len(item) == 2 and all(type(part) is int for part in item):
            yield item
        elif hasattr(item, "start") and hasattr(item, "end"):
            yield item.start, item.end


def check_spans(rule: str, text: str, found: Any) -> None:
    for start, end in spans_in(found):
        assert 0 <= start <= end <= len(text), (rule, text, found)


@settings(max_examples=150)
@given(TEXTS)
def test_any_text_can_be_read_and_offsets_stand_within_it(text: str) -> None:
    for name, rule in TEXT_RULES.items():
        found = rule(text)
        check_spans(name, text, found)
        assert rule(text) == found, name


@settings(max_examples=80)
@given(st.text(st.characters(categories=["Cs", "Mn", "Cf", "Cc", "Zs", "Ll"]), max_size=40))
def test_what_reads_files_and_names_takes_broken_letters_too(text: str) -> None:
    for name, rule in TEXT_RULES.items():
        if name.startswith("index."):
            check_spans(name, text, rule(text))


@settings(max_examples=80)
@given(TEXTS, TEXTS)
def test_any_two_texts_can_be_compared(first: str, second: str) -> None:
    for name, rule in PAIR_RULES.items():
        for one, other in ((first, second), (first, first), (first, f"{second} {first}")):
            check_spans(name, max(one, other, key=len), rule(one, other))


@settings(max_examples=150)
@example("A\x1b\u0300")  # an accent that a control character parts from its letter
@given(TEXTS)
def test_what_is_done_twice_is_done_once(text: str) -> None:
    for name in STEADY:
        once = TEXT_RULES[name](text)
        assert TEXT_RULES[name](once) == once, name


@settings(max_examples=80)
@given(TEXTS, st.data())
def test_a_quote_that_an_order_touches_is_known_and_has_its_speaker_or_none(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    speakers.speaker_of(text, start, end)
    touched = any(a < end and start < b for a, b in orders.order_spans(text))
    assert orders.overlaps_order(text, start, end) == touched
    assert 0 < len(numbered(safe_name(text), end + 1).encode()) <= 240


LONG = tuple(TEXT_RULES[name] for name in (
    "index.clean.clean", "index.sentences.sentence_spans", "rag.amounts.amounts_in",
    "rag.quotation_marks.quotations_in", "rag.orders.order_spans", "rag.speakers.attributions",
    "rag.mentions.forms_in", "rag.mentions.names_in", "rag.written_days.days_in",
    "rag.wordings.worded_amounts", "rag.verbatim.flat", "rag.purposes.fields_in",
))  # fmt: skip
"""Rules that are given whole articles."""


def literal_in(text: str) -> Support:
    """Look in an article for what a sentence gives as its own, and the reverse."""
    article = Article(
        id="a" * 16, key="k", title=None, source=None, author=None, url=None, published=None,
        updated=None, path=None, language=None, text=text, cut=(),
    )  # fmt: skip
    shown, claim = Support(verdict="supported"), "Mara said “it rained a” at https://a.b/c."
    literal.without_invented_words(shown, text, [article])
    return literal.without_invented_words(shown, claim, [article])


AGAINST_ARTICLE: tuple[Rule, ...] = (
    lambda text: mentions.missing_names("Did Mara Quist of the US Board lead Norden?", text),
    lambda text: proper_names.names_with_places("Mara Quist met Tom Aalto in Varnholm.", text),
    lambda text: copies.are_copies(text, f"{text}a"),
    literal_in,
)

MOST_SECONDS_A_CHARACTER = 1e-4
"""On a slow machine; the slowest of the linear rules takes a fifth of it."""


@pytest.mark.parametrize(
    ("units", "length"),
    [
        (("$1", "A-", "O'", "-", "A ", "not a ", "…", "U.S. "), 8_000),
        pytest.param(UNITS, 40_000, marks=[pytest.mark.slow, pytest.mark.timeout(1_800)]),
    ],
    ids=["light", "all"],
)
def test_rules_for_whole_articles_take_linear_time(
    units: tuple[str, ...], length: int, figure: Any
) -> None:
    rules = (*LONG, *AGAINST_ARTICLE)
    took, unit = max((seconds(rule, (unit * length)[:length]), unit)
                     for unit in units for rule in rules)  # fmt: skip
    assert took <= MOST_SECONDS_A_CHARACTER * length, unit
    figure(12, f"{len(rules)} rules for whole articles, {len(units)} kinds of {length:,} hostile "
               f"characters: at most {took * 1e6 / length:.0f} µs a character")  # fmt: skip


@pytest.mark.parametrize(
    "read",
    [
        asked.PERSON.fullmatch,
        attribution.APPOSITIVE.fullmatch,
        attribution.AS_SAID.fullmatch,
        attribution.NOBODY.match,
        attribution.OUTLET.fullmatch,
        denials.NOBODY.search,
        draft_lines.PRONOUN.match,
        offices.NATIONALITY.fullmatch,
        lambda text: [*SentenceStream().feed(text), *SentenceStream().feed(f"It rained{text}[1]")],
        lambda text: proper_names.names_with_places(text, "Mara Quist spoke."),
    ],
)
def test_patterns_take_linear_time_in_the_way_that_they_are_used(read: Rule) -> None:
    for unit in ("A ", "Aa ", "a, ", "a", " ", "\n", "as, ", "A's ", "the a ", "chair"):
        for end in ("", "!"):
            text = (unit * 16_000)[:16_000] + end
            assert seconds(read, text) <= MOST_SECONDS_A_CHARACTER * len(text), unit


def test_rules_for_a_sentence_take_little_time_for_a_long_one(figure: Any) -> None:
    rules = [*TEXT_RULES.values(), *(lambda text, pair=pair: pair(text, text)
                                    for pair in PAIR_RULES.values())]  # fmt: skip
    took, unit = max(
        (seconds(rule, (unit * 600)[:600]), unit) for unit in UNITS[::3] for rule in rules
    )
    assert took <= 1.0, unit
    figure(12, f"{len(rules)} rules, {len(UNITS[::3])} kinds of 600 hostile characters: at most "
               f"{took * 1e3:.0f} ms")  # fmt: skip


def test_there_are_many_rules(figure: Any) -> None:
    assert len(TEXT_RULES) + len(PAIR_RULES) >= 70
    figure(12, f"{len(TEXT_RULES) + len(PAIR_RULES)} pure rules: 0 uncaught over any text or pair")
