"""`query` and `export`: SPARQL answers and RDF files."""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.commands.output import clean, say, write_bytes
from server.commands.sources import opened_source, source_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import QueryResultsFormat, RdfFormat

    from graph.export import Scope
    from graph.store.base import Answer, Source

_FOR_ROWS = ("json", "csv", "tsv", "xml")
_FOR_GRAPHS = ("turtle", "ntriples")
_WIDE = 10_000  # columns of a table that goes to a file or pipe, where nothing should wrap


@click.command()
@click.argument("sparql", metavar="SPARQL|@FILE|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *_FOR_ROWS, *_FOR_GRAPHS]),
    help="Default: table, turtle for graphs.",
)
@source_options
def query(sparql: str, form: str | None, store: Path | None, server: str | None) -> None:
    """Answer a SPARQL query.

    It is given as text, as @FILE, or on standard input (-). The usual prefixes (ath:, person:, race:, rdfs: ...) need
    no PREFIX lines. The default graph is the union of all graphs. SELECT and ASK give table, json, csv, tsv or xml;
    CONSTRUCT and DESCRIBE give turtle or ntriples.

    \b
    Examples:
      podium query 'SELECT ?name WHERE { ?c ath:coaches/rdfs:label ?name }'
      podium query @medals.rq --format csv
      podium query 'DESCRIBE person:josh-kerr'
    """
    from pyoxigraph import QueryResultsFormat, RdfFormat

    results: Mapping[str, QueryResultsFormat] = {
        "json": QueryResultsFormat.JSON,
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
        "xml": QueryResultsFormat.XML,
    }
    graphs: Mapping[str, RdfFormat] = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}
    text = _query_text(sparql)
    with opened_source(store, server) as source:
        answer = source.answer(
            text,
            results=results.get(form or "", QueryResultsFormat.JSON),
            graphs=graphs.get(form or "", RdfFormat.TURTLE),
        )
        is_graph = isinstance(answer.format, RdfFormat)
        misfit = _misfit(form, is_graph=is_graph)
        if misfit:
            deque(answer.chunks, maxlen=0)  # the answer gives up its temporary file when it has been read
            raise click.UsageError(misfit)
        if is_graph or form in _FOR_ROWS:
            write_bytes(answer.chunks)
        else:
            _say_table(source, answer)


def _misfit(form: str | None, *, is_graph: bool) -> str | None:
    """Why the answer cannot be shown in the form asked for."""
    if is_graph and form not in {None, *_FOR_GRAPHS}:
        return f"the query gives a graph, which cannot be shown as {form}; take turtle or ntriples"
    if not is_graph and form in _FOR_GRAPHS:
        return f"the query gives no graph to be shown as {form}; take table, json, csv, tsv or xml"
    return None


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml"]),
    default="turtle", show_default=True, help="TriG and N-Quads keep the graphs apart; the others merge them.",
)  # fmt: skip
@click.option("--graph", default=None, metavar="facts|all|ARTICLE", help="What to export. Default: facts.")
@click.option("--entity", metavar="NAME", help="Only what is said of NAME, with its evidence.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Default: standard output."
)
@source_options
def export(
    form: str, graph: str | None, entity: str | None, out: Path | None, store: Path | None, server: str | None
) -> None:
    """Write the graph, or a part of it, as RDF.

    `facts` are what the articles add up to, what the rules inferred, and the names needed; `all` is everything; ARTICLE
    (an article's id) is its sentences and claims with the facts they support. Equal graphs give equal files. A file
    appears whole or not at all.

    \b
    Examples:
      podium export --out facts.ttl
      podium export --graph all --format trig --out everything.trig
      podium export --entity "Josh Kerr" --format jsonld
    """
    from graph.export import FORMATS, export_file
    from graph.export import export as export_to

    if graph and entity:
        raise click.UsageError("give --graph or --entity, not both")
    with opened_source(store, server) as source:
        scope = _scope(source, graph or "facts", entity)
        if out is None:
            sys.stdout.flush()
            export_to(source, sys.stdout.buffer, FORMATS[form], scope)
            sys.stdout.buffer.flush()
            return
        count = export_file(source, out, FORMATS[form], scope)
    what = "quads" if form in {"trig", "nquads"} else "triples"
    click.echo(f"{clean(str(out))}: {count:,} {what}", err=True)


def _scope(source: Source, graph: str, entity: str | None) -> Scope:
    from graph.browsing import find
    from graph.export import Scope, article_iri

    if entity is not None:
        return Scope("entity", find(source, entity).iri)
    if graph == "facts":
        return Scope("facts")
    if graph == "all":
        return Scope("all")
    return Scope("article", article_iri(source, graph))


def _query_text(given: str) -> str:
    """The query itself, `@FILE`'s content, or what standard input has."""
    from graph.errors import UnreadableError

    if given != "-" and not given.startswith("@"):
        return given
    origin = "standard input" if given == "-" else given[1:]
    try:
        data = sys.stdin.buffer.read() if given == "-" else Path(given[1:]).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableError(origin, f"{error.strerror}; give a readable file, or the query itself.") from error
    except ValueError as error:
        raise UnreadableError(origin, "is not UTF-8 text; save the query as UTF-8.") from error


def _say_table(source: Source, answer: Answer) -> None:
    import pyoxigraph as ox
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ontology.iris import prefixes

    parsed = ox.parse_query_results(b"".join(answer.chunks), ox.QueryResultsFormat.JSON)
    if isinstance(parsed, ox.QueryBoolean):
        say("yes" if bool(parsed) else "no")
        return
    namespaces = sorted(
        ((space, name) for name, space in prefixes(source.base).items()), key=lambda pair: -len(pair[0])
    )
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for variable in parsed.variables:
        table.add_column(Text(variable.value), overflow="fold")
    for row in parsed:
        table.add_row(*(Text(clean(_short(term, namespaces))) for term in row))
    terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if terminal else _WIDE, no_color=not terminal, highlight=False)
    console.print(table)
    count = table.row_count
    click.echo(f"{count:,} row{'' if count == 1 else 's'}", err=True)


def _short(term: object, namespaces: list[tuple[str, str]]) -> str:
    """A term for reading: an IRI by its prefix, a literal by its text."""
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        for space, name in namespaces:
            if term.value.startswith(space):
                return f"{name}:{term.value[len(space) :]}"
        return term.value
    if isinstance(term, ox.Literal):
        return term.value
    return "" if term is None else str(term)
