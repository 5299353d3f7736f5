"""The process that opens a CV somebody sent: it alone touches the file, within limits, and knows no Django.

    python -I -m colibri.resumes.child fr < file

writes one JSON object: `{"problem": …}` of `PROBLEMS` in `resumes.reading`, or what was read. It gives up its
memory, its time and the right to write files or start processes before it looks at the first byte.
"""

import codecs
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree  # the file is refused where it declares a document type

import pypdf
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTContainer, LTFigure, LTImage, LTTextContainer

from colibri.resumes.europass import ROOTS, lines_of_europass, local

__all__ = ["read"]

MEMORY = 280 * 1024 * 1024
SECONDS = 7
PAGES_MOST = 12
LINES_MOST, LINE_MOST = 2_000, 400
UNPACKED_MOST, MEMBERS_MOST = 24 * 1024 * 1024, 400
XML_MOST = 4 * 1024 * 1024  # a Europass document with a photo in it has less
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LEGACY_OR_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Refused(Exception):
    """The file cannot be read; the argument is the problem's name."""


def confine() -> None:
    """From here on: so much memory, so much time, no file written, no process started."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def read(content: bytes, language: str) -> dict[str, Any]:
    """What a file holds; words that stand for codes are in this language. Raises `Refused`."""
    if content.startswith(b"%PDF-") or b"%PDF-" in content[:1024]:
        return _pdf(content, language)
    if content.startswith(b"PK\x03\x04"):
        return _docx(content)
    if content.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        return _europass(content, language)
    if content.startswith(OLE):
        raise Refused("encrypted" if LEGACY_OR_LOCKED in content else "old_word")
    raise Refused("wrong_type")


def _pdf(content: bytes, language: str) -> dict[str, Any]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("encrypted")
    tree: Any = reader.root_object["/Pages"].get_object()
    declared = tree.get("/Count") if isinstance(tree, dict) else None
    if not isinstance(declared, int) or declared > PAGES_MOST:
        raise Refused("too_many_pages")  # before thousands of them are looked at
    pages = len(reader.pages)
    if pages > PAGES_MOST:
        raise Refused("too_many_pages")
    if not pages:
        raise Refused("damaged")
    lines: list[str] = []
    images, columns = 0, False
    for page in extract_pages(io.BytesIO(content), maxpages=PAGES_MOST, laparams=LAParams()):
        boxes = [box for box in page if isinstance(box, LTTextContainer)]
        columns = columns or _in_columns(boxes, page.width)
        images += sum(1 for _ in _images(page))
        for box in boxes:
            lines += box.get_text().splitlines()
    links = [link for page in reader.pages for link in _pdf_links(page)]
    if attached := _attached_europass(reader, language):
        lines, columns = attached["lines"], False
        links += attached["links"]
    return {
        "kind": "pdf",
        "pages": pages,
        "images": images,
        "columns": columns,
        "links": links,
        "lines": lines,
    }


def _attached_europass(reader: pypdf.PdfReader, language: str) -> dict[str, Any] | None:
    """The document a PDF of the Europass portal carries, which says in order what its pages show."""
    for name, contents in reader.attachments.items():
        for content in contents if name.lower().endswith(".xml") else ():
            try:
                return _europass(content, language)
            except (Refused, ElementTree.ParseError):
                continue  # something else is attached: the pages say what the CV says
    return None


def _europass(content: bytes, language: str) -> dict[str, Any]:
    if len(content) > XML_MOST:
        raise Refused("too_heavy")
    root = _xml(content)
    if local(root) not in ROOTS:
        raise Refused("wrong_type")
    lines = lines_of_europass(root, language)
    links = [line for line in lines if line.startswith(("http://", "https://"))]
    return {"kind": "xml", "pages": 1, "images": 0, "columns": False, "links": links, "lines": lines}


def _images(container: LTContainer[Any]) -> Iterator[LTImage]:
    for item in container:
        if isinstance(item, LTImage):
            yield item
        elif isinstance(item, LTFigure):
            yield from _images(item)


def _in_columns(boxes: list[LTTextContainer[Any]], width: float) -> bool:
    """Whether much text stands beside other text."""
    right = [box for box in boxes if box.x0 > width * 0.33]
    beside = [
        box
        for box in right
        if any(other.x1 <= box.x0 and other.y0 < box.y1 and box.y0 < other.y1 for other in boxes)
    ]
    letters = sum(len(box.get_text()) for box in boxes)
    return sum(len(box.get_text()) for box in beside) > letters * 0.25


def _pdf_links(page: Any) -> Iterator[str]:
    for note in page.get("/Annots") or []:
        action = note.get_object().get("/A")
        address = action.get_object().get("/URI") if action is not None else None
        if isinstance(address, str):
            yield str(address)


def _docx(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = package.infolist()
        if len(members) > MEMBERS_MOST or sum(member.file_size for member in members) > UNPACKED_MOST:
            raise Refused("too_heavy")
        names = {member.filename for member in members}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refused("macro")
        if "word/document.xml" not in names:
            raise Refused("wrong_type")
        body = _xml(package.read("word/document.xml"))  # no more than it declares
        links = []
        if "word/_rels/document.xml.rels" in names:
            relations = _xml(package.read("word/_rels/document.xml.rels"))
            links = [one.get("Target", "") for one in relations if one.get("TargetMode") == "External"]
    lines = [line for paragraph in body.iter(f"{WORD}p") for line in _paragraph(paragraph).splitlines()]
    breaks = sum(1 for one in body.iter(f"{WORD}br") if one.get(f"{WORD}type") == "page")
    breaks += sum(1 for _ in body.iter(f"{WORD}lastRenderedPageBreak"))
    images = sum(name.startswith("word/media/") for name in names)
    tables = sum(1 for _ in body.iter(f"{WORD}tbl"))
    return {
        "kind": "docx",
        "pages": breaks + 1,
        "images": images,
        "columns": bool(tables),
        "links": links,
        "lines": lines,
    }


def _xml(content: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:4]:
        raise Refused("damaged")
    return ElementTree.fromstring(content)  # noqa: S314 no document type, and this process has its limits


def _paragraph(paragraph: ElementTree.Element) -> str:
    pieces = []
    for one in paragraph.iter():
        if one.tag == f"{WORD}t":
            pieces.append(one.text or "")
        elif one.tag == f"{WORD}tab":
            pieces.append(" ")
        elif one.tag in (f"{WORD}br", f"{WORD}cr"):
            pieces.append("\n")
    return "".join(pieces) or "\n"


def _tidy(found: dict[str, Any]) -> dict[str, Any]:
    lines = (" ".join(re.sub(r"\(cid:\d+\)", "", line).split())[:LINE_MOST] for line in found["lines"])
    found["lines"] = [line for line in lines if line][:LINES_MOST]
    links = (link for link in found["links"] if link.lower().startswith(("http://", "https://")))
    found["links"] = list(dict.fromkeys(link[:400] for link in links))[:40]
    if not found["lines"]:
        raise Refused("scanned" if found["images"] else "empty")
    return found


def main() -> int:
    """Read standard input, write one JSON object."""
    confine()
    try:
        answer = _tidy(read(sys.stdin.buffer.read(), *sys.argv[1:2]))
    except Refused as refused:
        answer = {"problem": str(refused)}
    except MemoryError:
        answer = {"problem": "too_heavy"}
    except Exception:  # noqa: BLE001 a library meets a file made to break it: whatever it says, it is damaged
        answer = {"problem": "damaged"}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
