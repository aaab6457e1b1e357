"""The page of a report: everything is on it, nothing on it is markup of strangers."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import pytest
from made_answers import FERRY, MILL, A, citation, hit, quoted, refused, sentence
from made_reports import JUDGED, hostile, report, unmeasured
from payloads import PAYLOADS

from eval.failures import FAILURES, claim_failure, failures_of
from eval.figures import SECTIONS
from eval.measures import MEASURES
from eval.page import to_page
from eval.page_answer import VERDICTS, render_answer
from eval.page_filters import Choice, render_choices
from eval.plots import draw
from eval.types import Claim, ClaimOutcome, Nugget, Report
from rag.types import Disagreement, Side, Support
from ui import strings

ELEMENTS = set(
    "a b blockquote body br circle clippath dd defs details div dl dt fieldset figcaption figure g"
    " h1 h2 h3 h4 head header html i input label legend li main mark meta nav ol p path q rect"
    " section small span style summary svg table tbody td text th thead title tr ul use".split()
)
"""All that a page of ours is made of."""


class Tags(HTMLParser):
    """Gathers the elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def words(html: str) -> str:
    """The text of some HTML, on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def claims(*kinds: tuple[bool, str]) -> Report:
    """A report of claims: whether people found each supported, and the check's verdict."""
    made = tuple(
        ClaimOutcome(
            claim=Claim(
                id=f"k{i}", group="g", text=f"Claim {i}.", evidence=(FERRY,), supported=supported
            ),
            support=Support(verdict=verdict, score=0.8 - i / 10, reasons=("no number",)),
        )
        for i, (supported, verdict) in enumerate(kinds)
    )
    return replace(report({}), claims=made)


def test_no_text_of_strangers_becomes_an_element_or_an_attribute() -> None:
    made = Tags(to_page(hostile(PAYLOADS)))
    assert made.names <= ELEMENTS
    assert not [name for name, _ in made.attributes if name.startswith("on") or name == "src"]
    links = [value for name, value in made.attributes if name in {"href", "xlink:href"}]
    assert len(links) > len(PAYLOADS)
    assert [link for link in links if not link.startswith("#")] == []
    ids = [value for name, value in made.attributes if name == "id" and not value.startswith("m")]
    assert len(ids) == len(set(ids))


def test_the_page_may_load_and_run_nothing() -> None:
    page = to_page(report(JUDGED))
    assert "default-src 'none'; style-src 'unsafe-inline'\"" in page
    assert not re.search(r"<script|url\((?!#)|@import", page)


def test_the_same_report_gives_the_same_page() -> None:
    assert to_page(report(JUDGED)) == to_page(report(JUDGED))


def test_every_figure_has_its_interval_groups_and_floor() -> None:
    page = words(to_page(report(JUDGED)))
    assert (
        "recall@1 gold quotes that the first passage touches 0.750 0.500 to 1.000 2 0.001 (1)"
        in page
    )
    assert "(1) random" in page
    assert "A note." in page
    assert re.search(r"Undefined in this run: [^.]*MRR", page)
    one = tuple(replace(o, case=replace(o.case, paths=("x",))) for o in report(JUDGED).outcomes)
    assert "1 group " in words(to_page(replace(report(JUDGED), outcomes=one)))


def test_a_reason_stands_where_a_value_is_missing() -> None:
    assert "not measured: 0 of 400 labels" in words(to_page(unmeasured(report(JUDGED))))


def test_failures_are_told_by_what_people_marked() -> None:
    made = report({**JUDGED, "citation valid": [0.5, 1.0, None, None]})
    found = {
        o.case.id: [
            f.name for f in failures_of(o, {m: v[o.case.id] for m, v in made.values.items()})
        ]
        for o in made.outcomes
    }
    assert found == {"c0": ["not-exact"], "c1": ["false-refusal"], "c2": [], "c3": ["false-answer"]}
    disputed = replace(made.outcomes[0], case=replace(made.outcomes[0].case, disputed=True))
    assert [f.name for f in failures_of(disputed, {})] == ["disagreement"]
    side = Side(text=FERRY, citations=(citation(),))
    shown = replace(disputed.answer, disagreements=(Disagreement(about="x", sides=(side, side)),))
    assert failures_of(replace(disputed, answer=shown), {}) == []


def test_a_case_is_marked_with_its_failures_and_filters_count_them() -> None:
    page = to_page(report(JUDGED))
    assert page.count('<details class="row is-failed ') == 2
    assert page.count('<details class="row is-passed ') == 2
    assert '<span class="fault">false refusal</span>' in page
    shown = words(page[page.index('id="cases"') :])
    assert "all cases 4 any failure 2 false answer 1 false refusal 1 no failure 2" in shown
    assert "#cases:has(#cases-show-false-refusal:checked) .row:not(.is-false-refusal)" in page


def test_choices_without_a_row_are_left_out() -> None:
    made = render_choices("cases", "Show", 3, [Choice("a", "<b>", 2), Choice("b", "none", 0)])
    assert words(made).startswith("Show all cases 3 &lt;b&gt; 2")
    assert "none" not in words(made)[:40]
    assert render_choices("cases", "Show", 3, [Choice("b", "none", 0)]) == ""


def test_an_answer_has_footnotes_with_the_quote_in_the_words_around_it() -> None:
    text = f"{MILL} {FERRY} {MILL}"
    start = text.index(FERRY)
    cited = citation(FERRY, 1, A, start=start, end=start + len(FERRY), speaker="Ilse Brandt")
    given = replace(
        quoted(), sentences=(sentence(FERRY, cited),), hits=(hit(text, A),), notices=("Careful.",)
    )
    html = render_answer(given, "case-x")
    assert f"<blockquote>{MILL} <mark>{FERRY}</mark> {MILL}</blockquote>" in html
    assert 'href="#case-x-1"' in html
    assert 'id="case-x-1"' in html
    shown = words(html)
    assert "quoted" in shown
    assert "Varnholm Courier · 28 October 2025" in shown
    assert "words of Ilse Brandt" in shown
    assert "Careful." in shown


def test_a_quote_outside_what_the_writer_saw_stands_alone() -> None:
    html = render_answer(replace(quoted((FERRY, A)), hits=()), "p")
    assert f"<blockquote> <mark>{FERRY}</mark> </blockquote>" in html


def test_differing_sides_stand_beside_each_other() -> None:
    sides = (
        Side(text=FERRY, citations=(citation(),), published="2025-10-28"),
        Side(text=MILL, citations=(citation(MILL, 2),), note="the later report"),
    )
    given = replace(quoted((FERRY, A)), disagreements=(Disagreement(about="3 or 4", sides=sides),))
    html = render_answer(given, "p")
    assert html.count("<li><p") == 2
    assert "Sources differ: 3 or 4" in words(html)
    assert "no date given · the later report" in words(html)
    assert 'id="p-2"' in html


def test_a_refusal_shows_the_closest_passages() -> None:
    shown = words(render_answer(refused((FERRY, A), reason="They do not say."), "p"))
    assert shown.startswith("They do not say. Closest passages")
    assert FERRY in shown


def test_what_is_right_and_what_scorers_said_stand_beside_the_answer() -> None:
    made = report(JUDGED)
    case = replace(
        made.outcomes[0].case,
        reference="3.4 million",
        references=("some 3.4 million",),
        nuggets=(Nugget(text="a ramp", vital=False),),
        disputed=False,
    )
    shown = words(to_page(replace(made, outcomes=(replace(made.outcomes[0], case=case),))))
    assert (
        "Marked as right 3.4 million some 3.4 million Who? a.txt a ramp welcome about c0.txt"
        in shown
    )
    assert "The articles agree on this." in shown
    assert "recall@1 1 " in shown
    assert "Earlier in the conversation a b" in shown
    assert "First sentence 100 ms, whole answer 200 ms" in shown
    assert "false answer: why" in shown  # undefined, with its reason


def test_scores_of_a_case_stand_in_their_sections_and_say_if_self_graded() -> None:
    measure = replace(MEASURES["recall@1"], section="self-graded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(MEASURES, "recall@1", measure)
        page = words(to_page(report({**JUDGED, "made up": [0.25] * 4})))
    assert f"{escape(SECTIONS['self-graded'])} recall@1 1 " in page
    assert "Other made up 0.25" in page


def test_claims_are_shown_with_verdict_label_and_evidence() -> None:
    made = claims((True, "supported"), (True, "partly"), (False, "supported"), (False, "partly"))
    assert [claim_failure(o) for o in made.claims] == [None, "withheld", "accepted", None]
    page = to_page(made)
    shown = words(page[page.index('id="claims"') :])
    assert "all claims 4 check and people differ 2 wrongly accepted 1 wrongly withheld 1" in shown
    assert "Claim 1. wrongly withheld · check: partly matches · people: supported" in shown
    assert FERRY in shown
    assert "it accepts 50 % of the sound claims and 50 % of the others" in words(page)


def test_the_page_of_an_empty_run_has_no_plots() -> None:
    page = to_page(report({}))
    assert "<svg" not in page
    assert "0 cases" in page


def test_every_plot_says_in_words_what_it_shows() -> None:
    page = to_page(report(JUDGED))
    described = re.findall(r'<svg class="plot"[^>]* aria-describedby="([^"]+)"', page)
    assert len(described) == 4
    for name in described:
        caption = re.search(rf'<figcaption id="{name}">([^<]+)<', page)
        assert caption
        assert re.search(r"\d", caption.group(1))
    assert "At the frozen threshold 50 % of the questions are answered, 50 % of them" in page


def test_a_plot_is_sound_svg_in_the_colours_of_the_page() -> None:
    def fill(ax) -> None:
        ax.bar([0, 1], [1, 2], color="#8c2b1c")
        ax.set_xlabel("$a$ <b>--> 日本")

    drawn = draw(fill, title="a & b", described_by="c")
    svg = ET.fromstring(drawn.replace("<svg ", '<svg xmlns:xlink="x" '))
    assert svg.get("aria-label") == "a & b"
    assert "fill: var(--accent)" in drawn
    assert "#8c2b1c" not in drawn
    assert "$a$ <b>--> 日本" in "".join(svg.itertext())
    assert drawn == draw(fill, title="a & b", described_by="c")


def test_verdicts_are_told_in_the_words_of_the_chat() -> None:
    assert strings.VERDICTS == VERDICTS


@pytest.mark.parametrize("name", [failure.name for failure in FAILURES])
def test_names_of_failures_are_fit_for_a_class(name: str) -> None:
    assert re.fullmatch(r"[a-z-]+", name)
