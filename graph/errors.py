"""What can go wrong, as a tree. Each error is one line that names the thing and the way out.

PodiumError
├── UnreadableError      a file, folder, URL or feed that could not be turned into articles
│   └── TakenError           an article with the id of another, or of one that was withdrawn
├── UnfitError           an article in another language, or not about athletics
├── EvidenceError        a fact that does not stand in the stored text
├── ShapeError           an article that would bring into the graph what the shapes forbid
├── ProposerError        an optional extractor that is not installed, cannot be reached, or fails
├── StoreError           the store on disk
│   ├── StoreBusyError       another process has it open
│   ├── StoreVersionError    written by a newer Podium
│   └── StoreFullError       no space left; each article is in it wholly or not at all
├── DataError            RDF that cannot be parsed, with line and column
├── QueryError           a query that cannot be run
│   ├── QuerySyntaxError     with line and column
│   ├── QueryRefusedError    understood and not allowed (SERVICE, LOAD, remote FROM)
│   └── LimitError           stopped at a limit; says which, and how to ask for less
│       ├── QueryTimeoutError    took longer than its deadline
│       ├── QueryMemoryError     needed more memory than a query may have
│       └── AnswerTooLongError   its answer has more bytes than one may have
├── ReaderLostError      the process that answered was ended from outside, or none can be started
├── TooBusyError         more is asked than can be queued; says when to come back
├── ClientGoneError      who asked has gone away, so nobody waits for the answer
├── ConflictError        the store has changed since the version that a write was based on
├── OutputError          a file that could not be written
├── EndpointError        a remote SPARQL endpoint that failed
├── RulingError          a curator's ruling that means nothing
└── LookupFailedError    a name that is not known
    ├── AmbiguousNameError   a name that several entities bear
    └── WithdrawnError       an article that was withdrawn already
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.problems import Problem


class PodiumError(Exception):
    """Base of all expected failures; `str()` is fit to show a user. Each can be sent from process to process."""

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[PodiumError], args: tuple[object, ...], state: dict[str, object]) -> PodiumError:
    """The error that was pickled, whatever its constructor takes."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class UnreadableError(PodiumError):
    def __init__(self, origin: str, reason: str) -> None:
        self.origin = origin
        self.reason = reason
        super().__init__(origin, reason)

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}"


class TakenError(UnreadableError):
    pass


class UnfitError(PodiumError):
    def __init__(self, origin: str, reason: str) -> None:
        self.origin = origin
        self.reason = reason
        super().__init__(origin, reason)

    def __str__(self) -> str:
        return f"{self.origin}: skipped: {self.reason}"


class EvidenceError(PodiumError):
    pass


class ShapeError(PodiumError):
    """`problems` are those of each article (by id) that is to blame; under "" where none could be told."""

    def __init__(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        self.problems = problems
        every = [problem for found in problems.values() for problem in found]
        more = f", and {len(every) - 1} more like it" if len(every) > 1 else ""
        super().__init__(
            f"it would make the graph unsound: {every[0].about} ({every[0].message}){more}; please report this"
        )

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(self.problems) - {""}

    def of(self, article: str) -> ShapeError:
        """What one of the articles is refused for."""
        return ShapeError({article: self.problems[article]})


class ProposerError(PodiumError):
    pass


class StoreError(PodiumError):
    pass


class StoreBusyError(StoreError):
    pass


class StoreVersionError(StoreError):
    pass


class StoreFullError(StoreError):
    pass


class DataError(PodiumError):
    """`line` and `column` count from 1 and are None where the parser gives no place."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message, line, column)

    def __str__(self) -> str:
        return str(self.args[0])


class QueryError(PodiumError):
    pass


class QuerySyntaxError(QueryError):
    """`line` and `column` count from 1 and are None where the parser gives no place."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


class QueryRefusedError(QueryError):
    pass


class LimitError(QueryError):
    """`limit` is the name of the limit, `value` what it is, in seconds or bytes."""

    limit = ""

    def __init__(self, message: str, value: float) -> None:
        self.value = value
        super().__init__(message, value)

    def __str__(self) -> str:
        return str(self.args[0])


class QueryTimeoutError(LimitError):
    limit = "timeout"


class QueryMemoryError(LimitError):
    limit = "memory"


class AnswerTooLongError(LimitError):
    limit = "output"


class ReaderLostError(PodiumError):
    pass


class TooBusyError(PodiumError):
    """`retry_after`: seconds until it is worth to ask again."""

    def __init__(self, message: str, retry_after: int = 1) -> None:
        self.retry_after = retry_after
        super().__init__(message, retry_after)

    def __str__(self) -> str:
        return str(self.args[0])


class ClientGoneError(PodiumError):
    pass


class ConflictError(PodiumError):
    pass


class OutputError(PodiumError):
    pass


class EndpointError(PodiumError):
    pass


class RulingError(PodiumError):
    pass


class LookupFailedError(PodiumError):
    def __init__(self, name: str, message: str) -> None:
        self.name = name
        super().__init__(message)


class AmbiguousNameError(LookupFailedError):
    """`candidates` are (IRI, label, description) triples."""

    def __init__(self, name: str, candidates: tuple[tuple[str, str, str], ...]) -> None:
        self.candidates = candidates
        listed = "; ".join(f"{label} ({description}, {iri})" for iri, label, description in candidates)
        super().__init__(name, f"'{name}' may be any of: {listed}. Give the full name or the IRI.")


class WithdrawnError(LookupFailedError):
    pass
