"""Reports made by hand, so that what is shown of them is known."""

from collections.abc import Sequence
from dataclasses import replace

from eval.measures import LABELLED
from eval.types import (
    Case,
    Claim,
    ClaimOutcome,
    Floor,
    Nugget,
    Outcome,
    Report,
    Score,
    Span,
)
from index.types import ArticleInfo, Hit, Passage
from rag.types import Answer, Citation, Disagreement, Sentence, Side, Support, Verdict


def answer(text: str) -> Answer:
    """An answer of one quoted sentence."""
    cited = Citation(
        number=1,
        article_id="a",
        title=None,
        source=None,
        url=None,
        published=None,
        start=0,
        end=len(text),
        quote=text,
    )
    said = Sentence(text=text, citations=(cited,), support=Support(verdict="quoted"))
    return Answer(question=text, asked=text, sentences=(said,))


def report(table: dict[str, list[float | None]], question: str = "Who?") -> Report:
    """A report over cases c0, c1, ... with the given values by metric."""
    scores = tuple(
        Score(case_id=f"c{i}", metric=metric, value=value, reason=None if value else "why")
        for metric, values in table.items()
        for i, value in enumerate(values)
    )
    cases = sorted({score.case_id for score in scores})
    return Report(
        settings={"embedder": "bundled"},
        versions={"python": "3.11"},
        commit="abc",
        scores=scores,
        outcomes=tuple(
            Outcome(
                case=Case(
                    id=case_id,
                    question=question,
                    history=(("a", "b"),),
                    spans=(Span(path="a.txt", quote=question),),
                    paths=(f"{case_id}.txt",),
                    answerable=True,
                    tags=("t",),
                ),
                answer=answer(question),
                first_sentence=0.1,
                whole_answer=0.2,
            )
            for case_id in cases
        ),
        floors=(Floor(metric="recall@1", value=0.001, method="random"),),
        notes=("A note.",),
    )


JUDGED = {
    "answerable": [1.0, 1.0, 0.0, 0.0],
    "refused": [0.0, 1.0, 1.0, 0.0],
    "answer score": [0.9, 0.4, 0.1, 0.6],
    "refusal precision": [None, 0.0, 1.0, None],
    "refusal recall": [None, None, 1.0, 0.0],
    "false refusal": [0.0, 1.0, None, None],
    "false answer": [None, None, 0.0, 1.0],
    "recall@1": [1.0, 0.5, None, None],
    "first sentence": [0.1, 0.2, 0.3, 1.4],
}


def unmeasured(made: Report) -> Report:
    """The same report with a figure that has a reason instead of a value."""
    column, reason = LABELLED["groundedness"][0], "not measured: 0 of 400 labels"
    missing = [
        Score(case_id=outcome.case.id, metric=column, value=None, reason=reason)
        for outcome in made.outcomes
    ]
    return replace(made, scores=(*made.scores, *missing))


def hostile(payloads: Sequence[str]) -> Report:
    """A report in which every text that a stranger can write is one of the payloads.

    Odd ones are refused, every third one was written by a model; there is a claim for each.
    """
    outcomes = tuple(_hostile_outcome(number, text) for number, text in enumerate(payloads))
    scores = [
        Score(case_id=outcome.case.id, metric=metric, value=value, reason=outcome.case.question)
        for number, outcome in enumerate(outcomes)
        for metric, value in (
            ("answerable", float(number % 2 == 0)),
            ("refused", float(number % 3 == 0)),
            ("answer score", number % 10 / 10),
            ("false refusal", float(number % 3 == 0) if number % 2 == 0 else None),
            ("false answer", float(number % 3 != 0) if number % 2 else None),
            ("first sentence", 0.1 + number / 100),
            ("whole answer", 0.2 + number / 100),
            (payloads[number], None),
        )
    ]
    all_in_one = " ".join(payloads)
    return Report(
        settings={"eval_bench": all_in_one, **{text: text for text in payloads}},
        versions={text: text for text in payloads},
        commit=payloads[0],
        scores=tuple(scores),
        outcomes=outcomes,
        claims=tuple(_hostile_claim(number, text) for number, text in enumerate(payloads)),
        floors=(Floor(metric="AUROC", value=0.1, method=all_in_one),),
        notes=tuple(payloads),
    )


def _hostile_claim(number: int, text: str) -> ClaimOutcome:
    claim = Claim(
        id=f"{number}{text}",
        group=text,
        text=text,
        evidence=(text, text),
        supported=number % 2 == 0,
        label=text,
    )
    verdict: Verdict = "supported" if number % 3 else "unsupported"
    support = Support(verdict=verdict, score=number % 7 / 7, reasons=(text,))
    return ClaimOutcome(claim=claim, support=support)


def _hostile_outcome(number: int, text: str) -> Outcome:
    article = ArticleInfo(id="a", key=text, title=text, source=text, author=text, published=text)
    passage = Passage(id="a-0", article_id="a", start=0, end=len(text) * 3, text=text * 3)
    cited = Citation(
        number=1,
        article_id="a",
        title=text,
        source=text,
        url=text,
        published=text,
        start=len(text),
        end=2 * len(text),
        quote=text,
        speaker=text,
    )
    sides = (
        Side(text=text, citations=(cited,), published=text, note=text),
        Side(text=text, citations=(replace(cited, number=2),)),
    )
    verdict: Verdict = "unsupported" if number % 3 == 0 else "quoted"
    support = Support(verdict=verdict, reasons=(text,))
    given = Answer(
        question=text,
        asked=text + "?",
        period=(text, text),
        sentences=(Sentence(text=text, citations=(cited,), support=support),),
        disagreements=(Disagreement(about=text, sides=sides),),
        hits=(Hit(passage=passage, article=article, score=1.0),),
        refused=number % 2 == 1,
        reason=text,
        withheld=2,
        notices=(text,),
        writer=text,
        timings={text: 0.1},
    )
    case = Case(
        id=f"{number}{text}",
        question=text,
        history=((text, text),),
        as_of=text,
        reference=text,
        spans=(Span(path=text, quote=text),),
        paths=(text, f"{text}2"),
        answerable=number % 2 == 0,
        tags=(text, "t"),
        nuggets=(Nugget(text=text, vital=False),),
        disputed=True,
    )
    return Outcome(case=case, answer=given, first_sentence=0.1, whole_answer=0.2)
