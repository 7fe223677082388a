"""Ids of articles: slugs that stay the same when the text is edited."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ontology.names import slug

_HEX_GROUP = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{16}(?![0-9A-Za-z])")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_MAX_SLUG = 80


def id_from_url(url: str) -> str:
    """The last part of the path with a hash of the address: `kerr-wins-gold-1a2b3c4d`."""
    address = url.partition("#")[0]
    try:
        parts = urlsplit(address)
    except ValueError:  # an address only in looks: "http://[x/"
        return id_from_key(address)
    path = PurePosixPath(unquote(parts.path))
    last = path.stem or parts.netloc
    if not _LETTERS.search(last):  # ".../results/2024": a number alone tells nothing
        last = f"{path.parent.name} {last}"
    return f"{_short_slug(last)}-{sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def id_from_key(key: str) -> str:
    """For a feed entry's guid that is no address, or its title: a slug with a hash."""
    return f"{_short_slug(key)}-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def id_from_stem(stem: str, digest: str) -> str:
    """Sixteen hexadecimal digits in a file name are taken to be the article's id; else the name is."""
    group = _HEX_GROUP.search(stem.replace("_", "-"))
    return group[0] if group else _short_slug(stem, digest[:16])


def _short_slug(name: str, otherwise: str = "article") -> str:
    try:
        return slug(name)[:_MAX_SLUG].rstrip("-")
    except ValueError:  # not one letter or digit
        return otherwise
