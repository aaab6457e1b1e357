"""Names of strangers' files become safe, and stay recognisable."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.filenames import LONGEST_NAME, numbered, safe_name, suffix_of


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("report.txt", "report.txt"),
        ("Über uns – Bericht.PDF", "Über uns – Bericht.PDF"),
        ("U\u0308ber.md", "Über.md"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/etc/cron.d/job.html", "job.html"),
        ("C:\\temp\\a.docx", "a.docx"),
        ("..", "article"), (".", "article"), ("", "article"), ("   ", "article"), ("/", "article"),
        (".txt", "article.txt"), ("....txt", "article.txt"), ("..a..txt", "a.txt"),
        (".footnoteignore", "footnoteignore"), (".hidden.md", "hidden.md"),
        ("a\x00b\x1b[31m.txt", "ab[31m.txt"),
        ("evil\u202etxt.exe", "eviltxt.exe"), ("a\u200b\u2066b\ufeff.txt", "ab.txt"),
        ("two\nlines\u2028here.txt", "two lines here.txt"),
        ('<a href="x">?*|.html', "_a href=_x_____.html"),
        ("CON.txt", "_CON.txt"), ("con .txt", "_con.txt"), ("nul.tar.txt", "_nul.tar.txt"),
        ("COM¹.md", "_COM¹.md"), ("CONSOLE.txt", "CONSOLE.txt"), ("aux", "_aux"),
        ("trailing. . .txt", "trailing.txt"), ("name.txt. . ", "name.txt"),
        ("\ud800lone.txt", "_lone.txt"),
        ("script.exe", "script.exe"), ("a.txt.exe", "a.txt.exe"),
    ],
)  # fmt: skip
def test_names(given_name: str, expected: str) -> None:
    assert safe_name(given_name) == expected


@given(
    st.text(max_size=300),
    st.sampled_from(["", ".txt", ".PDF", ".jsonl", ".exe"]),
    st.integers(min_value=1, max_value=99_999),
)
@example("ä" * 200, ".txt", 12)
@example("a" * 119 + ".", ".txt", 2)
def test_every_name_is_safe_and_stays_so(stem: str, suffix: str, number: int) -> None:
    name = numbered(safe_name(stem + suffix), number)
    assert 0 < len(name.encode()) <= LONGEST_NAME
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert all(unicodedata.category(character)[0] != "C" for character in name)
    assert safe_name(safe_name(stem + suffix)) == safe_name(stem + suffix)
    if suffix not in {"", ".exe"}:
        assert name.lower().endswith(suffix.lower())
        assert suffix_of(name) == name[-len(suffix) :]


def test_a_number_stands_before_the_extension() -> None:
    assert numbered("report.txt", 1) == "report.txt"
    assert numbered("report.txt", 2) == "report (2).txt"
    assert numbered("report", 3) == "report (3)"
    long = numbered(safe_name("é" * 90 + ".txt"), 10)
    assert long.endswith("é (10).txt")
    assert len(long.encode()) <= LONGEST_NAME
