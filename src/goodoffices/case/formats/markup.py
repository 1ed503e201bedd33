"""XML as a tree of elements that know where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NoReturn
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import AttributesImpl, Locator

import defusedxml.sax
from defusedxml import DefusedXmlException

from goodoffices.case.folder.faults import Faults
from goodoffices.case.numbers import number

MOST_DEPTH = 50


@dataclass(slots=True, eq=False)
class Element:
    """A tag with its attributes and the elements inside; names are in lower case."""

    tag: str
    attributes: dict[str, str]
    file: str
    line: int
    faults: Faults
    children: list[Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def fault(self, message: str) -> None:
        """Note a fault at this element."""
        self.faults.add(self.file, self.line, f"<{self.tag}>", message)

    def inner(self, tag: str) -> list[Element]:
        """The elements directly inside that have this tag."""
        return [child for child in self.children if child.tag == tag]

    def each(self, tag: str) -> Iterator[Element]:
        """This element and all inside, at any depth, that have this tag, from top to bottom."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if element.tag == tag:
                yield element
            waiting.extend(reversed(element.children))

    def has(self, tag: str) -> bool:
        """Whether there is an element of this tag here or inside."""
        return next(self.each(tag), None) is not None

    def text(self, attribute: str) -> str:
        """An attribute without the space around it; empty if it is missing."""
        return self.attributes.get(attribute, "").strip()

    def number(self, attribute: str, example: str) -> Fraction | None:
        """The number an attribute states; ``None`` after a fault."""
        found = self.text(attribute)
        if not found:
            self.fault(f'{attribute} is missing. Write a number: {attribute}="{example}".')
            return None
        return self.as_number(found, attribute)

    def as_number(self, found: str, what: str) -> Fraction | None:
        """The number that words of this element state; ``None`` after a fault."""
        try:
            return number(found)
        except ValueError as fault:
            self.fault(f"{what}: {fault}")
            return None


def tree(data: bytes, file: str, faults: Faults) -> Element | None:
    """The root of an XML file; ``None`` after a fault."""
    builder = _Builder(file, faults)
    try:
        defusedxml.sax.parseString(data, builder, errorHandler=_Stop())
    except DefusedXmlException:
        faults.add(
            file,
            builder.line(),
            "",
            "The file declares entities or refers to other files, which could fill any memory. "
            "Remove its DOCTYPE.",
        )
    except SAXParseException as fault:
        words = fault.getMessage()
        faults.add(file, fault.getLineNumber() or 0, "", f"This is not well-formed XML: {words}.")
    except (LookupError, ValueError) as fault:
        # The parser's own faults about the encoding that the first line declares.
        faults.add(file, 1, "", f"The encoding cannot be read: {fault}. Save the file as UTF-8.")
    else:
        return builder.root
    return None


class _Stop(ErrorHandler):
    """Ends parsing at every error and passes over warnings."""

    def error(self, exception: BaseException) -> NoReturn:
        raise exception

    def fatalError(self, exception: BaseException) -> NoReturn:  # noqa: N802 (the name is SAX's)
        raise exception

    def warning(self, exception: BaseException) -> None:
        """A warning does not change what is read."""


class _Builder(ContentHandler):
    """Puts the events of the parser together."""

    def __init__(self, file: str, faults: Faults) -> None:
        super().__init__()
        self.file = file
        self.faults = faults
        self.root: Element | None = None
        self.open: list[Element] = []
        self.place = Locator()

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 (SAX's)
        self.place = locator

    def line(self) -> int:
        """Where the parser stands."""
        return self.place.getLineNumber() or 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (SAX's)
        if len(self.open) >= MOST_DEPTH:
            raise SAXParseException(
                f"elements are nested more than {MOST_DEPTH} deep", None, self.place
            )
        element = Element(
            tag=_plain(name),
            attributes={_plain(key): value for key, value in attrs.items()},
            file=self.file,
            line=self.line(),
            faults=self.faults,
        )
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 (SAX's)
        self.open.pop()

    def characters(self, content: str) -> None:
        if content.strip():
            self.open[-1].words.append(content.strip())


def _plain(name: str) -> str:
    return name.rpartition(":")[2].lower()
