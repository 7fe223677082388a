"""What the OpenAPI document says of the service is so: requests made from it answer as it says."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
import yaml
from harbour import make_store
from hypothesis import HealthCheck, Phase, given, settings
from running_service import serving
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.tokens import SCOPES, Tokens

HERE = Path(__file__).parents[3]
PATHS = yaml.safe_load((HERE / "server" / "openapi.yaml").read_text())["paths"]
CASES = [
    (path, method, mode)
    for path, entry in PATHS.items()
    for method in entry
    if method != "parameters"
    for mode in GenerationMode
    # What takes nothing, or any text, cannot be asked wrongly.
    if mode is GenerationMode.POSITIVE
    or "requestBody" in entry[method]
    or ("/{" not in path and "parameters" in entry[method])
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


MORE = int(os.environ.get("EXAMPLES", "1"))  # `make examples`
SLOW = {"/rebuild", "/restore", "/backup"}  # they take the whole store in hand


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[BaseSchema, str]]:
    """The document of a service that runs over a store of its own, and a token with every scope."""
    folder: Path = tmp_path_factory.mktemp("api")
    store = make_store(folder / "store")
    with serving(store, backups=folder / "backups") as running:
        _, token = Tokens(store).create("tester", SCOPES)
        yield schemathesis.openapi.from_url(f"{running.url}openapi.json"), token


@pytest.mark.parametrize(("path", "method", "mode"), CASES)
def test_api_answers_as_described(
    described: tuple[BaseSchema, str], path: str, method: str, mode: GenerationMode
) -> None:
    schema, token = described

    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=(2 if path in SLOW else 5) * MORE,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def holds(case: schemathesis.Case) -> None:
        response = case.call(headers={"Authorization": f"Bearer {token}"}, timeout=60)
        case.validate_response(response, checks=CHECKS)

    holds()
