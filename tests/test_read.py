"""Reading: every format gives the same article, and what cannot be read says why."""

import io
import json
import os
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hostile_pdf import pdf_page
from hostile_word import paragraph, word_file
from pypdf import PdfReader, PdfWriter

from index.errors import UnreadableArticle
from index.read import MAX_BYTES, SUFFIXES, read_file
from index.webpage import _saved_from, mark_saved

TITLE = "Flood wall holds as river peaks"
PARAGRAPHS = [
    "The wall along the river held on Monday, though the water peaked at 4.1 metres.",
    "“It did what it was built for,” said Ada Poe, who runs the water board.",
    "The wall cost €12 million. Critics in the café had called it a waste.",
]
PROSE = "\n\n".join(PARAGRAPHS)


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def write_file(name, data):
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write_file


def read_one(path, **options):
    (article,) = read_file(path, **options)
    return article


def reason(path):
    with pytest.raises(UnreadableArticle) as caught:
        read_file(path)
    assert str(caught.value).startswith(str(path))
    return caught.value.reason


def make_pdf(pages):
    """Return a PDF with the given lines on each page, written by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
               "/Encoding /WinAnsiEncoding >>"]  # fmt: skip
    kids = []
    for lines in pages:
        shown = "".join(
            f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*\n"
            for line in lines
        )
        stream = f"BT /F1 11 Tf 14 TL 60 760 Td\n{shown}ET"
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>"
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252"))
    start = out.tell()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    out.write(
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out.getvalue()


def test_text_gives_article_and_metadata(write):
    path = write("wall.txt", f"{TITLE}\nBy Jane Doe\n3 March 2025\n\n{PROSE}\n")
    article = read_one(path)
    assert article.text == PROSE
    assert (article.title, article.author, article.published) == (TITLE, "Jane Doe", "2025-03-03")
    assert (article.source, article.url, article.updated) == (None, None, None)
    assert article.path == article.key == path.as_posix()
    assert article.language == "en"
    assert [cut.kind for cut in article.cut] == ["headline", "byline"]


def test_the_id_is_that_of_the_cleaned_text_alone(write):
    first = read_one(write("a.txt", PROSE))
    second = read_one(write("b.md", f"---\ntitle: Other\n---\n{PROSE}\r\n"))
    other = read_one(write("c.txt", PROSE.replace("4.1", "4.2")))
    assert first.id == second.id != other.id
    assert len(first.id) == 16
    assert int(first.id, 16) >= 0


def test_no_date_comes_from_the_file(write):
    path = write("a.txt", PROSE)
    before = read_one(path)
    os.utime(path, (0, 0))
    assert read_one(path) == before
    assert before.published is None
    assert before.updated is None


def test_a_given_key_is_kept_and_a_url_goes_before_it(write):
    assert read_one(write("a.txt", PROSE), key="story-7").key == "story-7"
    with_url = write("a.md", f"---\nurl: https://a.example/7\n---\n{PROSE}")
    assert read_one(with_url, key="story-7").key == "https://a.example/7"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(write, encoding):
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    path = write("a.txt", marks.get(encoding, b"") + PROSE.encode(encoding))
    assert read_one(path).text == PROSE


def test_an_eastern_encoding_is_recognised(write):
    text = "Стена вдоль реки выдержала в понедельник, хотя вода поднялась до четырёх метров. " * 5
    assert read_one(write("a.txt", text.encode("cp1251"))).text == text.strip()


def test_one_damaged_byte_does_not_spoil_the_rest(write):
    data = (PROSE * 3).encode().replace(b"Monday", b"Mon\xffday", 1)
    article = read_one(write("a.txt", data))
    assert "Mon\ufffdday" in article.text
    assert "“It did" in article.text


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 9, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 99]
)
def test_a_binary_named_txt_is_refused(write, data):
    assert "binary" in reason(write("a.txt", data))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
@pytest.mark.parametrize("data", ["", " \n\n\t ", "\ufeff\u200b"])
def test_an_empty_file_says_so(write, name, data):
    assert "no" in reason(write(name, data)).split()


def test_other_kinds_and_missing_files_are_refused(write, tmp_path):
    assert ".jsonl" in reason(write("a.exe", b"MZ"))
    assert "cannot be opened" in reason(tmp_path / "missing.txt")
    assert {".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".jsonl"} == SUFFIXES


def test_a_suffix_may_be_in_capitals(write):
    assert read_one(write("A.TXT", PROSE)).text == PROSE


def test_a_file_above_the_limit_names_size_and_limit(write):
    why = reason(write("a.txt", b"a" * (MAX_BYTES + 1)))
    assert "20,000,001" in why
    assert "20,000,000" in why
    assert "split" in why


@pytest.mark.timeout(60)
def test_a_file_at_the_limit_is_read(write):
    unit = "The council met again on Monday and spoke about the wall and its cost. " * 8 + "\n\n"
    data = (unit * (MAX_BYTES // len(unit) + 1))[:MAX_BYTES].encode()
    assert len(data) == MAX_BYTES
    assert read_one(write("a.txt", data)).language == "en"


def test_a_text_longer_than_an_article_is_named(write):
    text = "\n\n".join(f"Entry {n} of the register says nothing new." for n in range(60_000))
    why = reason(write("a.txt", text.encode()))
    assert "2,000,000" in why
    assert "split" in why


def test_short_texts_have_no_language(write):
    assert read_one(write("a.txt", "The wall held.")).language is None


def test_german_and_french_are_recognised(write):
    german = (
        "Die Straßenbahn fährt seit Montag wieder. Das teilte die Stadt am Abend des 3. März mit."
    )
    french = "Le pont a rouvert lundi matin. Le maire n’a pas répondu aux questions des habitants."
    assert read_one(write("a.txt", german)).language == "de"
    assert read_one(write("b.txt", french)).language == "fr"


def test_markdown_loses_its_marks_and_no_words(write):
    article = read_one(
        write(
            "a.md",
            f'---\ntitle: "{TITLE}"\ndate: 2025-03-03\nupdated: 2025-03-04\nauthor: Jane Doe\n'
            "source: The Quay Herald\ntags: [river, wall]\n---\n"
            f"# {TITLE}\n\nThe **wall** held *well* on [Monday](https://a.example/x_(y)), the\n"
            "board said\\*. ![wall](w.png)\n\n## What it cost\n\n- One part: $3\n- Two: $25\n\n"
            "| Year | Peak |\n|---|---|\n| 2016 | 3.9 |\n\n> “It held,” said a_b_c.\n\n"
            "```\nmake wall\n```\n",
        )
    )
    assert article.text == (
        "The wall held well on Monday, the board said*.\n\nWhat it cost\n\n- One part: $3\n\n"
        "- Two: $25\n\nYear\tPeak\n\n2016\t3.9\n\n“It held,” said a_b_c.\n\nmake wall"
    )
    assert (article.title, article.author, article.source) == (TITLE, "Jane Doe", "The Quay Herald")
    assert (article.published, article.updated) == ("2025-03-03", "2025-03-04")


def test_markdown_without_front_matter_takes_its_heading(write):
    article = read_one(write("a.md", f"# Wall holds\n\nBy Jane Doe\n\n{PROSE}"))
    assert (article.title, article.author) == ("Wall holds", "Jane Doe")
    assert article.text == PROSE


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Wall holds - The Quay Herald</title>
<meta property="og:site_name" content="The Quay Herald">
<meta property="og:title" content="Wall holds">
{meta}<link rel="canonical" href="https://quay.example/news/2024/01/05/wall"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article><h1>Wall holds</h1>{time}
<figure><img src="a.jpg"><figcaption>The wall in the morning light</figcaption></figure>
{body}
<aside><h3>Related articles</h3>
<ul><li><a href="/1">Ferry fares rise in spring</a></li></ul></aside>
<p>Yes.</p><ul><li>Route 4 is cut back to Pier Street.</li></ul>
<table><tr><th>Year</th><th>Peak</th></tr><tr><td>2016</td><td>3.9</td></tr></table>
<p><em>Correction: An earlier version gave the peak as 4.2 metres.</em></p></article>
<footer><p>© 2025 The Quay Herald. All rights reserved. Printed on 7 July 2023.</p></footer>
</body></html>"""


def make_page(meta="", time=""):
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return PAGE.format(meta=meta, time=time, body=body)


def test_html_gives_the_article_its_captions_and_metadata(write):
    article = read_one(
        write(
            "a.html",
            make_page(
                '<meta property="article:published_time" content="2025-03-03T06:24:00+01:00">'
                '<meta property="article:modified_time" content="2025-03-04T08:00:00Z">'
                '<meta name="author" content="Jane Doe">'
            ),
        )
    )
    assert (article.title, article.author, article.source) == (
        "Wall holds", "Jane Doe", "The Quay Herald",
    )  # fmt: skip
    assert article.url == article.key == "https://quay.example/news/2024/01/05/wall"
    assert article.published == "2025-03-03T06:24+01:00"
    assert article.updated == "2025-03-04T08:00+00:00"
    parts = [
        *PARAGRAPHS,
        "The wall in the morning light",
        "Yes.",
        "Route 4 is cut back to Pier Street.",
        "2016\t3.9",
        "Correction: An earlier version gave the peak as 4.2 metres.",
    ]
    for part in parts:
        assert part in article.text
    assert f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}" in article.text
    for gone in ("Home", "Related articles", "Ferry fares", "All rights reserved"):
        assert gone not in article.text


@pytest.mark.parametrize(
    ("meta", "time", "published"),
    [
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", '
         '"datePublished": "2025-03-03"}]}</script>', "", "2025-03-03"),
        ('<script type="application/ld+json">{broken</script>', "", None),
        ("", '<time datetime="2025-03-03T06:24">Monday</time>', "2025-03-03T06:24"),
        ("", '<time datetime="2025-03-04" class="modified">4 March</time>'
         '<time datetime="2025-03-03" itemprop="datePublished">3 March</time>', "2025-03-03"),
        ("", "", None),
    ],
)  # fmt: skip
def test_html_dates_are_those_the_page_states(write, meta, time, published):
    assert read_one(write("a.html", make_page(meta, time))).published == published


def test_html_keeps_a_quote_that_stands_in_a_figure(write):
    figure = "<figure><blockquote>It held.</blockquote><figcaption>Ada Poe</figcaption></figure>"
    text = read_one(write("a.html", make_page(time=figure))).text
    assert "It held." in text
    assert "Ada Poe" in text


UNNAMED = PAGE.replace("canonical", "stylesheet")


@pytest.mark.parametrize(
    ("note", "url"),
    [
        ("<!-- saved from url=(0021)https://example.org/a -->", "https://example.org/a"),
        ("<!--saved from url=(0021)http://example.org/a-->", "http://example.org/a"),
        ("<!-- saved from url=(0022)HTTPS://example.org/-%2Da -->", "HTTPS://example.org/--a"),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from url=(0020)file:///home/me/a.htm -->", None),
        ("<!-- saved from url=(0019)javascript:alert(1) -->", None),
        ("<!-- saved from url=(0021)https://exa mple.org/a -->", None),
        (f"<!-- saved from url=(2100)https://example.org/{'a' * 2100} -->", None),
        ("<!-- saved from url=()https://example.org/a -->", None),
        (" " * 5000 + "<!-- saved from url=(0021)https://example.org/a -->", None),
    ],
)
def test_a_saved_page_knows_where_it_was_saved_from(write, note, url):
    page = UNNAMED.format(meta="", time="", body="".join(f"<p>{p}</p>" for p in PARAGRAPHS))
    path = write("a.html", page.replace("<html", f"{note}\n<html", 1))
    article = read_one(path)
    assert article.url == url
    assert article.key == (url or path.as_posix())
    assert "saved from" not in article.text


def test_the_address_that_a_page_gives_itself_goes_before_where_it_was_saved_from(write):
    note = "<!-- saved from url=(0021)https://example.org/a -->"
    article = read_one(write("a.html", f"{note}\n{make_page()}"))
    assert article.url == "https://quay.example/news/2024/01/05/wall"


@pytest.mark.parametrize(
    "start",
    ["", "<!DOCTYPE html>", "\n <!doctype html public 'x'>", "<?xml version='1.0'?>",
     "<!-- saved from url=(0019)http://evil.example -->",
     "<!doctype html>" + "<!-- saved from url=(0019)http://evil.example -->"],
)  # fmt: skip
@pytest.mark.parametrize("url", ["https://example.org/a", "https://example.org/a--b---c?d=--!"])
def test_a_marked_page_gives_its_address_and_text_again(write, start, url):
    page = (
        f"{start}<html><body><article><h1>Wall holds</h1>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        + "</article></body></html>"
    )
    marked = mark_saved(page, url)
    assert marked.count("https://") == 1
    article = read_one(write("a.html", marked))
    assert article.url == url
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "evil" not in article.text


def test_no_doctype_can_put_another_address_first():
    page = "<!doctype html '<!-- saved from url=(0019)http://evil.example -->'><p>Text.</p>"
    assert _saved_from(page) == "http://evil.example"
    assert _saved_from(mark_saved(page, "https://example.org/a")) == "https://example.org/a"


def test_a_hostile_beginning_of_a_page_takes_no_longer():
    for page in (
        "<!-- saved from url=(1)http://" * 9_999,
        "<!doctype " * 99_999,
        "<!--" + " " * 999_999,
    ):
        began = time.perf_counter()
        mark_saved(page, "https://example.org/")
        _saved_from(page)
        assert time.perf_counter() - began < 0.5


def test_html_in_an_older_encoding(write):
    data = make_page().encode("cp1252")
    assert all(part in read_one(write("a.html", data)).text for part in PARAGRAPHS)


def test_docx_gives_paragraphs_and_tables_in_order(write):
    document = Document()
    document.core_properties.author = "Somebody's Computer"
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(PARAGRAPHS[0])
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(["Year", "Peak", "2016", "3.9"]):
        table.cell(place // 2, place % 2).text = text
    document.add_paragraph(PARAGRAPHS[1])
    out = io.BytesIO()
    document.save(out)
    article = read_one(write("a.docx", out.getvalue()))
    assert article.text == f"{PARAGRAPHS[0]}\n\nYear\tPeak\n\n2016\t3.9\n\n{PARAGRAPHS[1]}"
    assert article.title == TITLE
    assert article.author is None
    assert article.published is None


def test_a_file_that_is_no_docx_says_so(write):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", "a")
    for data in (b"", b"no zip", archive.getvalue()):
        assert "no Word file" in reason(write("a.docx", data))


def test_a_word_file_that_its_libraries_trip_over_says_so(write):
    """As the fuzzer found: none of these errors is one that a library tells of."""
    sound = word_file(paragraph(PROSE))
    assert read_one(write("a.docx", sound)).text.startswith("The wall")
    directory = sound.index(b"PK\x01\x02")
    end = sound.index(b"PK\x05\x06")
    elsewhere = int.from_bytes(sound[end + 16 : end + 20], "little") + 1_879
    for data in (
        sound[: end + 16] + elsewhere.to_bytes(4, "little") + sound[end + 20 :],  # ValueError
        sound[: directory + 8] + b"\x01" + sound[directory + 9 :],  # RuntimeError: encrypted
        word_file(document="<w:document xmlns:w='w'/>"),
    ):
        assert "save it as .docx or .txt" in reason(write("a.docx", data))


WIDE = [
    "The wall along the river held on Monday, though the water peaked at 4.1 metres in the",
    "night. It did what it was built for, said Ada Poe, who runs the water board of the inter-",
    "national river commission. Critics had called the wall, which cost 12 million and took a",
    "long time, a waste.",
    "The first plan failed in 2016. Nobody on the council would pay for it then, and the town",
]
REST = [
    "waited. The second plan was half as high, and it passed by one vote, that of the mayor.",
    "Work began in spring.",
]


def test_pdf_lines_become_paragraphs_across_pages(write):
    article = read_one(write("a.pdf", make_pdf([[TITLE, "By Jane Doe", *WIDE], REST])))
    first = f"{WIDE[0]} {WIDE[1][:-1]}{WIDE[2]} {WIDE[3]}"
    second = f"{WIDE[4]} {REST[0]} {REST[1]}"
    assert article.text == f"{first}\n\n{second}"
    assert (article.title, article.author) == (TITLE, "Jane Doe")
    assert article.pages == (0, article.text.index("waited."))
    assert article.page(article.text.index("Critics")) == 1
    assert article.page(article.text.index("Work began")) == 2


def test_pdf_headers_and_page_numbers_go(write):
    pages = [
        ["The Quay Herald", f"Year {number * 7}: {WIDE[0]}", *WIDE[1:], str(number)]
        for number in range(1, 5)
    ]
    article = read_one(write("a.pdf", make_pdf(pages)))
    assert "Quay" not in article.text
    assert {cut.text for cut in article.cut if cut.kind == "furniture"} >= {"The Quay Herald", "1"}
    assert len(article.pages) == 4
    for number, start in enumerate(article.pages, 1):
        assert article.text[start:].startswith(f"Year {number * 7}: ")


def test_a_pdf_of_pictures_says_that_it_has_no_text(write):
    assert "no text layer" in reason(write("a.pdf", make_pdf([[], []])))


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_an_encrypted_pdf_says_so(write, algorithm):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([WIDE]))))
    writer.encrypt("secret", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    assert "is encrypted" in reason(write("a.pdf", out.getvalue()))


def test_a_pdf_that_anyone_may_open_is_read(write):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([WIDE]))))
    writer.encrypt("", "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert "held on Monday" in read_one(write("a.pdf", out.getvalue())).text


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.4\n%%EOF"])
def test_a_damaged_pdf_says_so(write, data):
    assert "no PDF that can be read" in reason(write("a.pdf", data))


def test_a_pdf_that_its_library_trips_over_says_so(write):
    """As the fuzzer found: bare ValueErrors, whose words would have been the whole reason."""
    unpacked = pdf_page(b"41x~>", b"/Filter /ASCII85Decode")
    before_its_start = pdf_page(b"").replace(b"/Root", b"/Prev -99999 /Root")
    for data in (unpacked, before_its_start):
        told = reason(write("a.pdf", data))
        assert "no PDF that can be read" in told
        assert "save its text as .txt" in told


def lines(*records):
    return "\n".join(json.dumps(record) for record in records)


def test_jsonl_gives_an_article_a_line(write):
    path = write(
        "a.jsonl",
        lines(
            {"text": PROSE, "title": TITLE, "author": "Jane Doe", "outlet": "The Quay Herald",
             "date": "3 March 2025", "updated": "2025-03-04", "url": "https://a.example/1",
             "language": "en"},
            {"body": PARAGRAPHS[0], "id": 7},
            {"content": PARAGRAPHS[1]},
        )
        + "\n\n",
    )  # fmt: skip
    first, second, third = read_file(path)
    assert (first.text, first.title, first.author) == (PROSE, TITLE, "Jane Doe")
    assert (first.source, first.published, first.updated) == (
        "The Quay Herald", "2025-03-03", "2025-03-04",
    )  # fmt: skip
    assert [first.key, second.key, third.key] == [
        "https://a.example/1",
        "7",
        f"{path.as_posix()}#3",
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{broken", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[1, 2]", "is no JSON object"),
        ('{"title": "A"}', "holds no text"),
        ('{"text": "  "}', "holds no text"),
        ('{"text": 7.5}', "holds no text"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_taken(write, line, why):
    found = reason(write("a.jsonl", f"{lines({'text': PROSE})}\n{line}\n"))
    assert found.startswith("line 2: ")
    assert why in found


def test_lone_surrogates_and_control_characters_do_not_get_through(write):
    article = read_one(write("a.jsonl", '{"text": "The wall \\ud800held\\u0000 on Monday."}'))
    assert article.text == "The wall held on Monday."
    assert Path(article.path).name == "a.jsonl"


def test_facts_are_one_line_without_control_characters(write):
    facts = {"title": "\x1b[2JGrimsel\nferry \udc80", "source": "\x07X"}
    article = read_one(write("a.jsonl", json.dumps({"text": "A mill was sold.", **facts})))
    assert article.title == "[2JGrimsel ferry ?"
    assert article.source == "X"


def test_a_word_file_without_its_types_says_so(write):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert "no Word file" in reason(write("a.docx", out.getvalue()))
