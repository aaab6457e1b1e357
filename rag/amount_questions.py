"""Questions for an amount: how much, how many, how long, how high, by how much."""

from collections.abc import Iterator

from rag.measured_phrases import AmountPhrase, amount_at
from rag.plain_clauses import Clause, is_passive, read_predicate
from rag.question_forms import (
    DraftedQuestion,
    Told,
    kept_parts,
    make_question,
    predicate_words,
)
from rag.sentence_words import Line
from rag.verb_forms import has_shape
from rag.verb_list import TWO_OBJECTS

CHANGES = frozenset(
    "rise fall grow increase decrease drop decline shrink cut raise reduce exceed expand lower "
    "surge climb jump slow".split()
)
"""Verbs after which "by 3.4 percent" says how far."""
LASTING = frozenset("take last".split())
TRADED = frozenset("sell buy acquire".split())
PUT_AT = frozenset("put estimate value price".split())
LIMITS = frozenset("since when before until if unless while during".split())
"""Words behind which more tells of what time or case an amount is."""
LIGHT = frozenset("take bring get put use".split())
"""Verbs that say little before "and": "has taken 14 containers and turned them into a house"."""
UNTOLD = frozenset("offer pay want demand seek ask propose promise receive get".split())
"""Verbs with money of which nobody knows, by themselves, what it is for."""
PIED = frozenset("in to by from into".split())
"""Prepositions that may open a question: "in how many countries"."""


def ask_amounts(told: Told) -> Iterator[DraftedQuestion]:
    """Yield the questions that the amounts of a clause answer."""
    clause = told.clause
    if clause.line[clause.end].lower in LIMITS:
        return
    for n, part in enumerate(clause.parts):
        amount = part.amount
        if amount is None or n == 0:
            continue
        if part.kind == "phrase":
            yield from _in_phrase(told, n, amount)
        elif part.kind == "amount":
            yield from _as_object(told, n, amount)
    yield from _worth(told)
    yield from _of_subject(told)


def ask_presence(line: Line) -> Iterator[DraftedQuestion]:
    """Yield "How many people were there on board?" for "There were 12 people on board"."""
    if line[0].lower != "there" or line[1].lower not in {"are", "were"}:
        return
    amount = amount_at(line, 2)
    clause = read_predicate(line, (2, amount.end), 1) if amount else None
    if amount is None or clause is None or amount.kind != "count" or len(clause.parts) < 2:
        return
    kept = [line.slice(part.start, part.end) for part in kept_parts(clause.parts[1:])]
    if kept and not clause.is_cut:
        words = ["How many", amount.noun, line[1].lower, "there", *kept]
        yield make_question(words, "amount", line.slice(2, amount.end))


def _as_object(told: Told, n: int, amount: AmountPhrase) -> Iterator[DraftedQuestion]:
    """Yield "How many people does Ostrel employ?"."""
    clause, part, verb = told.clause, told.clause.parts[n], told.verb_before(n)
    if clause.parts[n - 1].kind == "object" and verb not in TWO_OBJECTS:
        return
    if clause.line[part.end].lower in {"of", "per"} or verb in {"", "comprise", "average"}:
        return
    later = clause.parts[n + 1 :]
    if clause.line[part.end].lower == "and" and (verb in LIGHT or _counts_more(clause, part.end)):
        return
    if amount.kind == "money":
        if verb in UNTOLD and not later:
            return
        asked = "How much"
    elif amount.dimension == "duration" and verb in LASTING:
        asked = "How long"
    elif amount.kind in {"count", "measure"}:
        often = told.slice(later[0]) if later and later[0].kind == "rate" else ""
        later = later[1:] if often else later
        asked = f"How many {amount.noun} {often}".strip()
    else:
        return
    yield from told.ask(asked, [*clause.parts[:n], *later], "amount", told.slice(part))


def _counts_more(clause: Clause, place: int) -> bool:
    """Say whether an "and" goes on counting: "21 reporters and editors"."""
    return not has_shape(clause.line[place + 1].lower, "base", "s", "past", "participle")


def _in_phrase(told: Told, n: int, amount: AmountPhrase) -> Iterator[DraftedQuestion]:
    """Yield "How much was the mill sold for?", "By how much did the budget rise?"."""
    clause, part, verb = told.clause, told.clause.parts[n], told.verb_before(n)
    before, answer = clause.parts[:n], told.slice(part)
    if amount.dimension == "duration":
        if part.lead == "for" and clause.auxiliary not in {"is", "are"}:
            yield from told.ask("How long", before, "amount", answer)
    elif part.lead == "for" and amount.kind == "money" and verb in TRADED:
        yield from told.ask("How much", before, "amount", answer, stranded="for")
    elif part.lead == "at" and amount.kind == "money" and verb in PUT_AT:
        yield from told.ask("At how much", before, "amount", answer)
    elif part.lead == "at" and amount.kind == "percent" and verb == "stand" and clause.plain_verb:
        be = "was" if clause.auxiliary == "did" else "is"
        yield make_question(["How high", be, told.subject], "amount", answer)
    elif part.lead == "by" and verb in CHANGES and amount.kind in {"percent", "money"}:
        yield from told.ask("By how much", told.without(n), "amount", answer)
    elif part.lead in PIED and amount.kind == "count" and told.follows_verb(n):
        if part.lead != "by" or is_passive(clause):
            asked = f"{part.lead.capitalize()} how many {amount.noun}"
            yield from told.ask(asked, told.without(n), "amount", answer)


def _worth(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "How much is the prize worth?"."""
    line, verb = told.clause.line, told.clause.subject[1]
    amount = amount_at(line, verb + 2) if line[verb + 1].lower == "worth" else None
    if amount and amount.kind == "money":
        words = ["How much", line[verb].lower, told.subject, "worth"]
        yield make_question(words, "amount", line.slice(amount.start, amount.end))


def _of_subject(told: Told) -> Iterator[DraftedQuestion]:
    """Yield "How many workers were hurt?", in which the subject is what is counted."""
    clause, (start, end) = told.clause, told.clause.subject
    amount = amount_at(clause.line, start)
    if amount is None or amount.kind != "count" or clause.line[end].text == ",":
        return
    predicate = predicate_words(clause)
    if predicate:
        hanging = clause.line.slice(amount.end, end) if end > amount.end else ""
        words = ["How many", amount.noun, hanging, predicate, told.opening]
        yield make_question(words, "amount", clause.line.slice(start, amount.end))
