"""CVs made for tests: honest ones of an invented person, and hostile ones."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from functools import cache

import pypdf

__all__ = ["HOSTILE", "LINES", "docx", "docx_with_links", "pdf", "pdf_columns", "pdf_lines"]

LINES = (
    "Camille Martin",
    "Soudeuse",
    "camille.martin@exemple.fr - 06 12 34 56 78 - Brest",
    "Expériences",
    "03/2019 - 06/2023 Soudeuse TIG, Chantiers du Ponant",
    "Coques en aluminium, équipe de six",
    "09/2016 - 02/2019 Soudeuse, Ateliers Goëland",
    "Formation",
    "2014 - 2016 Bac professionnel chaudronnerie, Brest",
    "Compétences",
    "TIG, MIG, lecture de plans",
    "Langues",
    "Anglais B1, espagnol A2",
)
Placed = tuple[float, float, str]
IMAGE = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"


def pdf(pages: Sequence[Sequence[Placed]], *, image: bool = False, stream: bytes | None = None) -> bytes:
    """A PDF of words at places (from the left and the bottom, in points)."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        IMAGE + b" /Length 1 >>\nstream\n\x00\nendstream",
    ]
    for number, placed in enumerate(pages):
        drawn = b"".join(
            b"BT /F1 10 Tf %d %d Td (%s) Tj ET\n" % (x, y, _escaped(words)) for x, y, words in placed
        )
        drawn += b"q 80 0 0 80 450 700 cm /I Do Q\n" if image else b""
        packed = stream if stream is not None else zlib.compress(drawn)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /I 4 0 R >> >> >>".encode()
        )
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def _escaped(words: str) -> bytes:
    return (
        words.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    )


def pdf_lines(lines: Sequence[str] = LINES, **more: bool) -> bytes:
    return pdf([[(50, 800 - 18 * number, line) for number, line in enumerate(lines)]], **more)


def pdf_columns() -> bytes:
    """Two columns whose lines stand at the same heights."""
    left = [(50, 780 - 14 * number, f"gauche {number} texte") for number in range(25)]
    right = [(330, 780 - 14 * number, f"droite {number} texte") for number in range(25)]
    return pdf([[place for both in zip(left, right, strict=True) for place in both]])


def docx(lines: Sequence[str] = LINES, extra: dict[str, bytes] | None = None, head: str = "") -> bytes:
    """A Word file of paragraphs."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    text = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", text)
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return out.getvalue()


def docx_with_links(targets: Sequence[str]) -> bytes:
    """A Word file that leads to other places."""
    links = "".join(f'<Relationship Target="{one}" TargetMode="External"/>' for one in targets)
    relations = f"<Relationships>{links}</Relationships>".encode()
    return docx(extra={"word/_rels/document.xml.rels": relations})


def docx_that_lies() -> bytes:
    """A Word file whose text unpacks to 40 MB and is said to have 1 kB."""
    size = 40 << 20
    content = docx(["x" * size])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        real = package.getinfo("word/document.xml").file_size
    return content.replace(real.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


@cache
def packed_zeros(size: int) -> bytes:
    """Zeros that unpack to so many bytes."""
    packer = zlib.compressobj(9)
    piece = b"\0" * (1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_lines()))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000

HOSTILE = {
    "PDF that unpacks to 2 GB": (
        lambda: pdf([[]], stream=packed_zeros(2 << 30)),
        {"too_heavy", "too_slow", "damaged", "empty"},
    ),
    "12 pages that each unpack to 100 MB": (
        lambda: pdf([[]] * 12, stream=packed_zeros(100 << 20)),
        {"too_heavy", "too_slow", "damaged", "empty"},
    ),
    "PDF of 5,000 pages": (lambda: pdf([[(50, 800, "page")]] * 5_000), {"too_many_pages"}),
    "PDF of 5,000 pages that says it has one": (
        lambda: pdf([[(50, 800, "page")]] * 5_000).replace(b"/Count 5000", b"/Count 1"),
        {"too_many_pages"},
    ),
    "PDF of one page that says it has a million": (
        lambda: pdf([[(50, 800, "page")]]).replace(b"/Count 1", b"/Count 1000000"),
        {"too_many_pages"},
    ),
    "PDF whose pages lead back to themselves": (
        lambda: pdf([[]]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
        {"damaged", "empty", "too_many_pages"},
    ),
    "truncated PDF": (lambda: pdf_lines()[:700], {"damaged", "empty"}),
    "PDF locked by a password": (locked_pdf, {"encrypted"}),
    "PDF of arrays in arrays": (
        lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 500_000,
        {"damaged", "too_heavy", "too_slow"},
    ),
    "scanned PDF": (lambda: pdf([[]], image=True), {"scanned"}),
    "PDF without a word": (lambda: pdf([[]]), {"empty"}),
    "Word file that unpacks to 200 MB": (
        lambda: docx(extra={"word/media/a.png": b"\0" * (200 << 20)}),
        {"too_heavy"},
    ),
    "Word file that unpacks to more than it says": (docx_that_lies, {"damaged"}),
    "Word file of 10,000 parts": (
        lambda: docx(extra={f"word/{n}.xml": b"" for n in range(10_000)}),
        {"too_heavy"},
    ),
    "Word file with entities in entities": (lambda: docx(head=LAUGHS), {"damaged"}),
    "Word file with a macro": (lambda: docx(extra={"word/vbaProject.bin": b"x"}), {"macro"}),
    "truncated Word file": (lambda: docx()[:-40], {"damaged"}),
    "Word file of three million elements": (
        lambda: docx(lines=["<w:t/>" * 3_000_000]),
        {"too_heavy", "too_slow"},
    ),
    "zip that is no Word file": (
        lambda: docx().replace(b"word/document.xml", b"word/dokument.xml"),
        {"wrong_type"},
    ),
    "old Word file": (lambda: OLE, {"old_word"}),
    "Word file locked by a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), {"encrypted"}),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, {"wrong_type"}),
    "program": (lambda: b"\x7fELF" + b"\0" * 500, {"wrong_type"}),
    "3 MB": (lambda: b"%PDF-1.7" + b"\0" * 3_000_000, {"too_big"}),
}
"""What makes each file, and the problems that are a right answer to it."""
