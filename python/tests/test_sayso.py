"""The module on the example story: what is read, asked and looked up, and what is said where something is missing."""

import dataclasses
from pathlib import Path

import pytest

import sayso

STORY = Path(__file__).parent.parent.parent / "examples" / "story"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "news.db"
    pages = sorted(STORY.glob("*.html"))
    read = sayso.read(*pages, ledger=path)
    assert len(read) == len(pages) and all(one.document for one in read)
    return path


def test_an_answer_has_its_lines_and_its_range(ledger):
    answer = sayso.ask("The barrels carry filling stamps of April 2019.", ledger=ledger)
    assert answer.kind == "answer" and answer.says and answer.sentence
    low, high = answer.independence_for
    assert 1 <= low <= high
    assert all(line.words and line.page.id for line in answer.says)
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.sentence = "another"


def test_an_answer_tells_on_what_evidence(tmp_path):
    text = "Harbour records show that the council sold the northern pier to a foreign company, Ilse Marwick said on Monday."
    sayso.read(text=text, outlet="Courier", ledger=tmp_path / "a.db")
    answer = sayso.ask("Did the council sell the northern pier to a foreign company?", ledger=tmp_path / "a.db")
    assert [(one.kind, one.cue, one.for_it) for one in answer.reasons] == [("document", "records", True)]
    assert answer.rivals == ()


def test_that_nobody_says_so_is_an_answer(ledger):
    answer = sayso.ask("Did unicorns dance on the quay at midnight?", ledger=ledger)
    assert not answer.says and not answer.denies


def test_claims_sources_and_documents_are_looked_up(ledger):
    claims = sayso.claims(ledger=ledger, limit=5)
    assert len(claims) == 5 and claims.columns()[0] == "id"
    assert claims.to_dicts()[0]["id"] == claims[0].id
    source = sayso.source("Northwire", ledger=ledger)
    assert source.name == "Northwire"
    page = sayso.ask("The barrels carry filling stamps of April 2019.", ledger=ledger).says[0].page
    assert sayso.document(page.id, ledger=ledger).id == page.id


def test_text_at_hand_is_read_with_what_is_told_of_it(tmp_path):
    text = "“The pier is unsafe,” said Ilse Marwick on Monday."
    one = sayso.read(text=text, outlet="Courier", published="2026-03-01", ledger=tmp_path / "a.db")[0]
    assert one.document.statements[0].source == "Ilse Marwick"


def test_what_is_missing_is_said_with_what_to_do_next(ledger, tmp_path, monkeypatch):
    with pytest.raises(sayso.NotFound):
        sayso.document("ffffffffff", ledger=ledger)
    with pytest.raises(sayso.SaysoError) as error:
        sayso.claims(ledger=tmp_path / "none.db")
    assert error.value.hint or error.value.message
    left_out = sayso.read(tmp_path / "none.html", ledger=tmp_path / "b.db")[0]
    assert left_out.left_out is not None
    monkeypatch.setenv("SAYSO_BIN", str(tmp_path / "no-program"))
    with pytest.raises(sayso.SaysoError, match="SAYSO_BIN"):
        sayso.version()


def test_tables_where_their_libraries_are_installed(ledger):
    claims = sayso.claims(ledger=ledger, limit=3)
    pandas = pytest.importorskip("pandas")
    assert isinstance(claims.to_pandas(), pandas.DataFrame) and len(claims.to_pandas()) == 3
    pyarrow = pytest.importorskip("pyarrow")
    assert isinstance(claims.to_arrow(), pyarrow.Table)
