"""PDFs that were made to harm whoever reads them."""

import zlib
from collections.abc import Iterator

from hostile_texts import MEGA, PROSE, Content


def pdf_file(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of given objects, from 1 on; its table of places is right."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer << /Size %d %b >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, trailer, start,
    )  # fmt: skip


def pdf_page(stream: bytes, filters: bytes = b"", resources: bytes = b"", *more: bytes) -> bytes:
    """Return a PDF of one page with a stream as its content."""
    return pdf_file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> " + resources + b" >> >>",
        b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(stream), filters, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    )


def zeros(times: int) -> bytes:
    """Return a PDF whose page says that many zeros were packed so many times, three at most."""
    stream = bytes(400 * MEGA)
    for _ in range(min(times, 3)):
        stream = zlib.compress(stream, 9)
    return pdf_page(stream, b"/Filter [" + b"/FlateDecode " * times + b"]")


def pdf_bombs() -> Iterator[tuple[str, Content]]:
    """Yield names and contents of PDFs."""
    flate = b"/Filter /FlateDecode"
    show = b"BT /F1 11 Tf 60 700 Td (" + PROSE.encode() + b") Tj ET\n"
    for times in (1, 3, 50):
        yield f"flate-{times}.pdf", lambda times=times: zeros(times)
    yield "shown-bomb.pdf", pdf_page(zlib.compress(show * 200_000, 9), flate)
    yield "moves.pdf", pdf_page(zlib.compress(b"BT " + b"1 0 Td (a) Tj " * 300_000, 9), flate)
    yield "runlength.pdf", pdf_page(b"\x81a" * 500_000, b"/Filter /RunLengthDecode")
    yield "lzw.pdf", pdf_page(bytes(300_000), b"/Filter /LZWDecode")
    yield "ascii85.pdf", pdf_page(b"z" * (2 * MEGA), b"/Filter /ASCII85Decode")
    yield "hex.pdf", pdf_page(b"20" * (2 * MEGA), b"/Filter /ASCIIHexDecode")
    yield (
        "predictor.pdf",
        pdf_page(
            zlib.compress(bytes(9 * MEGA)),
            flate + b" /DecodeParms << /Predictor 15 /Columns 99999999 >>",
        ),
    )
    yield "saves.pdf", pdf_page(b"q " * 500_000 + show)
    yield "arrays.pdf", pdf_page(b"[" * 300_000)
    yield "dictionaries.pdf", pdf_page(b"<< /a " * 100_000)
    yield "image.pdf", pdf_page(b"BI /W 99999 /H 99999 ID " + b"a" * MEGA)
    yield "strings.pdf", pdf_page(b"BT /F1 1 Tf (" + b"(" * 300_000)
    yield "itself.pdf", pdf_page(
        b"/X Do " * 99, b"", b"/XObject << /X 6 0 R >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> "
        b">> /Length 13 >>\nstream\n/X Do /X Do  \nendstream",
    )  # fmt: skip
    forms = [
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> "
        b">> /Length 60 >>\nstream\n%b\nendstream" % (number + 1, b"/X Do " * 10)
        for number in range(6, 26)
    ]
    yield "forms.pdf", pdf_page(b"/X Do", b"", b"/XObject << /X 6 0 R >>", *forms)
    ranges = b"<0000> <FFFF> <0041>\n" * 2_000
    to_unicode = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange " + (
        b"2000 beginbfrange\n" + ranges + b"endbfrange endcmap"
    )
    yield "ranges.pdf", pdf_page(
        b"BT /F2 1 Tf <00410042> Tj ET", b"", b"/Font << /F2 6 0 R >>",
        b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 7 0 R "
        b"/DescendantFonts [8 0 R] >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(to_unicode), to_unicode),
        b"<< /Type /Font /Subtype /CIDFontType2 /W [0 99999999 500] >>",
    )  # fmt: skip
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    yield "kids-loop.pdf", pdf_file(catalogue, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")
    yield (
        "kids-deep.pdf",
        pdf_file(
            catalogue,
            *(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, 5_000)),
        ),
    )
    yield "kids-many.pdf", pdf_file(
        catalogue, b"<< /Type /Pages /Count 99999 /Kids [" + b"3 0 R " * 99_999 + b"] >>",
        b"<< /Type /Page /Parent 2 0 R >>",
    )  # fmt: skip
    yield (
        "kids-doubling.pdf",
        pdf_file(
            catalogue,
            *(b"<< /Type /Pages /Count 2 /Kids [%d 0 R %d 0 R] >>" % (n, n) for n in range(3, 40)),
            b"<< /Type /Page >>",
        ),
    )
    yield "count.pdf", pdf_file(catalogue, b"<< /Type /Pages /Kids [] /Count 999999999999 >>")
    yield "parent-loop.pdf", pdf_file(
        catalogue, b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>",
        b"<< /Type /Page /Parent 2 0 R >>",
    )  # fmt: skip
    yield "reference-loop.pdf", pdf_file(b"2 0 R", b"1 0 R")
    yield "root-integer.pdf", pdf_file(b"1")
    yield "length.pdf", pdf_page(show).replace(b"/Length ", b"/Length -9")
    yield "length-loop.pdf", pdf_page(show).replace(b"/Length 1", b"/Length 4 0 R /A 1")
    good = pdf_page(show)
    start = good.rindex(b"startxref")
    yield (
        "previous-loop.pdf",
        good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev " + good[start + 10 :].split()[0]),
    )
    yield "no-table.pdf", good[: good.index(b"xref\n")] + b"%d 0 obj\n1\nendobj\n" % 7 * 60_000
    yield "table-huge.pdf", good.replace(b"xref\n0 6", b"xref\n0 999999999")
    yield "start-huge.pdf", good[:start] + b"startxref\n99999999999999999999\n%%EOF"
    yield "ends.pdf", good + b"%%EOF\n" * 500_000
    yield "nested.pdf", good[:9] + b"[" * 500_000 + good[9:]
    yield "percent.pdf", b"%PDF-1.4\n" + b"%" * (5 * MEGA)
    yield "zeros.pdf", b"%PDF-1.4\n" + bytes(15 * MEGA)
    yield "startxrefs.pdf", b"%PDF-1.4\n" + b"startxref\n0\n" * 100_000
    yield (
        "objects.pdf",
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj\n<< /A %d 0 R >>\nendobj\n" % (n, n + 1) for n in range(100_000)),
    )
