"""Reports made by hand, so that what is shown of them is known."""

from dataclasses import fields, replace

from eval.types import Case, Floor, Metric, Outcome, Report, Score, Span
from rag.types import Answer, Citation, Sentence, Support

ATTACK = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>"


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
    "false refusal": [0.0, 1.0, None, None],
    "false answer": [None, None, 0.0, 1.0],
    "recall@1": [1.0, 0.5, None, None],
    "first sentence": [0.1, 0.2, 0.3, 1.4],
}


class _Unmeasured(Report):
    """A report with a figure that has a reason instead of a value."""

    @property
    def metrics(self) -> tuple[Metric, ...]:  # type: ignore[override]
        recall = next(m for m in super().metrics if m.name == "recall@1")
        reason = "not measured: 0 of 400 labels"
        none = {"value": None, "low": None, "high": None, "n": 0, "groups": 0, "floor": None}
        return (*super().metrics, replace(recall, name="groundedness", reason=reason, **none))


def unmeasured(made: Report) -> Report:
    """The same report with a figure that has a reason instead of a value."""
    return _Unmeasured(**{field.name: getattr(made, field.name) for field in fields(Report)})
