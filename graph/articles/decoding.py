"""Bytes to text: what is text, and in which encoding."""

from __future__ import annotations

import codecs
import logging
import re

from graph.errors import UnreadableError

_log = logging.getLogger(__name__)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "a PDF; save its text as a .txt file",
    b"\x89PNG": "a PNG image, not text",
    b"\xff\xd8\xff": "a JPEG image, not text",
    b"GIF8": "a GIF image, not text",
    b"RIFF": "a media file, not text",
    b"PK\x03\x04": "a ZIP or Office file; unpack it or save its text as a .txt file",
    b"\x1f\x8b": "a gzip file; unpack it first",
    b"BZh": "a bzip2 file; unpack it first",
    b"\xfd7zXZ": "an xz file; unpack it first",
    b"\xd0\xcf\x11\xe0": "an old Office file; save its text as a .txt file",
    b"{\\rtf": "an RTF file; save its text as a .txt file",
    b"\x7fELF": "a program, not text",
    b"SQLite format 3": "a database, not text",
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)|\A\s*<\?xml[^>]{0,100}?encoding=[\"']([\w-]+)", re.IGNORECASE
)
# What a document may declare: charsets of the web. Python knows more, some of them slow (punycode) or no charsets.
_CHARSET = re.compile(
    r"utf-?(?:8|16|16le|16be)|(?:windows-|cp)(?:125\d|874|932|949)|(?:x-)?mac(?:-?roman|intosh)|iso-?8859-\d{1,2}|latin-?\d"
    r"|(?:us-)?ascii|koi8-[ru]|shift[_-]?jis|euc-(?:jp|kr)|gb(?:2312|k|18030)|big5",
    re.IGNORECASE,
)
_WINDOWS = frozenset({"iso8859-1", "ascii"})  # documents that declare these are Windows-1252 in truth (WHATWG)
_MAX_HIGH = 0.25  # share of bytes above ASCII in Western text; French prose has about 0.04


def decode(origin: str, data: bytes, declared: str | None = None) -> str:
    """The text of a document, byte-order mark dropped.

    The encoding is that of the byte-order mark, else the one declared (outside or in the document), else UTF-8, else
    Windows-1252, which is logged. Raises UnreadableError for binary files and for what is in none of these.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(origin, data[len(mark) :], encoding)
    _refuse_binary(origin, data)
    for encoding in filter(None, (_codec(declared), _codec(_declaration(data)), "utf-8")):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _windows(origin, data)


def _strict(origin: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"begins as {encoding.upper()} but breaks off at byte {error.start:,}; save it again as UTF-8"
        raise UnreadableError(origin, reason) from error


def _refuse_binary(origin: str, data: bytes) -> None:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise UnreadableError(origin, f"is {what}")
    controls = len(_CONTROL.findall(data[:100_000]))
    if b"\0" in data or controls * 100 > min(len(data), 100_000):
        raise UnreadableError(origin, "is a binary file, not text; give plain text, HTML, RSS or Atom")


def _declaration(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, 4096)
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _codec(declared: str | None) -> str | None:
    if declared is None or not _CHARSET.fullmatch(declared):
        return None
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    return "cp1252" if name in _WINDOWS else name


def _windows(origin: str, data: bytes) -> str:
    """For text that is not UTF-8: what older programs of the West write."""
    try:
        text = data.decode("cp1252") if sum(byte > 0x7F for byte in data) <= _MAX_HIGH * len(data) else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        reason = "is neither UTF-8 nor Windows-1252 text; convert it, for instance with 'iconv -f ENCODING -t UTF-8'"
        raise UnreadableError(origin, reason)
    _log.warning("%s is not UTF-8; it was read as Windows-1252", origin)
    return text
