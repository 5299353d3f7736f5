"""From HTML to a tagged PDF (PDF/UA), by WeasyPrint where it is installed."""

from functools import cache
from importlib import import_module
from typing import Any

__all__ = ["can_print", "print_page"]


@cache
def _weasyprint() -> Any:
    """The library, or None: it is an extra, and needs Pango on the machine. Loaded when first needed."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):
        return None


def can_print() -> bool:
    """Whether this installation makes PDF files."""
    return _weasyprint() is not None


def print_page(html: str) -> bytes:
    """The page as PDF/UA, with its headings, tables and pictures tagged in reading order.

    Raises `RuntimeError` where `can_print` says no.
    """
    library = _weasyprint()
    if library is None:
        raise RuntimeError("weasyprint is not installed")
    # Everything a page needs stands inside it: nothing is fetched from anywhere.
    page = library.HTML(string=html, url_fetcher=library.urls.URLFetcher(allowed_protocols=()))
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return made
