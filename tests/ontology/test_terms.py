"""Every term that code, rules, queries and data use is defined, with label and comment."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from ontology import resources
from ontology.iris import DEFAULT_BASE, NS, VOCABULARIES, prefixes
from ontology.namespaces import ATH, OA

ROOT = Path(__file__).parents[2]
USED = re.compile(r"\bath:([A-Za-z]\w*)|\bATH\.([A-Za-z]\w*)|\bATH\[[\"'](\w+)[\"']\]")


@cache
def athletics() -> Graph:
    return Graph().parse(resources.ATHLETICS)


def terms() -> set[str]:
    return {str(term).removeprefix(NS) for term in athletics().subjects() if str(term).startswith(NS)}


def sources() -> Iterator[Path]:
    for room in ("ontology", "graph", "server"):
        for suffix in ("py", "rq", "ttl", "html", "yaml", "js"):
            yield from (ROOT / room).rglob(f"*.{suffix}")


def test_terms_used_anywhere_are_defined() -> None:
    used = {
        (name, str(path.relative_to(ROOT)))
        for path in sources()
        for found in USED.finditer(path.read_text(encoding="utf-8"))
        for name in found.groups()
        if name
    }
    assert len({name for name, _ in used}) > 100, "the search finds nothing: has the way terms are written changed?"
    assert {(name, path) for name, path in used if name not in terms()} == set()


@pytest.mark.parametrize("term", sorted(terms()))
def test_terms_have_one_label_and_a_comment(term: str) -> None:
    subject = URIRef(NS + term)
    assert len(list(athletics().objects(subject, RDFS.label))) == 1
    comment = athletics().value(subject, RDFS.comment)
    assert isinstance(comment, Literal)
    assert str(comment).endswith((".", '."', '".'))
    assert athletics().value(subject, RDF.type) is not None


def test_terms_named_in_the_ontology_are_defined() -> None:
    nodes = {node for triple in athletics() for node in triple if isinstance(node, URIRef)}
    assert {str(node).removeprefix(NS) for node in nodes if node.startswith(NS)} == terms()


def test_terms_of_properties_have_a_kind_and_inverses_agree() -> None:
    graph = athletics()
    for prop in graph.subjects(RDF.type, OWL.ObjectProperty):
        assert (prop, RDF.type, OWL.DatatypeProperty) not in graph
    for prop, inverse in graph.subject_objects(OWL.inverseOf):
        assert (inverse, OWL.inverseOf, prop) in graph
        assert (prop, RDF.type, OWL.ObjectProperty) in graph
        for own, other in ((RDFS.domain, RDFS.range), (RDFS.range, RDFS.domain)):
            mine, theirs = graph.value(prop, own), graph.value(inverse, other)
            assert mine == theirs or None in (mine, theirs)


def test_terms_avoid_names_that_strings_have() -> None:
    # ATH.title would be str.title on a plain rdflib Namespace, which users of an export may use.
    assert {term for term in terms() if hasattr(str, term)} == set()


def test_namespaces_equal_the_ontology() -> None:
    assert {str(term).removeprefix(NS) for term in dir(ATH)} == terms()


def test_namespaces_are_closed() -> None:
    with pytest.raises(AttributeError, match="nosuch"):
        _ = ATH.nosuch
    with pytest.raises(AttributeError, match="nosuch"):
        _ = OA.nosuch


def test_namespaces_prefixes_follow_the_base() -> None:
    assert prefixes()["person"] == DEFAULT_BASE + "person/"
    assert prefixes("http://localhost:8000/id/")["person"] == "http://localhost:8000/id/person/"
    assert prefixes("http://localhost:8000/id/")["ath"] == NS


@pytest.mark.parametrize(
    "path",
    [
        resources.ATHLETICS,
        resources.DISCIPLINES,
        resources.COUNTRIES,
        resources.PLACES,
        resources.COMPETITIONS,
        resources.SHAPES,
    ],
    ids=lambda path: path.name,
)
def test_terms_files_use_the_prefixes_of_the_product(path: Path) -> None:
    declared = dict(re.findall(r"@prefix (\w+): +<([^>]+)>", path.read_text(encoding="utf-8")))
    assert declared
    for prefix in declared.keys() & prefixes().keys():
        assert declared[prefix] == prefixes()[prefix]


@pytest.mark.shared
def test_terms_of_the_contract_s_queries_are_defined(shared: Path) -> None:
    queries = sorted((shared / "design" / "ontology" / "queries").glob("*.rq"))
    assert queries
    for query in queries:
        text = query.read_text(encoding="utf-8")
        assert {found[1] for found in USED.finditer(text)} <= terms(), query.name
        used = set(re.findall(r"\b([a-z]+):[a-z]\w*", re.sub(r"<[^>]*>", "", re.sub(r"#.*", "", text))))
        assert used <= VOCABULARIES.keys() | prefixes().keys(), query.name
