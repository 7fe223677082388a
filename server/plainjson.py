"""Values of dataclasses and plain types as what JSON can hold."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any


def jsonable(value: Any) -> Any:
    """Dataclasses as objects, text in words as one string, dates as ISO."""
    from graph.browsing.values import Piece, plain

    if isinstance(value, tuple) and value and all(isinstance(part, Piece) for part in value):
        return plain(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: jsonable(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): jsonable(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
