"""Write small files in binary forms: Word documents, PDF, RTF, WARC and WACZ."""

from __future__ import annotations

import gzip
import io
import zipfile


def word(*paragraphs: tuple[str, str], **properties: object) -> bytes:
    """Write a Word document of styles and texts."""
    import docx  # noqa: PLC0415 - an extra

    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style or None)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(*pages: list[tuple[int, str]], information: str = "") -> bytes:
    """Write a PDF file of pages of lines, each with the size of its letters."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"BT /F1 {size} Tf 50 {780 - 20 * row} Td ({text}) Tj ET\n" for row, (size, text) in enumerate(lines))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}endstream",
        ]
    objects.append(f"<< {information} >>")
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def rtf(*paragraphs: str) -> bytes:
    """Write an RTF file of paragraphs."""
    return ("{\\rtf1\\ansi " + "\\par ".join(paragraphs) + "}").encode("ascii")


def answer(body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=UTF-8", coding: str = "") -> bytes:
    """Write the answer of a server, with its headers."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        *([f"Content-Encoding: {coding}"] if coding else []),
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def warc(*records: tuple[str, bytes], day: str = "2025-02-10T00:00:00Z", packed: bool = False) -> bytes:
    """Write a WARC file of answers, each with its address."""
    parts = []
    for number, (address, payload) in enumerate(records):
        head = [
            "WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: {address}", f"WARC-Date: {day}",
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>", "Content-Type: application/http; msgtype=response",
            f"Content-Length: {len(payload)}",
        ]  # fmt: skip
        record = "\r\n".join([*head, "", ""]).encode() + payload + b"\r\n\r\n"
        parts.append(gzip.compress(record, mtime=0) if packed else record)
    return b"".join(parts)


def wacz(files: dict[str, bytes]) -> bytes:
    """Write a WACZ file of files and their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, data in files.items():
            file.writestr(name, data)
    return packed.getvalue()
