"""The cases of a report: each with its answer, what is right, and what every scorer said."""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from eval.failures import FAILURES, failures_of
from eval.figures import SECTIONS, show_value
from eval.measures import MEASURES
from eval.page_answer import flat, render_answer
from eval.page_filters import Choice, render_choices
from eval.types import Case, Outcome, Report, Score

SECONDS = frozenset({"first sentence", "whole answer"})
"""Scores that stand among the timings instead."""


OTHER = "Other"
"""The title above scores of which no figure is made."""


def render_cases(report: Report) -> str:
    """Return every case, closed, below the filters that narrow them."""
    by_case: dict[str, list[Score]] = {}
    for score in report.scores:
        by_case.setdefault(score.case_id, []).append(score)
    tags = {tag: f"tag-{number}" for number, tag in enumerate(sorted(report.tags))}
    failed = [failures_of(o, _values(by_case, o)) for o in report.outcomes]
    counts = {kind.name: sum(kind in each for each in failed) for kind in FAILURES}
    some = sum(map(bool, failed))
    choices = [
        Choice("failed", "any failure", some),
        *(Choice(kind.name, kind.words, counts[kind.name]) for kind in FAILURES),
        Choice("passed", "no failure", len(failed) - some),
    ]
    tagged = [
        Choice(name, tag, sum(tag in o.case.tags for o in report.outcomes))
        for tag, name in tags.items()
    ]
    total = len(report.outcomes)
    filters = render_choices("cases", "Show", total, choices)
    if len(tags) > 1:
        filters += render_choices("cases", "Tag", total, tagged)
    rows = "".join(
        _case(outcome, by_case.get(outcome.case.id, []), tags) for outcome in report.outcomes
    )
    return (
        f'<section class="list" id="cases"><h2>Cases</h2>{filters}<div class="rows">{rows}'
        '<p class="tally">cases shown</p></div></section>'
    )


def _values(by_case: Mapping[str, Sequence[Score]], outcome: Outcome) -> dict[str, float | None]:
    return {score.metric: score.value for score in by_case.get(outcome.case.id, [])}


def place_of(case_id: str) -> str:
    """Return the name under which a link finds a case; escaped."""
    return escape(f"case-{quote(case_id, safe='')}")


def _case(outcome: Outcome, scores: Sequence[Score], tags: Mapping[str, str]) -> str:
    case = outcome.case
    failures = failures_of(outcome, {score.metric: score.value for score in scores})
    place = place_of(case.id)
    classes = [
        "failed" if failures else "passed",
        *(failure.name for failure in failures),
        *(tags[tag] for tag in case.tags),
    ]
    marks = [f'<span class="fault">{escape(failure.words)}</span>' for failure in failures]
    facts = [
        *(marks or ['<span class="well">no failure</span>']),
        "refused" if outcome.answer.refused else "answered",
        "answerable" if case.answerable else "no answer in the articles",
        *map(flat, case.tags),
    ]
    return (
        f'<details class="row {" ".join(f"is-{name}" for name in classes)}"><summary>'
        f'<span class="head">{flat(case.question)}</span> '
        f'<span class="facts">{" · ".join(facts)}</span></summary>'
        f'<div class="body" id="{place}"><div>{_history(case)}'
        f"{render_answer(outcome.answer, place)}</div>"
        f'<div class="sheet">{_right(case)}{_scores(scores)}{_timings(outcome)}'
        f'<p class="facts">{flat(case.id)} · <a href="#{place}">link to this case</a></p>'
        "</div></div></details>"
    )


def _history(case: Case) -> str:
    if not case.history:
        return ""
    turns = "".join(f"<dt>{flat(asked)}</dt><dd>{flat(said)}</dd>" for asked, said in case.history)
    return f'<h3>Earlier in the conversation</h3><dl class="history">{turns}</dl>'


def _right(case: Case) -> str:
    """Return what people marked."""
    parts = []
    if not case.answerable:
        parts.append("<p>The articles do not answer this.</p>")
    parts += [f'<p class="reference">{flat(gold)}</p>' for gold in case.golds]
    parts += [
        f'<blockquote>{flat(span.quote)}<span class="facts">{flat(span.path)}</span></blockquote>'
        for span in case.spans
    ]
    if case.nuggets:
        nuggets = "".join(
            f"<li>{flat(nugget.text)}{'' if nugget.vital else ' <small>welcome</small>'}</li>"
            for nugget in case.nuggets
        )
        parts.append(f"<ul>{nuggets}</ul>")
    named = [path for path in case.paths if path not in {span.path for span in case.spans}]
    if named:
        parts.append(
            f'<p class="facts">{"about " if case.answerable else "near "}'
            f"{flat(', '.join(named))}</p>"
        )
    if case.disputed is not None:
        words = "The articles differ on this." if case.disputed else "The articles agree on this."
        parts.append(f"<p>{words}</p>")
    if case.as_of:
        parts.append(f'<p class="facts">asked on {flat(case.as_of)}</p>')
    return f"<h3>Marked as right</h3>{''.join(parts)}"


def _scores(scores: Sequence[Score]) -> str:
    """Return what every scorer said, by section; what has no value is gathered by its reason."""
    given = [score for score in scores if score.metric not in SECONDS]
    by_title: dict[str, list[Score]] = {}
    missing: dict[str, list[str]] = {}
    sections = _sections()
    for score in given:
        if score.value is None:
            missing.setdefault(score.reason or "undefined", []).append(score.metric)
        else:
            by_title.setdefault(sections.get(score.metric, OTHER), []).append(score)
    tables = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="2">{escape(title)}</th></tr>'
        f"{''.join(map(_score, group))}</tbody>"
        for title in (*SECTIONS.values(), OTHER)
        if (group := by_title.get(title))
    )
    undefined = "".join(
        f"<li>{flat(', '.join(metrics))}: <b>{flat(reason)}</b></li>"
        for reason, metrics in missing.items()
    )
    table = f'<table class="scores">{tables}</table>' if tables else ""
    left = f'<h3>Without a score</h3><ul class="unscored">{undefined}</ul>' if undefined else ""
    return f"<h3>Scores</h3>{table}{left}" if given else ""


def _sections() -> dict[str, str]:
    """Return, for every score, the title of the section whose figures are made of it."""
    titles: dict[str, str] = {}
    for measure in MEASURES.values():
        for column in measure.columns:
            titles.setdefault(column, SECTIONS[measure.section])
    return titles


def _score(score: Score) -> str:
    return (
        f'<tr><th scope="row">{flat(score.metric)}{_reason(score)}</th>'
        f'<td class="n">{_number(score.value or 0.0)}</td></tr>'
    )


def _reason(score: Score) -> str:
    return f"<small>{flat(score.reason)}</small>" if score.reason else ""


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _timings(outcome: Outcome) -> str:
    first = show_value(outcome.first_sentence, "seconds")
    whole = show_value(outcome.whole_answer, "seconds")
    steps = " · ".join(
        f"{flat(step)} {show_value(seconds, 'seconds')}"
        for step, seconds in (outcome.answer.timings or {}).items()
    )
    below = f'<p class="facts">{steps}</p>' if steps else ""
    return f"<h3>Time</h3><p>First sentence {first}, whole answer {whole}</p>{below}"
