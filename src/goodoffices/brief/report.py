"""A brief: made from a case, written to a file."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from goodoffices.brief.page import page
from goodoffices.case.compliance import Compliance
from goodoffices.case.folder.replacing import replace_files
from goodoffices.case.model import Case, Outcome
from goodoffices.errors import CaseError, MissingExtra
from goodoffices.settlement.watch import Watch

_HTML = (".html", ".htm")
_PDF = ".pdf"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Brief:
    """A written brief for the mediator. Its ``repr`` shows nothing of what it says.

    Attributes
    ----------
    title
        The title of the case.
    html
        One page that needs no other file and no network.
    """

    title: str
    html: str

    def __repr__(self) -> str:
        return f"<brief of {self.title}>"

    def pdf(self) -> bytes:
        """The brief as a PDF document.

        Raises
        ------
        MissingExtra
            The extra ``pdf`` is not installed, or the libraries it needs are not found.
        """
        document: bytes = _pdf_engine()(string=self.html, url_fetcher=_refuse).write_pdf()
        return document


def _pdf_engine() -> Any:
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        # WeasyPrint loads Pango when it is imported, and OSError says that it is not there.
        raise MissingExtra("Briefs as PDF (and the system's Pango)", "pdf") from None
    return HTML


def _refuse(url: str) -> None:
    raise ValueError(f"a brief needs no other file, and asked for {url}")


def brief(
    case: Case,
    *,
    outcome: Outcome | None = None,
    compliance: Compliance | None = None,
    months: Fraction = Fraction(0),
    watch: Watch | None = None,
) -> Brief:
    """Everything the settlement room says about a case, written for the mediator to read.

    The same case gives the same brief, letter for letter. Pictures need the extra ``figures``;
    without it the brief says which are left out.

    Parameters
    ----------
    outcome
        The package at hand: trades start from it. Without one they start from the status quo.
    compliance
        Who could break what once it is signed: with it, the brief says whether the package at
        hand, or without one the first candidate, would hold.
    months
        Months without agreement, for reservation values that change with time.
    watch
        Progress, a time limit, a way to stop. What was not finished is said to be unfinished.
    """
    return Brief(title=case.title, html=page(case, outcome, compliance, months, watch or Watch()))


def write_brief(
    case: Case,
    path: str | Path,
    *,
    outcome: Outcome | None = None,
    compliance: Compliance | None = None,
    months: Fraction = Fraction(0),
    watch: Watch | None = None,
) -> None:
    """Write a brief to an ``.html`` or a ``.pdf`` file that only its owner can read.

    Parameters as for ``brief``. A file that is there already is replaced at once and keeps its
    rights; if anything fails, it stays as it was.

    Raises
    ------
    CaseError
        The name has another ending, or the system refused.
    MissingExtra
        A PDF is asked for and the extra ``pdf`` is not installed.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in (*_HTML, _PDF):
        raise CaseError(
            f"A brief is written as .html or .pdf, and '{target.name}' ends in neither."
        )
    if ending == _PDF:
        _pdf_engine()
    made = brief(case, outcome=outcome, compliance=compliance, months=months, watch=watch)
    replace_files(target.parent, {target.name: made.pdf() if ending == _PDF else made.html})
