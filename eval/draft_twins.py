"""Unanswerable twins: a drafted question with one fact exchanged, which no article then answers.

The new fact is of the same kind and comes from another article. Nothing is understood here, so
caution stands in for it: the question's own articles must not mention the new fact at all, and an
article that does must lack a name of the question, or nearly all of its other words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from eval.draft_facts import SURNAME, Fact, FactKind, facts_in, facts_of, fits_in_for
from eval.swaps import drawn, exchange
from index import Article
from index.types import Value
from rag.mentions import CALENDAR, form, forms_in, missing_names, telling_words
from rag.sound_questions import has_name, is_presentable

MOST_SHARED = 1 / 3
FEWEST_LACKING = 3
"""Of a question without another name, an article with the new fact may share a third of the telling
words and must lack three; where there are fewer, it must lack all that tell the same."""

ALIKE = [
    line.split()
    for line in (
        "born birth birthplace native grew childhood hometown",
        "employ people staff workforce worker job payroll employee personnel",
        "found start establish create began set launch origin history since",
        "base headquarter office seat home",
        "sold sell sale bought buy price purchase acquire owner",
        "cost price spend pay paid budget worth expense",
        "earn make profit revenue income save turnover",
        "open opening launch start begin began inaugurate",
        "close shut closure end",
        "join member team sign move came",
        "win won victory champion prize award receive title",
        "build built construct construction erect design architect plant",
        "die died death killed dead",
        "study studied degree graduate school university",
        "publish published book paper article appear",
        "lead led head chair run direct chief director",
    )
]
"""Words by which the same may be told, where a question has few others."""
SAYING = frozenset(map(form, "say said tell told".split()))
MOST_TRIED = 60
"""Facts that are tried in the place of one."""
FACTS_REMEMBERED = 4_096


@dataclass(frozen=True, kw_only=True)
class Twin(Value):
    """A question that no article answers, and what was exchanged."""

    question: str
    fact: Fact
    other: Fact


class Shelf:
    """All articles, with their words and facts, each read once."""

    def __init__(self, articles: Sequence[Article], givers: Sequence[Article]) -> None:
        """Keep the articles.

        Args:
            articles: All of the library: none of them may answer a twin.
            givers: Those whose facts are put into questions.
        """
        self.articles = {article.id: article for article in articles}
        self._givers = [article.id for article in givers]

    @cached_property
    def forms(self) -> dict[str, frozenset[str]]:
        """The forms of every article's words, title included, by article id."""
        return {
            key: forms_in(f"{each.title or ''}. {each.text}") for key, each in self.articles.items()
        }

    @cached_property
    def facts(self) -> dict[str, tuple[Fact, ...]]:
        """The facts of every giver by article id."""
        return {key: facts_of(self.articles[key]) for key in self._givers}

    @cached_property
    def _pool(self) -> dict[tuple[FactKind, str], dict[str, Fact]]:
        """The facts of all givers by what may stand in for what."""
        pool: dict[tuple[FactKind, str], dict[str, Fact]] = {}
        for facts in self.facts.values():
            for fact in facts:
                pool.setdefault((fact.kind, fact.shape), {})[fact.text] = fact
        return pool

    def twin_of(self, question: str, article: Article) -> Twin | None:
        """Return an unanswerable twin of a question that an article answers; None if none is sure.

        A twin in which a name is left is preferred, since it still speaks of the article.
        """
        facts = facts_in(question, self.facts[article.id])
        for fact in sorted(facts, key=lambda fact: _rank(question, fact)):
            rest = exchange(question, fact.text, "")
            known = self.forms[article.id] | forms_in(rest)
            shape = "" if fact.shape == SURNAME else fact.shape
            pool = self._pool.get((fact.kind, shape), {})
            for text in drawn(pool, f"{question} {fact.text}")[:MOST_TRIED]:
                other, twin = pool[text], exchange(question, fact.text, text)
                if _mentions(known, other) or not fits_in_for(other, fact):
                    continue
                if is_presentable(twin, article) and self._is_said_nowhere(rest, other):
                    return Twin(question=twin, fact=fact, other=other)
        return None

    def _is_said_nowhere(self, rest: str, other: Fact) -> bool:
        """Say whether every article that may speak of a fact says nothing of the rest."""
        words = {form(word) for word in telling_words(rest)}
        named = has_name(rest)
        for key, forms in self.forms.items():
            if not _mentions(forms, other):
                continue
            missing = missing_names(rest, self.articles[key].text) if named else []
            if any(name.lower() not in CALENDAR for name in missing):
                continue
            if named or not _is_foreign(words, forms):
                return False
        return True


def _rank(question: str, fact: Fact) -> tuple[bool, bool]:
    """Return how late a fact is tried: who is told of a wrong number may be told the right one."""
    return fact.kind == "number", not has_name(exchange(question, fact.text, ""))


def _is_foreign(words: set[str], forms: frozenset[str]) -> bool:
    """Say whether an article speaks of nothing that a question without a name speaks of."""
    if len(words & forms) > MOST_SHARED * len(words):
        return False
    if len(words - forms) >= FEWEST_LACKING:
        return True
    alike = {form(other) for group in ALIKE if words & {*map(form, group)} for other in group}
    return bool(words - SAYING) and not (words | alike) & (forms - SAYING)


def _mentions(forms: frozenset[str], fact: Fact) -> bool:
    """Say whether a text may speak of a fact: of a person or place by a part of the name alone."""
    words = (word in forms for word in _forms_of(fact.text))
    return any(words) if fact.kind in {"person", "place"} else all(words)


@lru_cache(maxsize=FACTS_REMEMBERED)
def _forms_of(text: str) -> tuple[str, ...]:
    return tuple(map(form, telling_words(text) or [text]))
