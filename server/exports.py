"""`/export.EXT`: everything at once. Facts with their names as one graph, or all graphs where the format has graphs."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from flask import Blueprint, Response, abort
from pyoxigraph import RdfFormat

from graph.export import FORMATS, Scope, export
from server.negotiation import content_type
from server.service import source

if TYPE_CHECKING:
    from collections.abc import Iterator

blueprint = Blueprint("exports", __name__)

_BY_EXTENSION = {form.file_extension: form for form in FORMATS.values()}
_IN_MEMORY = 8 << 20  # bytes of a file kept in memory before it goes to disk
_CHUNK = 1 << 16  # bytes


@blueprint.get("/export.<extension>")
def whole(extension: str) -> Response:
    """The facts (Turtle and other formats without graphs) or all graphs (TriG, N-Quads) as a download."""
    form = _BY_EXTENSION.get(extension)
    if form is None:
        abort(404, f"There is no export as '{extension}'; there are {', '.join(sorted(_BY_EXTENSION))}.")
    response = exported(Scope("all" if form.supports_datasets and form is not RdfFormat.JSON_LD else "facts"), form)
    response.headers["Content-Disposition"] = f'attachment; filename="podium.{form.file_extension}"'
    return response


def exported(scope: Scope, form: RdfFormat) -> Response:
    """A part of the graph as a response, written whole before the first byte leaves: a failure cuts no file short."""
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when the response is
    try:
        export(source(), cast("BinaryIO", spool), form, scope)
        size = spool.tell()
        spool.seek(0)
    except BaseException:
        spool.close()
        raise
    response = Response(_chunks(spool), content_type=content_type(form.media_type))
    response.content_length = size
    response.call_on_close(spool.close)
    return response


def _chunks(spool: IO[bytes]) -> Iterator[bytes]:
    while chunk := spool.read(_CHUNK):
        yield chunk
