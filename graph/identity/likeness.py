"""When two slugs look like one name. Likeness alone decides nothing: `graph.identity.minting` asks for more."""

from __future__ import annotations

from rapidfuzz.distance import OSA

_MIN_PART = 6  # letters; shorter parts of names may well differ by one (Marta, Maria)


def alike(one: str, other: str) -> bool:
    """Spellings so near that one place in one race makes them one person: a misprint, an initial, a bare surname."""
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    shorter, longer = sorted((one.split("-"), other.split("-")), key=len)
    if shorter[-1] != longer[-1]:
        return False
    given = shorter[:-1]
    return len(given) < len(longer) and all(
        full.startswith(part) and (len(part) == 1 or part == full)
        for part, full in zip(given, longer[:-1], strict=False)
    )


def inner_error(one: str, other: str) -> bool:
    """Whether they differ by one typing error inside one long part, and not at its ends (Martin is not Martina)."""
    parts = [pair for pair in zip(one.split("-"), other.split("-"), strict=False) if pair[0] != pair[1]]
    if one.count("-") != other.count("-") or len(parts) != 1:
        return False
    left, right = parts[0]
    return (
        min(len(left), len(right)) >= _MIN_PART
        and left[0] == right[0]
        and left[-1] == right[-1]
        and OSA.distance(left, right, score_cutoff=1) <= 1
    )


def misspelt(written: str, name: str) -> bool:
    """Whether `written` is the whole of `name` with one typing error, so that people may come looking for it."""
    return "-" in written and written != name and OSA.distance(written, name, score_cutoff=1) <= 1
