"""The headers that every answer carries, whoever makes it: the app, the cache, or the parser of HTTP."""

from __future__ import annotations

# Everything from here, scripts and styles only as files of their own, forms only to here, in no frame.
_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
SECURITY = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Any origin may read, without credentials; what is not on these lists a browser's script neither sends nor sees.
_EXPOSED = "Content-Disposition, ETag, Link, Location, Podium-Warning, RateLimit, RateLimit-Policy, Retry-After"
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
READING = frozenset({"GET", "HEAD", "OPTIONS", "POST"})


def shared(origin: str | None) -> dict[str, str]:
    """What all answers carry; with what lets scripts of other sites read, unless `origin` is None.

    The front adds them, the app only where it runs without one.
    """
    if origin is None:
        return SECURITY
    return SECURITY | {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": _EXPOSED}
