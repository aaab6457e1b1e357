"""Pasted text is kept in Markdown, and comes out of it as it went in."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.clean import normalise
from index.errors import BadValue
from index.formats import read_markdown
from index.pasted import LONGEST_FACT, to_markdown
from index.read import read_file

MARKS = st.sampled_from(
    [*"\\`*_[]<>&!|~#-+=:.)(\"'\n\n\n 1aé", "---\n", "```\n", "~~~", "    ", "\t", "&amp;",
     "[x](y)",
     "![x](y)", "<b>", "<!--", "| a |\n|---|\n", "a\n===\n", "1. ", "2) ", "> ", "\n\n"]
)  # fmt: skip


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n")]


@given(st.lists(MARKS, max_size=60).map("".join) | st.text(max_size=200))
@example("---\ntitle: Stolen\n---\nText.")
@example("a  \nb\\\nc")
@example("[a]: http://b\n\n[a]")
@example("| a | b |\n| --- | --- |\n| 1 | 2 |")
@example("b | c\n:-:")
@example("a |\n|---|---|")
@example("<div \nclass='a'")
@example("<div>\n\n*x*\n</div>")
@settings(max_examples=400, deadline=None)
def test_the_text_is_read_back_line_by_line(text: str) -> None:
    for facts in ({}, {"title": "A title", "url": "https://example.org/"}):
        draft = read_markdown(to_markdown(text, **facts))
        assert lines_of(normalise(draft.text)) == lines_of(normalise(text))
        assert (draft.title, draft.url) == (facts.get("title"), facts.get("url"))
        assert (draft.author, draft.source, draft.published) == (None, None, None)


@given(st.text(max_size=100), st.text(max_size=100))
@example('"Quoted" words', "[a], 'b'")
@example("a\nurl: https://evil.example/", "x\u2028published: 2020-01-01\u2029")
@example("---", "...")
@example("back\\slash \\n", '\\"')
def test_no_fact_can_say_another(title: str, author: str) -> None:
    draft = read_markdown(to_markdown("Some text.", title=title, author=author))
    kept = [" ".join(normalise(fact).split()) or None for fact in (title, author)]
    assert [draft.title, draft.author] == kept
    assert (draft.source, draft.url, draft.published, draft.language) == (None,) * 4
    assert draft.text == "Some text."


def test_an_article_has_what_was_pasted_along(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "Mill sold\nBy Somebody Else\n\nThe mill was sold for 3 * 4 crowns.\n\n1. It is old."
    path.write_text(
        to_markdown(
            text, title='Mill "sold"', source="[Courier]", author="Ada Poe",
            published="3 March 2025", url="https://example.org/a_b",
        ),
        encoding="utf-8",
    )  # fmt: skip
    (article,) = read_file(path)
    assert article.title == 'Mill "sold"'
    assert (article.source, article.author) == ("[Courier]", "Ada Poe")
    assert (article.published, article.url) == ("2025-03-03", "https://example.org/a_b")
    assert article.key == article.url
    assert "sold for 3 * 4 crowns.\n\n1. It is old." in article.text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"published": "soon"}, "no full date"),
        ({"url": "javascript:alert(1)"}, "no web address"),
        ({"url": "https://a b"}, "no web address"),
        ({"title": "x" * (LONGEST_FACT + 1)}, "at most 500"),
    ],
)
def test_facts_that_cannot_be_used_are_named(facts: dict[str, str], words: str) -> None:
    with pytest.raises(BadValue, match=words):
        to_markdown("Text.", **facts)
