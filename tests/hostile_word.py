"""Word files that were made to harm whoever reads them."""

import io
import zipfile
from collections.abc import Iterator

from hostile_pages import external, laughs
from hostile_texts import MEGA, PROSE, Content

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def word_file(body: str = "", *, document: str | None = None, **parts: str | bytes) -> bytes:
    """Return a Word file; `parts` are further members, `__` in their names for a slash."""
    whole = document or f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", parts.pop("types", _TYPES))
        packed.writestr("_rels/.rels", parts.pop("relations", _RELATIONS))
        packed.writestr("word/document.xml", whole)
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def paragraph(text: str = PROSE) -> str:
    """Return a paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_bombs() -> Iterator[tuple[str, Content]]:
    """Yield names and contents of Word files."""
    table = "<w:tbl><w:tr><w:tc>"
    yield "spaces.docx", lambda: word_file(" " * (150 * MEGA))
    yield "text.docx", lambda: word_file(paragraph("a" * (150 * MEGA)))
    yield "unpacked.docx", lambda: word_file(paragraph(), big=bytes(250 * MEGA))
    yield "laughs.docx", word_file(document=laughs("document"))
    yield "laughs-inside.docx", word_file(
        document=laughs("d").replace("<d>&l9;</d>", f"<w:document {_WORD}><w:body>"
                                     f"{paragraph('&l9;')}</w:body></w:document>")
    )  # fmt: skip
    yield (
        "quadratic.docx",
        word_file(
            document=f'<!DOCTYPE d [<!ENTITY a "{"a" * 100_000}">]><w:document {_WORD}><w:body>'
            f"{paragraph('&a;' * 10_000)}</w:body></w:document>"
        ),
    )
    yield "external.docx", word_file(document=external("document"))
    inside = f"<w:document {_WORD}><w:body>{paragraph('&a;')}</w:body></w:document>"
    yield "external-inside.docx", word_file(document=external("d").replace("<d>&a;</d>", inside))
    yield "external-types.docx", word_file(paragraph(), types=external("Types"))
    yield "external-relations.docx", word_file(paragraph(), relations=external("Relationships"))
    yield "laughs-types.docx", word_file(paragraph(), types=laughs("Types"))
    yield "deep.docx", word_file("<w:a>" * 200_000 + "</w:a>" * 200_000)
    yield (
        "deep-tables.docx",
        word_file(table * 3_000 + paragraph() + "</w:tc></w:tr></w:tbl>" * 3_000),
    )
    yield (
        "deep-tables-few.docx",
        word_file(table * 80 + paragraph() + "</w:tc></w:tr></w:tbl>" * 80),
    )
    for deep in (80, 240, 3_000):
        sdt = "<w:sdt><w:sdtContent>" * deep, "</w:sdtContent></w:sdt>" * deep
        yield f"deep-controls-{deep}.docx", word_file(sdt[0] + paragraph() + sdt[1])
    yield "paragraphs.docx", word_file(paragraph("a") * 150_000)
    yield "runs.docx", word_file(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 200_000}</w:p>")
    yield (
        "nested-paragraphs.docx",
        word_file("<w:p>" * 200 + "<w:r><w:t>a</w:t></w:r>" + "</w:p>" * 200),
    )
    yield (
        "cells.docx",
        word_file("<w:tbl>" + f"<w:tr><w:tc>{paragraph('a')}</w:tc></w:tr>" * 60_000 + "</w:tbl>"),
    )
    yield (
        "attributes.docx",
        word_file("<w:p " + " ".join(f'a{n}="b"' for n in range(50_000)) + "/>"),
    )
    yield "members.docx", word_file(paragraph(), **{f"m{n}": "" for n in range(30_000)})
    yield "names.docx", word_file(paragraph(), **{"..__..__etc__passwd": "x", "__abs": "x"})
    yield "same-names.docx", word_file(paragraph())[:-22] + word_file(paragraph("Other."))
    target = _RELATIONS.replace("word/document.xml", "../../../../etc/passwd")
    yield "target.docx", word_file(paragraph(), relations=target)
    target = _RELATIONS.replace('Target="word/document.xml"',
                                'Target="http://127.0.0.1:9/" TargetMode="External"')  # fmt: skip
    yield "target-external.docx", word_file(paragraph(), relations=target)
    loop = _RELATIONS.replace("word/document.xml", "document.xml")
    yield "relation-loop.docx", word_file(paragraph(), word___rels__document_xml_rels=loop)
    yield "no-relations.docx", word_file(paragraph(), relations="<Relationships/>")
    yield "nul.docx", word_file(paragraph("a\0b"))
    yield "utf16.docx", word_file(document=f"\ufeff<w:document {_WORD}/>")
    yield "not-xml.docx", word_file(document="{}")
    packed = bytearray(word_file(paragraph()))
    for place in (6, 8, 14, 18, 22, 26):  # flags, method, checksum, sizes, length of the name
        spoilt = bytearray(packed)
        spoilt[place : place + 2] = b"\xff\xff"
        central = spoilt.index(b"PK\1\2")
        spoilt[central + place + 2 : central + place + 4] = b"\xff\xff"
        yield f"header-{place}.docx", bytes(spoilt)
    yield "comment.docx", word_file(paragraph())[:-2] + b"\xff\xff" + b"PK\5\6" * 16_383
