"""HTML from lists of articles, mentions and uploads: nothing of a stranger's becomes markup."""

from dataclasses import replace

import pytest
from test_render import HOSTILE, Reader

from index.types import ArticleInfo
from ui import strings
from ui.listing import Desk, Facts, Listing, Row
from ui.mentions import Group, Mentions, Said
from ui.render_added import MOST_NAMED, render_added, render_refused
from ui.render_articles import render_listing
from ui.render_mentions import render_mentions
from ui.uploading import Entry

OWN_TAGS = {
    "button",
    "div",
    "input",
    "label",
    "li",
    "mark",
    "p",
    "progress",
    "section",
    "span",
    "strong",
    "time",
    "ul",
}
OWN_ATTRIBUTES = {
    "aria-checked",
    "aria-description",
    "aria-hidden",
    "aria-label",
    "autocomplete",
    "class",
    "data-article",
    "data-end",
    "data-event",
    "data-focus",
    "data-phrase",
    "data-start",
    "data-sure",
    "data-tip",
    "datetime",
    "max",
    "name",
    "placeholder",
    "role",
    "tabindex",
    "type",
    "value",
}
INFO = ArticleInfo(
    id="0123456789abcdef",
    key=HOSTILE,
    title=HOSTILE,
    source=HOSTILE,
    author=HOSTILE,
    url=HOSTILE,
    published=HOSTILE,
    path=f"/x/{HOSTILE}",
    words=1234,
)


def listing(*infos: ArticleInfo, corrected: tuple[str, ...] = (), **more: int) -> Listing:
    rows = tuple(Row(info=info, corrected=corrected) for info in infos)
    return Listing(rows=rows, **({"found": len(rows), "total": len(rows)} | more))


def check_own(html: str) -> Reader:
    """Check that nothing is written but our own tags and attributes, and every tag is closed."""
    reader = Reader(html)
    assert {tag for tag, _ in reader.tags} <= OWN_TAGS
    assert {name for _, attributes in reader.tags for name in attributes} <= OWN_ATTRIBUTES
    return reader


DESKS = [
    Desk(words=HOSTILE, ticked=(INFO.id,), said=HOSTILE),
    Desk(opened=INFO.id, problem=HOSTILE, typed=Facts(title=HOSTILE, published=HOSTILE)),
    Desk(opened=INFO.id, erasing=True),
]


@pytest.mark.parametrize("desk", DESKS)
def test_hostile_facts_stay_text_wherever_a_list_shows_them(desk: Desk):
    html = render_listing(
        listing(INFO, corrected=("title", HOSTILE)),
        desk,
        read=INFO,
        files=[HOSTILE],
        elsewhere=[HOSTILE],
    )
    reader = check_own(html)
    assert "<script>alert(1)" in reader.text
    assert "${alert(3)}" in reader.text


def test_hostile_text_around_a_mention_stays_text_and_the_phrase_alone_is_marked():
    text = f"{HOSTILE} Norden and\n Norden  {HOSTILE}"
    first, second = text.index("Norden"), text.rindex("Norden")
    spans = tuple((100 + start, 106 + start) for start in (first, second))
    said = Said(text=text, start=100, spans=spans)
    mentions = Mentions(
        groups=(Group(info=INFO, said=(said,)),),
        shown=1,
        sentences=1,
        count=2,
        articles=1,
        all_found=True,
    )
    reader = check_own(render_mentions(mentions, Desk(phrase=HOSTILE)))
    assert reader.marked == "NordenNorden"
    assert "Norden and Norden " in reader.text
    (opener,) = reader.all("button", "passage mention")
    assert (opener["data-start"], opener["data-end"]) == (str(100 + first), str(106 + first))


@pytest.mark.parametrize(
    ("count", "all_found", "words"),
    [
        (0, True, "No article mentions"),
        (1, True, "once"),
        (3, True, "3 times, in 2 articles"),
        (3, False, "more than 3 times"),
    ],
)
def test_mentions_are_counted_in_words(count: int, all_found: bool, words: str):
    mentions = Mentions(
        groups=(), shown=0, sentences=count, count=count, articles=2, all_found=all_found
    )
    assert words in Reader(render_mentions(mentions, Desk(phrase="Norden"))).text


def test_hostile_files_and_reasons_stay_text():
    entries = (
        Entry(name=HOSTILE, state="refused", reason=HOSTILE),
        Entry(name=HOSTILE, state="known", articles=(INFO,) * (MOST_NAMED + 2)),
        Entry(name=HOSTILE, state="reading"),
    )
    reader = check_own(render_added(entries) + render_refused(HOSTILE))
    assert "2 of 3 done" in reader.text
    assert strings.AND_MORE.format(count=2) in reader.text
    assert len(reader.all("button")) == MOST_NAMED


def test_each_state_of_a_file_has_a_mark_and_a_word():
    for state, (mark, word) in strings.ENTRY_STATES.items():
        text = Reader(render_added((Entry(name="a.txt", state=state),))).text
        assert mark in text
        assert word in text
    assert len({mark for mark, _ in strings.ENTRY_STATES.values()}) >= 5


def test_when_all_is_done_it_says_how_many_were_refused():
    good, bad = Entry(name="a", state="added"), Entry(name="b", state="refused", reason="r")
    assert "1 in the library, 1 refused" in render_added((good, bad))
    assert "refused" not in Reader(render_added((good, good))).text
    assert render_added(()) == ""


def test_a_row_tells_outlet_date_and_length_and_opens_the_article():
    info = ArticleInfo(
        id="0123456789abcdef",
        key="k",
        title="Rain",
        source="The Post",
        author="Ann Other",
        published="2025-10-28",
        words=1234,
        path="/somewhere/rain.txt",
    )
    reader = Reader(render_listing(listing(info), Desk()))
    for words in ("Rain", "The Post", "Ann Other", "28 October 2025", "1,234 words"):
        assert words in reader.text
    assert "rain.txt" not in reader.text
    (opener,) = reader.all("button", "source-link")
    assert opener["data-article"] == info.id
    (tick,) = reader.all("button", "tick")
    assert "Rain" in str(tick["aria-label"])
    assert tick["aria-checked"] == "false"
    searched = Reader(render_listing(listing(info), Desk(words="rain", ticked=(info.id,))))
    assert "rain.txt" in searched.text
    assert "/somewhere" not in searched.text
    assert searched.all("button", "tick")[0]["aria-checked"] == "true"


def test_a_corrected_field_shows_what_the_file_says():
    info = ArticleInfo(id="0123456789abcdef", key="k", title="Rain", published="2025-10-28")
    read = ArticleInfo(id="0123456789abcdef", key="k", title="Snow")
    html = render_listing(
        listing(info, corrected=("title", "published")), Desk(opened=info.id), read=read
    )
    text = Reader(html).text
    assert strings.WAS_READ.format(value="Snow") in text
    assert strings.WAS_READ.format(value=strings.NOTHING_READ) in text
    assert strings.AS_READ in text
    fields = {field["name"]: field["value"] for field in Reader(html).all("input")}
    assert fields == {"title": "Rain", "source": "", "author": "", "published": "2025-10-28"}


def test_erasing_says_what_goes_and_which_files_stay_and_offers_the_safe_answer_first():
    info = ArticleInfo(id="0123456789abcdef", key="k", title="Rain")
    html = render_listing(listing(info), Desk(opened=info.id, erasing=True), elsewhere=["/x/a.txt"])
    reader = Reader(html)
    assert strings.ERASE_GOES in reader.text
    assert "/x/a.txt" in reader.text
    focused = [attributes for tag, attributes in reader.tags if "data-focus" in attributes]
    assert [button["data-event"] for button in focused] == ["edit"]


def test_a_long_list_offers_more_and_an_empty_one_says_what_to_do():
    info = ArticleInfo(id="0123456789abcdef", key="k")
    longer = Reader(render_listing(listing(info, found=10_000, total=10_000), Desk()))
    assert strings.SHOW_MORE.format(count=50, shown="1", found="10,000") in longer.text
    assert len(longer.all("button", "plain")) == 1
    pages = listing(*[replace(info, id=f"{n:016x}") for n in range(60)])
    more = Reader(render_listing(pages, Desk(most=100)))
    focused = [attributes for _, attributes in more.tags if "data-focus" in attributes]
    assert [button["data-article"] for button in focused] == [f"{50:016x}"]
    assert strings.EMPTY_LIST_REMEDY in Reader(render_listing(listing(), Desk())).text
    nothing = render_listing(listing(total=3), Desk(words="snow"))
    assert strings.NOTHING_FOUND.format(words="snow") in Reader(nothing).text
    assert strings.FIND_MENTIONS.format(phrase="snow") in Reader(nothing).text
