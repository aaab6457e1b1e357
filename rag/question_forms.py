"""How a question is put together from the parts of a clause: what is asked for goes to the front.

The auxiliary goes before the subject, and the other parts stay as they are written: "Repairs will
cost 3.4 million crowns" gives "How much will repairs cost?".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.types import Value
from rag.clause_parts import Part
from rag.plain_clauses import Clause

QuestionKind = Literal["amount", "day", "person", "said", "told", "place", "reason", "what"]


@dataclass(frozen=True, kw_only=True)
class DraftedQuestion(Value):
    """A question made of a sentence, and the words of it that answer."""

    question: str
    kind: QuestionKind
    reference: str


@dataclass(frozen=True)
class Told:
    """A clause, and its subject as it is written within a sentence."""

    clause: Clause
    subject: str

    @property
    def opening(self) -> str:
        """The phrase before the subject, as it stands at the end of a question."""
        if not self.clause.opening:
            return ""
        opening = self.clause.line.slice(*self.clause.opening)
        return opening[0].lower() + opening[1:]

    def words(self, part: Part) -> str:
        """Return a part as it stands in a question: a verb in its base form after a "did"."""
        if part.kind == "verb" and self.clause.plain_verb:
            return part.base
        return self.clause.line.slice(part.start, part.end)

    def slice(self, part: Part) -> str:
        """Return a part as it is written."""
        return self.clause.line.slice(part.start, part.end)

    def verb_before(self, n: int) -> str:
        """Return the base form of the last verb before a part; nothing if there is none."""
        verbs = [part for part in self.clause.parts[:n] if part.kind in {"verb", "infinitive"}]
        return verbs[-1].base if verbs else ""

    def follows_verb(self, n: int) -> bool:
        """Say whether a part stands right behind a verb, and so may complete it."""
        return n > 0 and self.clause.parts[n - 1].kind in {"verb", "infinitive", "particle"}

    def without(self, n: int) -> list[Part]:
        """Return all parts but one."""
        return [*self.clause.parts[:n], *self.clause.parts[n + 1 :]]

    def ask(
        self,
        asked: str,
        parts: Sequence[Part],
        kind: QuestionKind,
        reference: str,
        *,
        stranded: str = "",
    ) -> Iterator[DraftedQuestion]:
        """Yield a question; none where a part is kept on which more hangs.

        Args:
            asked: What it begins with: "How many people".
            parts: What is kept of the clause.
            kind: What is asked for.
            reference: The words that answer.
            stranded: A preposition at its end.
        """
        clause = self.clause
        kept = kept_parts(parts)
        if clause.is_cut and clause.parts[-1] in kept:
            return
        words = [asked, clause.auxiliary, self.subject, *map(self.words, kept)]
        yield make_question([*words, self.opening, stranded], kind, reference)


def make_question(words: Sequence[str], kind: QuestionKind, reference: str) -> DraftedQuestion:
    """Return a question of words; empty ones are left out."""
    return DraftedQuestion(
        question=" ".join(filter(None, words)) + "?", kind=kind, reference=reference
    )


def predicate_words(clause: Clause) -> str:
    """Return a clause without its subject, as it is written, and without words of time."""
    first = clause.plain_verb or clause.auxiliary
    parts = kept_parts(clause.parts[1:] if clause.plain_verb else clause.parts)
    if clause.is_cut and clause.parts[-1] in parts:
        return ""
    return " ".join([first, *(clause.line.slice(part.start, part.end) for part in parts)])


def kept_parts(parts: Sequence[Part]) -> list[Part]:
    """Return the parts that go into a question: no words of time, and no day without a year."""
    return [part for part in parts if part.kind != "time" and (not part.date or part.date.has_year)]
