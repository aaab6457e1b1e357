"""Web pages that were made to harm whoever reads them."""

import gzip
from collections.abc import Iterator

from hostile_texts import MEGA, PROSE, Content


def laughs(root: str) -> str:
    """Return XML whose entities unfold to three thousand million characters."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "lol">{lines}]><{root}>&l9;</{root}>'
    )


def external(root: str, port: int = 9) -> str:
    """Return XML that asks for a file of this machine, and for an address on it."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a SYSTEM "file:///etc/passwd">'
        f'<!ENTITY % b SYSTEM "http://127.0.0.1:{port}/evil.dtd"> %b;]><{root}>&a;</{root}>'
    )


def html_bombs() -> Iterator[tuple[str, Content]]:
    """Yield names and contents of web pages."""

    def page(body: str, head: str = "") -> bytes:
        return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()

    for tag in ("div", "p", "table", "table><tr><td", "ul><li", "a", "b", "font", "article", "svg",
                "blockquote", "figure", "figcaption", "select", "template", "h1", "span",
                "object", "form", "q"):  # fmt: skip
        name = tag.replace("><", "-")
        yield f"deep-{name}.html", page(f"<{tag}>" * 20_000 + PROSE)
        yield f"many-{name}.html", page(f"<{tag}>a" * 40_000)
    yield "captions.html", page("<figcaption>a" * 3_000 + PROSE)
    yield "links.html", page('<a href="/a">Ferry fares rise in spring again</a> ' * 100_000)
    yield "list-links.html", page("<ul>" + "<li><a href=/a>Fares rise</a></li>" * 100_000 + "</ul>")
    yield "attributes.html", page("<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">" + PROSE)
    yield "attribute.html", page(f"<p title='{'a' * 10 * MEGA}'>{PROSE}</p>")
    yield "classes.html", page(f"<p class='{'a ' * MEGA}'>{PROSE}</p>" * 3)
    yield "comment.html", page("<!--" + "-" * MEGA + PROSE)
    yield "comments.html", page("<!-- a -->" * 200_000 + PROSE)
    yield "script.html", page("<script>" + "a=1;" * MEGA)
    yield "scripts.html", page("<script>a</script>" * 100_000 + PROSE)
    yield "entities.html", page("&amp;&#x110000;&#0;&#xd800;&notanentity;" * 50_000)
    yield "title.html", page(PROSE, f"<title>{'Wall ' * MEGA}</title>")
    yield (
        "meta.html",
        page(PROSE, "".join(f"<meta name=date content='{n} Foo 20{n}'>" for n in range(20_000))),
    )
    yield (
        "times.html",
        page(
            "<article>"
            + "<time datetime='last month or so'>x</time>" * 50_000
            + PROSE
            + "</article>"
        ),
    )
    yield "authors.html", page(PROSE, "<meta name=author content='By Jane, '>" * 50_000)
    for name, data in {
        "deep": "[" * 200_000, "dates": '[{"datePublished":1}' + ',{"datePublished":1}' * 99_999
        + "]", "long": '{"datePublished":"' + "1 " * 200_000 + '"}', "int": "1" * 100_000,
        "author": '{"@type":"NewsArticle","author":' + '{"name":' * 500 + '"a"' + "}" * 501,
    }.items():  # fmt: skip
        head = f'<script type="application/ld+json">{data}</script>'
        yield f"ld-{name}.html", page(f"<article><p>{PROSE}</p></article>", head)
    yield "laughs.html", laughs("html").encode()
    yield "external.html", external("html").encode()
    yield "processing.html", b"<?xml version='1.0'?>" * 50_000
    yield "charset.html", page(PROSE, "<meta charset=utf-7><meta charset=utf-16>")
    yield "charset-none.html", page(PROSE, "<meta charset='\0'><meta charset=rot13>")
    yield "base.html", page(PROSE * 9, "<base href='file:///etc/'><link rel=canonical href=passwd>")
    yield "frames.html", page("<iframe src='file:///etc/passwd'></iframe>" * 999 + PROSE)
    yield "refresh.html", page(PROSE, "<meta http-equiv=refresh content='0;url=http://127.0.0.1'>")
    yield "nul.html", page("\0".join(PROSE * 20))
    yield "cut-tag.html", b"<html><body><p>" + PROSE.encode() * 9 + b"<a href='"
    yield "lower.html", b"<" * (2 * MEGA)
    yield "tag-10mb.html", b"<" + b"a" * (10 * MEGA) + b">"
    yield "line-10mb.html", page(f"<p>{'word ' * (2 * MEGA)}</p>")
    yield "cells.html", page("<table>" + "<tr>" + "<td>a" * 300 + "</table>" * 1, "") * 1
    yield "nested-tables.html", page(("<table><tr><td>a" * 300) + "</table>" * 300)
    yield "rows.html", page("<table>" + "<tr><td>2016<td>3.9" * 50_000 + "</table>")
    yield "breaks.html", page("<p>" + "a<br>" * 300_000)
    yield "gzip.html", gzip.compress(page(PROSE * 99))
    yield "gzip-bomb.html", lambda: gzip.compress(bytes(300 * MEGA), 9)
