"""What follows from triples by the ontology: OWL 2 RL's rules for properties and classes, as SPARQL updates run to their end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.tables.folders import ontology_folder
from kg.vocab import KG, PREFIXES

Triple = tuple[str, str, str]  # subject, predicate, object, each encoded as in N-Quads

_ONTOLOGY: Final = ox.NamedNode(KG.rstrip("#"))
# The tops of the ontology hold of everything and tell nothing.
_TOPS: Final = "(kg:relation, kg:openRelation, kg:Describable)"
_RULES: Final = (
    # prp-spo1
    f"INSERT {{ ?s ?q ?o }} WHERE {{ GRAPH ?g {{ ?p rdfs:subPropertyOf ?q . ?q a owl:ObjectProperty }} ?s ?p ?o FILTER(?q NOT IN {_TOPS}) }}",
    # prp-inv1, prp-inv2
    "INSERT { ?o ?q ?s } WHERE { GRAPH ?g { { ?p owl:inverseOf ?q } UNION { ?q owl:inverseOf ?p } } ?s ?p ?o }",
    # prp-symp
    "INSERT { ?o ?p ?s } WHERE { GRAPH ?g { ?p a owl:SymmetricProperty } ?s ?p ?o }",
    # prp-trp
    "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?p a owl:TransitiveProperty } ?s ?p ?m . ?m ?p ?o FILTER(?s != ?o) }",
    # cax-sco
    f"INSERT {{ ?s a ?d }} WHERE {{ GRAPH ?g {{ ?c rdfs:subClassOf ?d . ?d a owl:Class }} ?s a ?c FILTER(?d NOT IN {_TOPS}) }}",
)


def find_inferred(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """What follows from the triples and is not among them, sorted.

    From ``kgr:김영섭 kg:isCEOOf kgr:KT`` follow that he leads KT and works for it, and that KT is led by him and employs him.
    """
    store = ox.Store()
    given = "".join(f"{' '.join(triple)} .\n" for triple in triples)
    try:
        store.bulk_load(path=str(ontology_folder() / "kg.ttl"), format=ox.RdfFormat.TURTLE, to_graph=_ONTOLOGY)
        store.bulk_load(given.encode(), format=ox.RdfFormat.N_TRIPLES)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"nothing can be inferred ({error}); reinstall the package or report it with the articles") from error
    said = {_encoded(quad) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    size = -1
    while size != (size := len(store)):
        for rule in _RULES:
            store.update(rule, prefixes=dict(PREFIXES))
    found = (_encoded(quad) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return tuple(sorted(set(found) - said))


def _encoded(quad: ox.Quad) -> Triple:
    return str(quad.subject), str(quad.predicate), str(quad.object)
