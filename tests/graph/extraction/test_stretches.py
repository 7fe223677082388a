"""Distances that are races, and those that are a part of one."""

import pytest
from told import chunks_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vane won the 400m.", "discipline"),
        ("Vane won his first 400m title.", "discipline"),
        ("Vane won the last 400m final.", "stretch"),
        ("Vane led over the final 400m.", "stretch"),
        ("Vane kicked 400m from the line.", "stretch"),
        ("Vane led with 400m to go.", "stretch"),
        ("Vane ran three laps of the 400m track.", "stretch"),
    ],
)
def test_stretches(text: str, kind: str) -> None:
    assert [chunk.kind for chunk in chunks_of(text) if chunk.kind in ("discipline", "stretch")] == [kind]
