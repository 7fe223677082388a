"""The form of a claim: one JSON schema, sent to whoever proposes and checked here, as servers ignore it silently."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from graph.proposals.proposing import Rejected

SCHEMA_FILE: Final = Path(__file__).with_name("claims.schema.json")


@cache
def schema() -> dict[str, Any]:
    """The schema of an answer: an object with a list of claims."""
    data: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
    return data


def checked(claim: object) -> dict[str, Any]:
    """The claim, if it is one of the schema's; raises Rejected."""
    if not isinstance(claim, dict):
        raise Rejected("malformed", _short(claim))
    validator = _validators().get(str(claim.get("kind")))
    if validator is None:
        raise Rejected("schema", f"kind is {_short(claim.get('kind'))}")
    problem = next(iter(sorted(validator.iter_errors(claim), key=lambda error: (error.json_path, error.message))), None)
    if problem is not None:
        raise Rejected("schema", f"{problem.json_path}: {_short(problem.message)}")
    return claim


@cache
def _validators() -> dict[str, Any]:
    """One for each kind of claim."""
    from jsonschema import Draft202012Validator

    kinds = schema()["properties"]["claims"]["items"]["anyOf"]
    return {kind["properties"]["kind"]["enum"][0]: Draft202012Validator(kind) for kind in kinds}


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else text[:77] + "..."
