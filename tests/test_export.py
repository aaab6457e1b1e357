"""An export says all that the page says, and no text of an article becomes markup in it."""

import base64
import hashlib
import re
import shutil
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_answers import (
    DEARER,
    FERRY,
    MILL,
    A,
    citation,
    differing,
    hit,
    quoted,
    refused,
    sentence,
)
from made_answers import turn as make_turn
from markdown_it import MarkdownIt

from rag.types import Answer
from ui import strings
from ui.elements import plain as flat
from ui.export import to_html, to_markdown
from ui.export_markdown import escape_markdown
from ui.types import Limits, Turn

COMMONMARK = MarkdownIt("commonmark")
TABLES = MarkdownIt("commonmark", {"typographer": False}).enable(["table", "strikethrough"])

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!-- -->",
    "<?x?>",
    "<![CDATA[x",
    "![x](https://evil.example/x.png)",
    "[x](https://evil.example)",
    "[x]: https://evil.example",
    "<https://evil.example>",
    "[x][y]",
    "[^1]",
    "[^1]: forged",
    "![",
    "![^1-1]",
    "[1]",
    "\\[x](y)",
    "# head",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "2) item",
    "> quote",
    "```\ncode",
    "~~~",
    "    code",
    "\tcode",
    "===",
    "---",
    "***",
    "___",
    "| a | b |\n|---|---|\n| c | d |",
    "a\n---",
    "**bold** *em* __b__ _e_ ~~gone~~",
    "`code`",
    "``",
    "&lt;b&gt; &#60; &copy; AT&T",
    "$x$ $$y$$",
    "{{ site.x }} {: .c}",
    "\\",
    "\\\\",
    "*",
    "**",
    "_",
    "!",
    "wow!",
    "]",
    "](",
    "](https://e.x)",
    "javascript:alert(1)",
    "data:text/html,x",
    "a](javascript:alert(1))",
    "%% hidden %%",
    "==mark==",
    "\u202egnp.exe",
    "\0\x1b[31m",
    "x\u2028y\u0085z",
    "\ud800",
    "“”",
    ": term",
    "[[wiki]]",
    "![[x]]",
    "<a href=https://evil.example>x</a>",
    "line\\\nbreak",
    "trailing  \nspaces",
    "  ",
    "",
]
WANTED = {
    "a",
    "blockquote",
    "em",
    "h1",
    "h2",
    "li",
    "p",
    "strong",
    "ul",
}
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
needs_browser = pytest.mark.skipif(
    BROWSER is None, reason="needs Chromium, which this machine lacks: apt-get install chromium"
)
OWN_ADDRESS = "https://courier.example/ferry"


class Reader(HTMLParser):
    """Reads HTML as a browser would: tags with attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, tag: str, name: str) -> list[str]:
        return [fields[name] for kind, fields in self.tags if kind == tag and name in fields]


def everywhere(text: str) -> list[Turn]:
    """A conversation with a text in every place where a text can be."""
    cited = citation(
        text,
        1,
        A,
        title=text,
        source=text,
        speaker=text,
        published=text,
        also_in=("b" * 16,),
    )
    info = {"title": text, "source": text, "author": text, "updated": text, "published": text}
    answer = Answer(
        question="q",
        asked=text,
        period=(text, text),
        notices=(text,),
        writer=text,
        withheld=2,
        sentences=(
            sentence(text, cited),
            sentence(text, cited, verdict="partly", reasons=(text,)),
            sentence(text, cited, verdict="supported"),
            sentence(text, verdict="unchecked"),
        ),
        disagreements=(replace(differing(cited, replace(cited, number=2)), about=text),),
        hits=(hit(text, A, **info), hit(text, "b" * 16, **info)),
    )
    side = replace(answer.disagreements[0].sides[0], note=text, text=text)
    answer = replace(answer, disagreements=(replace(answer.disagreements[0], sides=(side, side)),))
    refusal = replace(refused(), reason=text, hits=answer.hits)
    return [
        make_turn(text, answer, asked_at=text, limits=Limits(outlets=(text,))),
        make_turn(text, refusal),
        Turn(question=text, problem=text),
    ]


def visible(text: str) -> str:
    """What is left of a text on a page: one line, without what our own rules take out."""
    return flat(text.encode("utf-8", "replace").decode())


# Markdown


@pytest.mark.parametrize("renderer", [COMMONMARK, TABLES], ids=["commonmark", "with tables"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_no_markup_in_markdown(text: str, renderer: MarkdownIt) -> None:
    read = Reader(renderer.render(to_markdown(text, everywhere(text), [text])))
    assert {tag for tag, _ in read.tags} <= WANTED
    assert {*read.values("a", "href")} <= {OWN_ADDRESS}
    assert all(fields.keys() <= {"href"} for _, fields in read.tags)
    # title, questions, understood, sentences, sides, reasons …
    if len(visible(text)) > 3:
        assert read.text.count(visible(text)) >= 20


@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    for before, after in (("", ""), ("> ", ""), ("- ", ""), ("x *", "* y"), ("", "[^1] z")):
        rendered = Reader(TABLES.render(f"{before}{escape_markdown(text)}{after}"))
        assert {tag for tag, _ in rendered.tags} <= {"p", "blockquote", "ul", "li", "em"}
        if flat(text):
            shown = rendered.text.strip().removeprefix("x ").removesuffix(" y")
            assert shown.removesuffix("[^1] z") == flat(text)


@given(words=st.lists(st.sampled_from([*HOSTILE, " ", "\n", "a", "1", "www.e.org"]), max_size=8))
def test_no_mixture_of_hostile_pieces_becomes_markup(words: list[str]) -> None:
    text = "".join(words)
    for renderer in (COMMONMARK, TABLES):
        read = Reader(renderer.render(to_markdown(text, everywhere(text), [text])))
        assert {tag for tag, _ in read.tags} <= WANTED
        assert {*read.values("a", "href")} <= {OWN_ADDRESS}


@pytest.mark.parametrize(
    "text", ["https://evil.example/x", "www.evil.example", "evil.example", "a@e.example", "//e.x"]
)
def test_no_bare_address_of_an_article_is_left_for_renderers_that_make_links(text: str) -> None:
    written = to_markdown("t", everywhere(text)).replace(f"<{OWN_ADDRESS}>", "")
    assert text not in written
    assert not re.search(r"https?://|www\.|@\w", written.replace("\\@", ""))


def test_escaping_takes_time_in_line_with_the_length() -> None:
    for piece in ("[", "\\", "*_", "!", "1.", "&", "a.", "://", "==%%"):
        began = time.perf_counter()
        escape_markdown(piece * 200_000)
        assert time.perf_counter() - began < 2, piece


def test_footnotes_have_the_numbers_of_the_page_or_those_of_their_turn_before_them() -> None:
    two = [make_turn(), make_turn("Who?", quoted((MILL, "b" * 16), (FERRY, A)))]
    alone, both = to_markdown("Ferry", two[:1]), to_markdown("Ferry", two)
    assert re.findall(r"^\[\^([\d-]+)\]: ", alone, re.MULTILINE) == ["1"]
    assert re.findall(r"^\[\^([\d-]+)\]: ", both, re.MULTILINE) == ["1-1", "2-1", "2-2"]
    used = re.findall(r"(?<!^)\[\^([\d-]+)\](?!:)", both, re.MULTILINE)
    assert sorted(used) == ["1-1", "2-1", "2-2"]


def test_markdown_reads_well_as_it_stands() -> None:
    assert (
        to_markdown("Ferry story", [FULL], ["It changed."])
        == """\
# Ferry story

*From Footnote. Each quote is word for word from the article named with it.*

**Since this was answered:**

- It changed.

## What will it cost?

*Asked on 28 October 2025, 12:05 UTC · Written by qwen3:4b and checked against the articles · \
Limited to Varnholm Courier*

*Understood as: What will the ramp cost?*

*Articles published since 1 October 2025*

> Repairs of the ferry ramp will cost 3.4 million crowns, said its master Jonas Wede today.\
[^1] *(quoted)*

The town sold its mill.[^2] *(matches the source)* For ninety flats. cf. [^2] \
*(partly matches; the number 90 is missing)*

**Sources differ: 3.4 million crowns or 4.1 million crowns**

- Repairs of the ferry ramp will cost 3.4 million crowns, said its master Jonas Wede today. \
[^1] (Varnholm Courier, 28 October 2025)
- *the later report*: The harbour office of Varnholm said that the repairs will cost 4.1 million \
crowns in all. [^3] (Varnholm Courier, 28 October 2025)

Note: An older article.

Note: One sentence was held back: the articles do not support it.

[^1]: Quote: “Repairs of the ferry ramp will cost 3.4 million crowns, said its master Jonas Wede \
today.” *Title of aa*, Varnholm Courier, by Tom Aalto, published 28 October 2025, updated 2 \
November 2025, page 2, words of Jonas Wede, also in Ansel Post, <https://courier.example/ferry>

[^2]: Quote: “The Norden Group bought the old paper mill from the town and plans ninety flats \
there.” *Title of bb*, Varnholm Courier, published 28 October 2025, \
<https://courier.example/ferry>

[^3]: Quote: “The harbour office of Varnholm said that the repairs will cost 4.1 million crowns \
in all.” *Title of cc*, Varnholm Courier, published 28 October 2025, \
<https://courier.example/ferry>

**How sentences were checked**

- *quoted*: Word for word from the article.
- *matches the source*: An automatic check found this in the cited words. It can err.
- *partly matches*: An automatic check found only a part of this in the cited words.
"""
    )


FULL = make_turn(
    asked_at="2025-10-28T14:05:00+02:00",
    limits=Limits(outlets=("Varnholm Courier",)),
    answer=Answer(
        question="What will it cost?",
        asked="What will the ramp cost?",
        writer="qwen3:4b",
        period=("2025-10-01", None),
        notices=("An older article.",),
        withheld=1,
        sentences=(
            sentence(FERRY, citation(speaker="Jonas Wede", page=2, also_in=("d" * 16,))),
            sentence("The town sold its mill.", citation(MILL, 2, "b" * 16), verdict="supported"),
            sentence(
                "For ninety flats.",
                citation(MILL, 2, "b" * 16),
                verdict="partly",
                reasons=("the number 90 is missing",),
            ),
        ),
        disagreements=(
            differing(
                citation(speaker="Jonas Wede", page=2, also_in=("d" * 16,)),
                citation(DEARER, 3, "c" * 16),
            ),
        ),
        hits=(
            hit(author="Tom Aalto", updated="2025-11-02", language="en"),
            hit(MILL, "b" * 16),
            hit(FERRY, "d" * 16, source="Ansel Post"),
        ),
    ),
)


# Both


@pytest.mark.parametrize("export", [to_markdown, to_html])
def test_all_that_the_page_says_is_in_an_export(export) -> None:
    refusal = make_turn("Who paid?", refused((MILL, "b" * 16), (DEARER, "c" * 16)))
    failed = Turn(question="And now?", problem="The server is down.")
    stopped = make_turn("Stopped?", stopped=True)
    text = export("Ferry story", [FULL, refusal, failed, stopped], ["A source has changed."])
    read = Reader(COMMONMARK.render(text) if export is to_markdown else text).text
    for words in (
        "Ferry story",
        "A source has changed.",
        "What will it cost?",
        "28 October 2025, 12:05 UTC",
        "qwen3:4b",
        "Understood as: What will the ramp cost?",
        "since 1 October 2025",
        FERRY,
        MILL,
        DEARER,
        "quoted",
        "matches the source",
        "partly matches",
        "the number 90 is missing",
        "Sources differ: 3.4 million crowns or 4.1 million crowns",
        "the later report",
        "One sentence was held back",
        "An older article.",
        "Tom Aalto",
        "updated 2 November 2025",
        "page 2",
        "Jonas Wede",
        "also in Ansel Post",
        OWN_ADDRESS,
        "Title of aa",
        "Varnholm Courier",
        "Who paid?",
        "The articles do not seem to answer this.",
        "Closest passages",
        "Title of cc",
        "And now?",
        "The server is down.",
        strings.STOPPED,
        "Limited to Varnholm Courier",
        strings.VERDICT_MEANINGS["partly"],
    ):
        assert words in read, words
    assert "verified" not in read.lower()


@pytest.mark.parametrize("export", [to_markdown, to_html])
def test_an_answer_that_lost_its_sources_says_so(export) -> None:
    lost = quoted(sentences=(), hits=(), notices=(strings.ERASED_ALL,))
    assert strings.ERASED_ALL in export("q", [make_turn(answer=lost)])


@pytest.mark.parametrize("export", [to_markdown, to_html])
def test_a_conversation_without_turns_or_title_is_exported(export) -> None:
    assert strings.UNTITLED_CHAT in export("", [])


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/x?y=1&z=(2)", "https://a.example/x?y=1&z=(2)"),
        ("https://a.example/a b<c>\"d'", "https://a.example/a%20b%3Cc%3E%22d%27"),
        ("https://a.example/ü/[x]`", "https://a.example/ü/%5Bx%5D%60"),
        ("https://a.example/\u202e\u2028x", "https://a.example/%E2%80%AE%E2%80%A8x"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https://", None),
        ("http://[", None),
        ("vbscript:x", None),
        (None, None),
        (" JavaScript:alert(1)", None),
        ("https://a.example/\n[x](y)", "https://a.example/%5Bx%5D(y)"),
    ],
)
def test_only_a_safe_address_is_a_link(url: str | None, address: str | None) -> None:
    cited = citation(url=url)
    turn = make_turn(answer=quoted(sentences=(sentence(FERRY, cited),)))
    page = Reader(to_html("t", [turn]))
    written = Reader(COMMONMARK.render(to_markdown("t", [turn])))
    links = [href for href in page.values("a", "href") if not href.startswith("#")]
    assert links == ([address] if address else [])
    assert len(written.values("a", "href")) == bool(address)
    assert "javascript:" not in to_html("t", [turn]) + to_markdown("t", [turn])


# HTML

OWN_TAGS = {
    "a",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "li",
    "main",
    "meta",
    "ol",
    "p",
    "section",
    "span",
    "style",
    "title",
    "ul",
}
OWN_ATTRIBUTES = {
    "aria-label",
    "charset",
    "class",
    "content",
    "dir",
    "href",
    "http-equiv",
    "id",
    "lang",
    "name",
    "rel",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_no_markup_in_html(text: str) -> None:
    html = to_html(text, everywhere(text), [text])
    html.encode("utf-8")
    read = Reader(html)
    plain = Reader(to_html("x", everywhere("x"), ["x"]))
    assert {tag for tag, _ in read.tags} <= OWN_TAGS
    assert {name for _, fields in read.tags for name in fields} <= OWN_ATTRIBUTES
    assert not re.search(r"<(script|img|iframe|form|link|object|svg)", html, re.IGNORECASE)
    assert [tag for tag, _ in read.tags].count("h1") == 1
    assert {h for h in read.values("a", "href") if not h.startswith("#")} == {OWN_ADDRESS}
    if len(flat(text)) > 3:
        assert len(read.tags) == len(plain.tags)


def test_the_page_allows_its_own_style_and_nothing_else() -> None:
    html = to_html("t", [FULL])
    read = Reader(html)
    policy = read.values("meta", "content")[0]
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style
    assert " style=" not in html.replace(style, "")
    assert "</" not in style


def test_every_mark_leads_to_its_footnote_and_back() -> None:
    read = Reader(to_html("t", [FULL, make_turn("Who?", quoted((MILL, "b" * 16)))]))
    ids = [fields["id"] for _, fields in read.tags if "id" in fields]
    assert len(ids) == len(set(ids))
    inner = [href[1:] for href in read.values("a", "href") if href.startswith("#")]
    assert set(inner) <= set(ids)
    notes = [name for name in ids if name.startswith("note-")]
    assert notes == ["note-1-1", "note-1-2", "note-1-3", "note-2-1"]
    assert {name.replace("note", "mark") for name in notes} <= set(ids)


def test_the_question_stands_once_on_the_page_of_one_answer() -> None:
    one = Reader(to_html("What will it cost?", [make_turn()]))
    assert [tag for tag, _ in one.tags if tag in {"h1", "h2"}].count("h2") == 1  # the legend
    named = Reader(to_html("Ferry story", [make_turn()]))
    assert [tag for tag, _ in named.tags].count("h2") == 2


def test_a_quote_bears_its_language_where_that_is_known() -> None:
    read = Reader(to_html("t", [FULL]))
    assert [f.get("lang") for tag, f in read.tags if tag == "blockquote"] == ["en", None, None]
    odd = replace(FULL.answer, hits=(hit(language='x" onload="y'),))
    assert "onload" not in to_html("t", [replace(FULL, answer=odd)])


@needs_browser
def test_in_a_browser_it_has_its_style_fits_and_asks_nobody_for_anything(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Chromium by Playwright")
    long = "x" * 300
    file = tmp_path / "answer.html"
    turns = [FULL, *everywhere(long), *everywhere("".join(HOSTILE))]
    file.write_text(to_html(long, turns, [long]), encoding="utf-8")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for width, scheme in ((1280, "light"), (320, "dark")):
            context = browser.new_context(
                viewport={"width": width, "height": 700}, color_scheme=scheme
            )
            tab = context.new_page()
            said: list[str] = []
            asked: list[str] = []
            tab.on("console", lambda message, said=said: said.append(message.text))
            tab.on("dialog", lambda dialog, said=said: said.append("dialog"))
            tab.on("request", lambda request, asked=asked: asked.append(request.url))
            tab.goto(file.as_uri())
            assert (said, asked) == ([], [file.as_uri()])
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
            colour = tab.evaluate("getComputedStyle(document.body).backgroundColor")
            assert colour == ("rgb(251, 249, 244)" if scheme == "light" else "rgb(23, 22, 20)")
            tab.click("#mark-1-1")
            assert tab.evaluate("document.querySelector('#note-1-1:target') !== null")
            context.close()
        browser.close()
