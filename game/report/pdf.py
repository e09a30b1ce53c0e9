"""The report as a PDF, where the extra `pdf` is installed."""

from importlib import import_module
from importlib.util import find_spec

HOW_TO_PRINT = (
    "a PDF needs the extra pdf (pip install weasyprint); or open the HTML file in a browser and "
    "print it from there"
)

MARK = b"\n% Restoring Deterrence, debrief\n"
"""A comment behind the end of the PDF, by which it is known again."""


class NoPrinterError(RuntimeError):
    """The extra `pdf` is not installed, or a library that it needs; the text says what to do."""


def check_printer() -> None:
    """Makes sure before long work that a PDF can be made.

    Raises:
        NoPrinterError: it cannot.
    """
    if find_spec("weasyprint") is None:
        raise NoPrinterError(HOW_TO_PRINT)


def pdf(html: str) -> bytes:
    """The document as a PDF.

    Raises:
        NoPrinterError: the extra is not installed, or a library that it needs.
    """
    try:
        printer = import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise NoPrinterError(HOW_TO_PRINT) from error
    nothing = printer.urls.URLFetcher(allowed_protocols=frozenset())  # it names nothing outside
    made: bytes = printer.HTML(string=html, url_fetcher=nothing).write_pdf()
    return made + MARK
