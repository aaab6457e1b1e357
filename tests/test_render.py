"""HTML from answers and articles: nothing of an article becomes markup, spans stay exact."""

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, ArticleInfo, Cut, Hit, Passage
from rag.types import Answer, Citation, Disagreement, Sentence, Side, Support
from ui import strings
from ui.elements import render_date, render_problem, safe_url
from ui.render import CLOSEST_SHOWN, render_answer
from ui.render_source import render_source
from ui.render_turns import (
    render_masthead,
    render_questions,
    render_turn,
    render_turns,
    render_welcome,
)
from ui.types import Limits, Turn

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;'{{value}}${alert(3)}"
OWN_TAGS = {
    "a",
    "article",
    "button",
    "details",
    "div",
    "h1",
    "h2",
    "h3",
    "header",
    "li",
    "mark",
    "nav",
    "p",
    "q",
    "section",
    "span",
    "strong",
    "summary",
    "time",
    "ul",
}
OWN_ATTRIBUTES = {
    "aria-description",
    "aria-label",
    "class",
    "data-alone",
    "data-also",
    "data-article",
    "data-end",
    "data-event",
    "data-go",
    "data-number",
    "data-question",
    "data-sentence",
    "data-start",
    "data-tip",
    "data-title",
    "data-turn",
    "datetime",
    "href",
    "id",
    "rel",
    "role",
    "tabindex",
    "target",
    "type",
}


class Reader(HTMLParser):
    """Reads HTML as a browser would: tags, attributes, and the text of every mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked = ""
        self._in_mark = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_mark = self._in_mark or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_mark:
            self.marked += data

    def all(self, tag: str, kind: str | None = None) -> list[dict[str, str | None]]:
        return [a for name, a in self.tags if name == tag and kind in (None, a.get("class"))]


def make_citation(text: str = "Rain fell.", number: int = 1, **fields) -> Citation:
    known = {
        "article_id": "0123456789abcdef",
        "title": "Rain",
        "source": "The Post",
        "url": "https://example.org/rain",
        "published": "2025-10-28",
        "start": 4,
        "end": 14,
    }
    return Citation(number=number, quote=text, **(known | fields))


def make_answer(verdict: str = "quoted", text: str = "Rain fell.", **fields) -> Answer:
    support = Support(verdict=verdict)
    sentence = Sentence(text=text, citations=(make_citation(text),), support=support)
    known = {"question": "Did it rain?", "asked": "Did it rain?", "sentences": (sentence,)}
    return Answer(**(known | fields))


def make_article(text: str = "One.\n\nTwo is here. Three.", **fields) -> Article:
    known = {"id": "0123456789abcdef", "key": "k", "title": "Rain", "source": "The Post"}
    return Article(text=text, **(known | fields))


def make_hit(text: str, start: int = 0, **fields) -> Hit:
    passage = Passage(id="p", article_id="a" * 16, start=start, end=start + len(text), text=text)
    return Hit(passage=passage, article=ArticleInfo(id="a" * 16, key="k", **fields), score=0.1)


def test_a_footnote_is_a_button_that_knows_its_span():
    (button,) = Reader(render_answer(make_answer())).all("button", "footnote")
    assert button["data-article"] == "0123456789abcdef"
    assert (button["data-start"], button["data-end"], button["data-number"]) == ("4", "14", "1")
    assert button["data-tip"].splitlines() == ["“Rain fell.”", "The Post, Rain · 28 October 2025"]
    assert "The Post" in button["aria-label"]


@pytest.mark.parametrize(
    ("verdict", "words"),
    [("quoted", "quoted"), ("supported", "matches the source"), ("partly", "partly matches")],
)
def test_each_sentence_says_how_it_was_checked(verdict: str, words: str):
    html = render_answer(make_answer(verdict))
    assert f">{words}</span>" in html
    assert f'class="sentence {verdict}"' in html


def test_no_word_of_the_page_claims_truth():
    words = " ".join([*strings.VERDICTS.values(), *strings.VERDICT_MEANINGS.values()]).lower()
    assert "verified" not in words
    assert "true" not in words
    assert set(strings.VERDICTS) == set(strings.VERDICT_MEANINGS)


def test_why_a_sentence_is_only_partly_there_can_be_read():
    sentence = make_answer().sentences[0]
    support = Support(verdict="partly", reasons=("the number 7 is missing",))
    partly = Sentence(text=sentence.text, citations=sentence.citations, support=support)
    assert "the number 7 is missing" in render_answer(make_answer(sentences=(partly,)))


def test_a_refusal_gives_its_reason_and_the_closest_passages():
    hits = tuple(make_hit(f"Passage {n}.", start=n, title=f"Title {n}") for n in range(5))
    answer = make_answer(refused=True, reason="They do not say.", sentences=(), hits=hits)
    page = Reader(render_answer(answer))
    assert "They do not say." in page.text
    cards = page.all("button", "passage")
    assert [card["data-start"] for card in cards] == ["0", "1", "2"][:CLOSEST_SHOWN]
    assert "Title 0" in page.text
    assert "Title 4" not in page.text
    assert not page.all("button", "footnote")


def test_a_long_passage_is_cut_at_a_word():
    answer = make_answer(refused=True, sentences=(), hits=(make_hit("word " * 200),))
    snippet = Reader(render_answer(answer)).text
    assert "word …" in snippet
    assert len(snippet) < 500


def test_sources_name_outlet_date_page_and_speaker():
    citation = make_citation(page=3, speaker="Ada Poe")
    sentence = Sentence(text="Rain fell.", citations=(citation,), support=Support(verdict="quoted"))
    text = Reader(render_answer(make_answer(sentences=(sentence,)))).text
    for fact in ("The Post", "28 October 2025", "page 3", "Ada Poe"):
        assert fact in text


def test_an_article_cited_twice_is_one_source_with_both_numbers():
    citations = (make_citation(number=1, page=1), make_citation(number=2, start=20, page=2))
    sentence = Sentence(text="Rain fell.", citations=citations, support=Support(verdict="quoted"))
    page = Reader(render_answer(make_answer(sentences=(sentence,))))
    (row,) = page.all("button", "source-link")
    assert row["data-start"] == "4"
    assert "1, 2 Rain" in page.text
    assert "page 1 · page 2" in page.text


def test_a_growing_answer_has_no_list_of_sources_yet():
    assert "sources" in render_answer(make_answer())
    assert "sources" not in render_answer(make_answer(complete=False))


def test_a_disagreement_shows_both_sides_with_dates_and_their_sources():
    sides = (
        Side(text="Six died.", citations=(make_citation(number=1),)),
        Side(
            text="Nine died.",
            citations=(make_citation(number=2, article_id="f" * 16, published="2025-11-02"),),
        ),
    )
    disagreement = Disagreement(about="the dead", sides=sides)
    page = Reader(render_answer(make_answer(disagreements=(disagreement,))))
    for words in ("Sources differ: the dead", "Six died.", "Nine died.", "2 November 2025"):
        assert words in page.text
    assert len(page.all("button", "source-link")) == 2


def test_withheld_sentences_and_notices_are_told():
    assert strings.WITHHELD_ONE in render_answer(make_answer(withheld=1))
    html = render_answer(make_answer(withheld=3, notices=("Two articles were left out.",)))
    assert strings.WITHHELD_MANY.format(count=3) in html
    assert "Two articles were left out." in html


def test_how_the_question_was_taken_is_shown_only_where_it_differs():
    assert "understood" not in render_answer(make_answer())
    html = render_answer(make_answer(asked="Did it rain in May?", period=("2025-05-01", None)))
    assert strings.UNDERSTOOD_AS.format(question="Did it rain in May?") in html
    assert strings.PERIOD_SINCE.format(first="1 May 2025") in html


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, "no date given"),
        ("", "no date given"),
        ("2025-10-28", "28 October 2025"),
        ("2025-10-28T09:30:00", "28 October 2025"),
        ("October", "October"),
    ],
)
def test_a_missing_date_stays_missing(published: str | None, words: str):
    assert Reader(render_date(published)).text == words


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        (" https://example.org/a ", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("javascript://example.org/%0aalert(1)", False),
        ("ftp://example.org/a", False),
        ("https://", False),
        ("file:///etc/passwd", False),
        ("http://[::1", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, kept: bool):
    links = Reader(render_source(make_article(url=url), 0, 4)).all("a")
    assert bool(links) == kept == (safe_url(url) is not None)
    for link in links:
        assert link["href"] == (url or "").strip()
        assert link["rel"] == "noopener noreferrer nofollow"


def test_the_mark_holds_the_cited_characters_and_all_text_is_there():
    article = make_article()
    start = article.text.index("Two")
    page = Reader(render_source(article, start, start + len("Two is here.")))
    assert page.marked == "Two is here."
    assert [mark.get("id") for mark in page.all("mark")] == ["cited"]
    assert article.text in page.text


def test_without_a_span_nothing_is_marked():
    assert not Reader(render_source(make_article(), 0, 0)).all("mark")
    assert not Reader(render_source(make_article(), 9_000, 9_010)).all("mark")


@given(st.text(alphabet="ab<&>\"'\n {}$", min_size=1, max_size=60), st.data())
def test_the_mark_is_exact_in_any_text_even_across_paragraphs(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    html = render_source(make_article(text), start, end)
    assert Reader(html).marked == text[start:end]
    assert html.count('id="cited"') == 1


def test_the_source_shows_what_is_known_and_no_more():
    article = make_article(
        author="Ada Poe",
        published="2025-10-28",
        updated="2025-10-30",
        pages=(0, 6),
        cut=(Cut(kind="related", text="Related articles"),),
    )
    text = Reader(render_source(article, 7, 9, files=["copy.txt"])).text
    for fact in (
        "Ada Poe",
        "28 October 2025",
        "updated 30 October 2025",
        "page 2",
        "Also in: copy.txt",
        "What cleaning removed (1)",
        "Related articles",
    ):
        assert fact in text
    bare = Reader(render_source(make_article(source=None, title=None), 0, 4)).text
    for fact in (strings.NO_DATE, strings.UNKNOWN_OUTLET, strings.UNTITLED):
        assert fact in bare
    assert "What cleaning removed" not in bare


def test_other_places_with_the_same_words_are_named_and_open():
    twin = make_article(id="f" * 16, source="The Gazette", published="2025-10-29").info
    page = Reader(render_source(make_article(), 0, 4, files=["copy.txt"], twins=[twin]))
    assert "Also in: The Gazette · 29 October 2025, copy.txt" in page.text
    assert "f" * 16 in [button.get("data-article") for button in page.all("button")]


def test_the_original_file_opens_at_the_cited_page():
    article = make_article(pages=(0, 6))
    (link,) = Reader(render_source(article, 7, 9, original="/originals/l/a")).all("a")
    assert link["href"] == "/originals/l/a#page=2"


def test_a_suggested_question_is_a_button_that_asks_it():
    page = Reader(render_questions(["Who fell?"], "Ask next"))
    assert page.all("button", "suggestion")[0]["data-question"] == "Who fell?"
    assert render_questions([], "Ask next") == ""


def test_a_welcome_says_how_to_add_articles_where_there_are_none():
    assert strings.EMPTY_LIBRARY in Reader(render_welcome(0)).text


def test_an_open_turn_says_that_it_is_at_work_and_a_failed_one_why():
    assert strings.READING in render_turn(Turn(question="q"), 0)
    failed = render_turn(Turn(question="q", problem="No such day: <x>."), 0)
    assert strings.READING not in failed
    assert "No such day: &lt;x&gt;." in failed
    growing = Turn(question="q", answer=make_answer(complete=False), stopped=True)
    stopped = render_turn(growing, 0)
    assert strings.STOPPED in stopped
    assert strings.READING not in stopped


def test_what_a_question_was_limited_to_is_told():
    limits = Limits(since="2025-10-01", outlets=("The Post",), articles=("a", "b"))
    text = Reader(render_turn(Turn(question="q", limits=limits, alone=True), 0)).text
    for fact in ("since 2025-10-01", "Only The Post", "chosen: 2", strings.ASKED_ALONE):
        assert fact in text


def test_turns_know_their_places_so_that_their_buttons_do():
    page = Reader(render_turns([Turn(question="q", problem="p")] * 2, first=3))
    assert [turn["data-turn"] for turn in page.all("section", "turn")] == ["3", "4"]
    assert {each["data-turn"] for each in page.all("button", "step")} == {"3", "4"}


def test_a_quote_names_its_speaker_unless_it_does_so_itself():
    def speakers(text: str) -> bool:
        citation = make_citation(text, speaker="Ada Poe")
        quoted = Sentence(text=text, citations=(citation,), support=Support(verdict="quoted"))
        return 'class="speaker"' in render_answer(make_answer(sentences=(quoted,)))

    assert speakers("“Rain fell.”")
    assert not speakers("“Rain fell,” Ada Poe said.")


def test_a_passage_that_stands_in_two_articles_is_shown_once_when_refusing():
    hits = (make_hit("Rain fell."), make_hit("Rain  fell."), make_hit("Snow fell."))
    page = Reader(render_answer(make_answer(refused=True, sentences=(), hits=hits)))
    assert len(page.all("button", "passage")) == 2


def hostile_pages(text: str) -> list[str]:
    """Everything that is rendered, with one text in every place that a stranger can fill."""
    fields = {"title": text, "source": text, "url": text, "published": text}
    citation = make_citation(text, article_id=text, speaker=text, **fields)
    support = Support(verdict="partly", reasons=(text,))
    sentence = Sentence(text=text, citations=(citation,), support=support)
    sides = (Side(text=text, citations=(citation,)),)
    answer = make_answer(
        question=text,
        asked=text + "?",
        period=(text, text),
        sentences=(sentence,),
        disagreements=(Disagreement(about=text, sides=sides),),
        notices=(text,),
        withheld=1,
    )
    refusal = make_answer(refused=True, reason=text, hits=(make_hit(text or "x", **fields),))
    article = make_article(
        text, id=text, author=text, updated=text + "x", cut=(Cut(kind=text, text=text),), **fields
    )
    turns = [Turn(question=text, answer=answer), Turn(question=text, answer=refusal)]
    return [
        render_turns([*turns, Turn(question=text, problem=text)]),
        render_source(article, 0, max(len(text) // 2, 1), files=[text], twins=[article.info]),
        render_questions([text], text),
        render_masthead(text, text),
        render_problem(text),
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_text_becomes_markup(text: str):
    for html in hostile_pages(HOSTILE[: len(text)] + text):
        for tag, attributes in Reader(html).tags:
            assert tag in OWN_TAGS
            assert set(attributes) <= OWN_ATTRIBUTES


def test_hostile_text_is_shown_as_it_was_written():
    for html in hostile_pages(HOSTILE):
        assert "<script" not in html
        assert "<img" not in html
        assert escape(HOSTILE) in html
