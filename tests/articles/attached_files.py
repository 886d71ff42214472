"""PDFs and Word files for tests, made here: good ones, and ones that mean harm."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

import docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def pdf(*pages: Sequence[str], title: str = "", password: str | None = None) -> bytes:
    """A PDF of pages of lines, in Latin letters."""
    writer = PdfWriter()
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
        NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
    })  # fmt: skip
    for lines in pages:
        page = writer.add_blank_page(width=595, height=842)
        drawn = [b"BT /F1 11 Tf 14 TL 60 780 Td"]
        for line in lines:
            plain = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            drawn.append(b"(" + plain.encode("cp1252") + b") Tj T*")
        stream = DecodedStreamObject()
        stream.set_data(b"\n".join([*drawn, b"ET"]))
        page[NameObject("/Contents")] = writer._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if title:
        writer.add_metadata({"/Title": title, "/Author": "Ada Rossi"})
    if password is not None:
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def word(*blocks: tuple[str, str], title: str = "") -> bytes:
    """A Word file of paragraphs, each with its style, and of rows of a table, `|` between cells."""
    made = docx.Document()
    made.core_properties.title = title
    made.core_properties.author = "Ada Rossi"
    for style, text in blocks:
        if style == "row":
            cells = text.split("|")
            row = made.add_table(rows=1, cols=len(cells)).rows[0]
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
        else:
            made.add_paragraph(text, style=style)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A ZIP file with parts replaced or added."""
    copy = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(copy, "w", 8) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return copy.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)
