"""The OpenAPI document: one entry for each route and method, and none besides."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask

from graph.store.embedded import Store
from ontology.iris import KINDS
from server.app import create_app
from server.settings import Settings
from server.tokens import SCOPES

_CONVERTED = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
_METHODS = {"get", "put", "post", "delete", "patch"}


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    with Store.memory() as store:
        yield create_app(store, Settings())


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/openapi.json")
    assert answer.content_type == "application/json"
    content: dict[str, Any] = answer.get_json()
    return content


def test_openapi_has_each_route_with_its_methods_and_no_other(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        (_CONVERTED.sub(r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, entry in document["paths"].items() for method in _METHODS & set(entry)}
    assert described == routes


def test_openapi_is_valid_and_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemathesis.openapi.from_dict(document).validate()
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        found: Any = document
        for step in reference.split("/"):
            found = found[step]
    names = [
        operation["operationId"]
        for entry in document["paths"].values()
        for operation in entry.values()
        if isinstance(operation, dict)
    ]
    assert len(names) == len(set(names))


def test_openapi_knows_the_kinds_and_scopes_that_there_are(document: dict[str, Any]) -> None:
    assert set(document["components"]["schemas"]["Kind"]["enum"]) == set(KINDS.values())
    used = re.findall(r'"token": \[([^\]]+)\]', json.dumps(document))
    assert {scope for several in used for scope in re.findall(r"\w+", several)} == set(SCOPES)
