"""Reads every export of one ledger with programs that are not sayso, and compares what they find.

    check.py FOLDER

FOLDER holds records.jsonl, statements.csv, statements.parquet, documents.parquet, claims.parquet, sources.parquet,
acts.parquet, ledger.prov.json, claims.json and annotations.json. Prints one line for each check; the first that fails
ends it with a status other than 0.
"""

import csv
import json
import pathlib
import sys

import jsonschema
import pyarrow.parquet
import rdflib
from prov.model import ProvActivity, ProvAgent, ProvDocument, ProvEntity

FOLDER = pathlib.Path(sys.argv[1])
HERE = pathlib.Path(__file__).parent
TABLES = ["documents", "statements", "claims", "sources", "acts"]


def load(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def schema(name, instance):
    schema = json.loads((HERE / name).read_text(encoding="utf-8"))
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(instance)


def records():
    sorts = {table: [] for table in TABLES}
    with open(FOLDER / "records.jsonl", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            sorts[record["record"] + "s"].append(record)
    return sorts


def check_parquet(sorts):
    for table in TABLES:
        rows = pyarrow.parquet.read_table(FOLDER / f"{table}.parquet").to_pylist()
        assert len(rows) == len(sorts[table]), (table, len(rows), len(sorts[table]))
        key = "name" if table == "sources" else "id"
        assert [row[key] for row in rows] == [record[key] for record in sorts[table]], table
    row = pyarrow.parquet.read_table(FOLDER / "statements.parquet").to_pylist()[0]
    record = sorts["statements"][0]
    assert row["words"] == record["words"] and json.loads(row["chain"]) == record["chain"]
    assert row["for_it"] is record["for_it"] and abs(row["confidence"] - record["confidence"]) < 1e-6
    print("parquet: pyarrow reads", ", ".join(f"{len(sorts[table])} {table}" for table in TABLES))


def check_csv(sorts):
    with open(FOLDER / "statements.csv", encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, strict=True))
    assert len(rows) == len(sorts["statements"])
    for row, record in zip(rows, sorts["statements"]):
        assert None not in row and None not in row.values()
        words = row["words"]
        if record["words"][:1] in "=+-@\t\r":
            assert words[0] == "'", words
            words = words[1:]
        assert words == record["words"]
        assert not any(cell[:1] in "=+-@\t\r" for cell in row.values() if cell)
    print("csv: csv reads", len(rows), "statements")


def check_prov(sorts):
    graph = rdflib.Graph().parse(FOLDER / "ledger.prov.json", format="json-ld")
    prov = "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX sayso: <urn:sayso:term:> "

    def count(where):
        return int(next(iter(graph.query(prov + "SELECT (count(*) AS ?n) WHERE {" + where + "}")))[0])

    held = count("?s a sayso:Statement ; prov:value ?words ; prov:wasGeneratedBy ?reading")
    assert held == len(sorts["statements"]), held
    # What makes no claim (a question, a fragment) is not linked to sources, and is at least the document's.
    assert count("?s a sayso:Statement . FILTER NOT EXISTS { ?s prov:wasAttributedTo|prov:wasQuotedFrom ?whence }") == 0
    assert count("?c a sayso:Claim") == len(sorts["claims"])
    assert count("?s prov:wasDerivedFrom|prov:wasQuotedFrom ?o . FILTER NOT EXISTS { ?o a prov:Entity }") == 0
    document = ProvDocument.deserialize(str(FOLDER / "ledger.prov.json"), format="rdf", rdf_format="json-ld")
    entities = {str(record.identifier.uri) for record in document.get_records(ProvEntity)}
    for statement in sorts["statements"]:
        assert f"urn:sayso:statement:{statement['id']}" in entities
    agents = {str(record.identifier.uri) for record in document.get_records(ProvAgent)}
    activities = {str(record.identifier.uri) for record in document.get_records(ProvActivity)}
    assert len(agents) >= len(sorts["sources"])
    for act in sorts["acts"]:
        assert f"urn:sayso:act:{act['id']}" in activities
    print("prov: rdflib reads", len(graph) > 0, "and prov", len(entities), "entities")


def check_claim_review(sorts):
    feed = load("claims.json")
    schema("claim_review.schema.json", feed)
    reviews = [element["item"][0] for element in feed["dataFeedElement"]]
    standings = {claim["id"]: claim["standing"] for claim in sorts["claims"]}
    for review in reviews:
        identifier = review["@id"].rsplit(":", 1)[1]
        assert review["reviewRating"]["alternateName"] == standings[identifier]
    print("claimreview: jsonschema accepts", len(reviews), "reviews")


def check_annotations(sorts):
    collection = load("annotations.json")
    schema("annotations.schema.json", collection)
    texts = {document["id"]: document["text"] for document in sorts["documents"]}
    annotations = collection["first"]["items"]
    assert len(annotations) == len(sorts["statements"])
    for annotation, statement in zip(annotations, sorts["statements"]):
        assert annotation["id"].endswith(statement["id"])
        for target in annotation["target"]:
            text = texts[target["scope"].rsplit(":", 1)[1]]
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            # Python counts code points, as the model wants it.
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])
        words = " … ".join(target["selector"][0]["exact"] for target in annotation["target"])
        assert words == statement["words"]
    print("annotations: jsonschema accepts", len(annotations), "and each quote stands where its position says")


SORTS = records()
check_csv(SORTS)
check_parquet(SORTS)
check_prov(SORTS)
check_claim_review(SORTS)
check_annotations(SORTS)
