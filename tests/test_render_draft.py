"""HTML from a checked draft: its own words and paragraphs, a mark and a word for each line."""

import pytest
from test_render import HOSTILE, Reader, make_citation

from rag.prompts import SILENT
from rag.types import Answer, Sentence, Support
from ui import strings
from ui.drafting import CheckedDraft
from ui.render_draft import STATES, render_draft, state_of

OWN_TAGS = {"button", "div", "h2", "h3", "li", "p", "progress", "span", "strong", "time", "ul"}
TEXT = "A heading\n\nRain fell. Snow fell\nin May.\n\n- Hail fell."
STARTS = (0, 11, 22, 41)
OPENERS = frozenset({0, 11, 41})


def sentence(text: str, verdict: str = "supported", *reasons: str, cited: bool = True) -> Sentence:
    citations = (make_citation(text),) if cited else ()
    return Sentence(
        text=text, citations=citations, support=Support(verdict=verdict, reasons=reasons)
    )


LINES = (
    sentence("A heading", "unchecked", "a heading", cited=False),
    sentence("Rain fell."),
    sentence("Snow fell\nin May.", "partly", "the source says March"),
    sentence("- Hail fell.", "unsupported", SILENT, cited=False),
)


def draft(count: int = 4, *, complete: bool = False, **fields) -> CheckedDraft:
    answer = Answer(
        question=TEXT,
        asked=TEXT,
        sentences=LINES[:count],
        complete=complete,
        notices=("2 undated", "the summary") if complete else ("2 undated",),
    )
    known = {"text": TEXT, "starts": STARTS, "openers": OPENERS, "answer": answer}
    return CheckedDraft(**(known | fields))


def test_each_line_has_its_state_as_a_mark_and_in_words():
    assert [state_of(line) for line in LINES] == ["unchecked", "supported", "differs", "silent"]
    text = Reader(render_draft(draft())).text
    for state in STATES:
        mark, word = strings.DRAFT_STATES[state]
        assert f"{mark} {word}" in text
    assert "differs: the source says March" in text
    assert "not checked: a heading" in text
    assert "cf.1" in text
    assert len({mark for mark, _ in strings.DRAFT_STATES.values()}) == len(STATES)


@pytest.mark.parametrize("count", [0, 1, 3, 4])
def test_every_word_of_the_draft_stands_in_its_own_paragraph_from_the_start(count: int):
    html = render_draft(draft(count))
    sheet = html[html.index('<div class="sheet">') :]
    paragraphs = [Reader(piece).text for piece in sheet.split("<p>")[1:]]
    assert len(paragraphs) == 3
    assert "Rain fell." in paragraphs[1]
    assert "Snow fell in May." in paragraphs[1]
    assert "- Hail fell." in paragraphs[2]
    assert sheet.count("line waiting") == 4 - count


def test_while_it_goes_on_it_tells_how_far_it_is_and_then_what_came_of_it():
    growing = Reader(render_draft(draft(2)))
    assert strings.DRAFT_CHECKING.format(done=2, count=4) in growing.text
    (bar,) = growing.all("progress")
    assert (bar["value"], bar["max"]) == ("2", "4")
    done = Reader(render_draft(draft(complete=True)))
    assert done.all("progress") == []
    assert done.text.count("the summary") == 2  # to be seen, and to be heard
    assert "2 undated" in done.text
    assert strings.SOURCES in done.text
    stopped = Reader(render_draft(draft(2, stopped=True)))
    assert strings.DRAFT_STOPPED.format(done=2, count=4) in stopped.text


def test_counts_stand_on_top():
    html = render_draft(draft())
    counts = html[html.index('<ul class="counts">') : html.index("</ul>")]
    text = Reader(counts).text
    for state in STATES:
        assert f"1 {strings.DRAFT_STATES[state][1]}" in text


def test_a_hostile_draft_stays_text():
    lines = tuple(
        sentence(HOSTILE, verdict, HOSTILE, SILENT)
        for verdict in ("unchecked", "supported", "partly", "unsupported")
    )
    text = "\n\n".join([HOSTILE] * 5)
    starts = tuple(place * (len(HOSTILE) + 2) for place in range(5))
    answer = Answer(question=text, asked=text, sentences=lines, notices=(HOSTILE,), complete=False)
    reader = Reader(
        render_draft(
            CheckedDraft(text=text, starts=starts, openers=frozenset(starts), answer=answer)
        )
    )
    assert {tag for tag, _ in reader.tags} <= OWN_TAGS
    assert reader.text.count("<script>alert(1)") >= 5


def test_what_went_wrong_stands_below_what_was_checked():
    broken = render_draft(draft(2, problem="The library is gone."))
    assert Reader(broken).text.index("Rain fell.") < Reader(broken).text.index("The library")
    assert "sheet" not in render_draft(draft(problem="Too long.", answer=None))
