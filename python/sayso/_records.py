"""What the program tells, as frozen dataclasses. Names are those of its JSON; what a field means is said there and in
the vocabulary of the project. Fields that a later program adds are passed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

from ._results import Results

Json = Dict[str, Any]
#: At least, at most. Only the first is certain.
Range = Tuple[int, int]
#: From, to (exclusive), in bytes of the document's text as UTF-8.
Span = Tuple[int, int]


def _range(json: Any) -> Range:
    return (int(json[0]), int(json[1]))


def _spans(json: Any) -> Tuple[Span, ...]:
    return tuple((int(span[0]), int(span[1])) for span in json)


def _at(json: Optional[Json]) -> Optional[str]:
    return None if json is None else json["at"]


@dataclass(frozen=True)
class Speaker:
    """A source as it is shown."""

    #: Its name; for an unnamed source its description and the outlet.
    name: str
    #: Whether nobody names it.
    unnamed: bool

    @classmethod
    def of(cls, json: Json) -> Speaker:
        return cls(json["name"], json["unnamed"])


def _speakers(json: Any) -> Tuple[Speaker, ...]:
    return tuple(Speaker.of(one) for one in json)


@dataclass(frozen=True)
class Page:
    """Where something stands."""

    #: The id of the document.
    id: str
    title: Optional[str]
    #: The outlet.
    site: Optional[str]
    url: Optional[str]
    #: As the page says.
    published: Optional[str]

    @classmethod
    def of(cls, json: Json) -> Page:
        return cls(json["id"], json.get("title"), json.get("site"), json.get("url"), json.get("published"))


@dataclass(frozen=True)
class Statement:
    """A source's words in a document."""

    id: str
    #: The id of the document.
    document: str
    #: Who says so, as the page names them; empty for nobody by name.
    source: str
    #: What sort of source: person, organisation, unnamed, author, commenter and others.
    kind: str
    #: Who passed it on, nearest to the source first; the page itself is not listed.
    via: Tuple[str, ...]
    #: The same as text: `source <- via <- this page`.
    chain: str
    #: What is said.
    words: str
    #: How the source stands to it: asserts, denies, doubts and others.
    stance: str
    #: How the words are rendered: direct, indirect, mixed, block quote, own voice.
    manner: str
    #: Where in the page.
    place: str
    #: Why the page does not name the source, in its own words.
    unnamed_because: Optional[str]
    #: Where its words stand in the document's text.
    content: Tuple[Span, ...]
    #: Where the words stand that tell that somebody speaks.
    cue: Tuple[Span, ...]
    #: How sure the reader is, 0 to 1.
    confidence: float

    @classmethod
    def of(cls, json: Json) -> Statement:
        return cls(
            id=json["id"],
            document=json["document"],
            source=json["source"]["name"],
            kind=json["source"]["kind"],
            via=tuple(mention["name"] for mention in json.get("via", [])),
            chain=json["chain"],
            words=json["words"],
            stance=json["stance"],
            manner=json["manner"],
            place=json["place"],
            unnamed_because=json.get("unnamed_because"),
            content=_spans(json["content"]),
            cue=_spans(json["cue"]),
            confidence=float(json["confidence"]),
        )


@dataclass(frozen=True)
class Document:
    """One revision of one page as read."""

    id: str
    url: Optional[str]
    site: Optional[str]
    title: Optional[str]
    bylines: Tuple[str, ...]
    published: Optional[str]
    modified: Optional[str]
    language: Optional[str]
    text: str
    #: What was odd about the page, a sentence each.
    notes: Tuple[str, ...]
    statements: Results[Statement]

    @classmethod
    def of(cls, json: Json) -> Document:
        page = json["document"]
        return cls(
            id=page["id"],
            url=page.get("url"),
            site=page.get("site"),
            title=page.get("title"),
            bylines=tuple(page.get("bylines", [])),
            published=_at(page.get("published")),
            modified=_at(page.get("modified")),
            language=page.get("language"),
            text=page["text"],
            notes=tuple(note["text"] for note in page.get("notes", [])),
            statements=Results(map(Statement.of, json["statements"]), Statement),
        )

    def words(self, span: Span) -> str:
        """What stands at a span."""
        return self.text.encode("utf-8")[span[0] : span[1]].decode("utf-8", "replace")


@dataclass(frozen=True)
class Reading:
    """What became of one input."""

    #: What was named.
    input: str
    #: new, read_anew, known, not_stored or left_out.
    outcome: str
    #: Why it was left out.
    left_out: Optional[str]
    document: Optional[Document]

    @classmethod
    def of(cls, json: Json) -> Reading:
        outcome = json["outcome"]
        if isinstance(outcome, dict):
            why = outcome["left_out"]
            told = ": ".join(f"{key.replace('_', ' ')}: {value}" for key, value in why.items()) if isinstance(why, dict) else why
            return cls(json["input"], "left_out", str(told).replace("_", " "), None)
        return cls(json["input"], outcome, None, Document.of(json))


@dataclass(frozen=True)
class Claim:
    """What several statements say in their own words, and what is left of it."""

    id: str
    #: Who said so first, and what, as a sentence.
    title: str
    #: The words that founded it.
    words: str
    standing: str
    #: How many sources have to fall to end what stands for it; only the first number is certain.
    independence_for: Range
    independence_against: Range
    #: When its weight last changed; only in lists.
    changed: Optional[str]
    #: The answer in a sentence; only as an answer.
    sentence: Optional[str]

    @classmethod
    def of(cls, json: Json) -> Claim:
        return cls(
            id=json["id"],
            title=json["title"],
            words=json["words"],
            standing=json["standing"],
            independence_for=_range(json["independence_for"]),
            independence_against=_range(json["independence_against"]),
            changed=json.get("changed"),
            sentence=json.get("sentence"),
        )


@dataclass(frozen=True)
class Line:
    """A sentence that speaks to a question."""

    words: str
    source: Speaker
    via: Tuple[Speaker, ...]
    #: Whether the page says so in its own voice: on whose word is not known.
    own_voice: bool
    #: For what is asked, or against it; none where it only doubts.
    for_it: Optional[bool]
    #: How sure the judge is, 0 to 1.
    confidence: float
    #: Whether the page's report of it stands: true, false or undefined.
    stands: str
    page: Page
    #: The statement that carries it; none where the page says so in its own voice.
    statement: Optional[str]

    @classmethod
    def of(cls, json: Json) -> Line:
        return cls(
            words=json["words"],
            source=Speaker.of(json["source"]),
            via=_speakers(json["via"]),
            own_voice=json["own_voice"],
            for_it=json["for_it"],
            confidence=float(json["confidence"]),
            stands=json["stands"],
            page=Page.of(json["page"]),
            statement=json["statement"],
        )


@dataclass(frozen=True)
class Saying:
    """A statement that was found by whoever says it, or by its words."""

    id: str
    words: str
    chain: Tuple[Speaker, ...]
    stance: str
    #: The claim that it makes, and the claim's standing.
    claim: Optional[str]
    standing: Optional[str]
    page: Page

    @classmethod
    def of(cls, json: Json) -> Saying:
        claim = json.get("claim")
        return cls(
            id=json["id"],
            words=json["words"],
            chain=_speakers(json["chain"]),
            stance=json["stance"],
            claim=None if claim is None else claim[0],
            standing=json.get("standing"),
            page=Page.of(json["page"]),
        )


@dataclass(frozen=True)
class SourceStatement:
    """A statement in whose chain a source speaks."""

    id: str
    #: said (by another's account), own_voice, or passed_on.
    part: str
    words: str
    claim: str
    for_it: bool
    #: The claim's standing.
    standing: str
    #: Whether what the source says there stands.
    stands: str
    page: Page

    @classmethod
    def of(cls, json: Json) -> SourceStatement:
        return cls(
            id=json["id"],
            part=json["part"],
            words=json["words"],
            claim=json["claim"],
            for_it=json["for_it"],
            standing=json["standing"],
            stands=json["stands"],
            page=Page.of(json["page"]),
        )


@dataclass(frozen=True)
class Source:
    """Who a mention stands for, across documents."""

    name: str
    unnamed: bool
    #: How often it is heard: said, own_voice, passed_on, documents.
    said: int
    own_voice: int
    passed_on: int
    documents: int
    #: For whom it speaks, and who speaks for it.
    speaks_for: Tuple[str, ...]
    speaking_for_it: Tuple[str, ...]
    #: Why it is not believed, where it is not.
    discredited: Tuple[str, ...]
    #: How many claims rest on it, and which would no longer stand if nobody believed it (their words).
    rests_on_it: int
    would_fall: Tuple[str, ...]
    #: Whether all in which it is heard was gone through; where not, nobody has looked what would fall.
    whole: bool
    statements: Results[SourceStatement]

    @classmethod
    def of(cls, json: Json) -> Source:
        heard = json["heard"]
        return cls(
            name=json["name"],
            unnamed=json["unnamed"],
            said=heard["said"],
            own_voice=heard["own_voice"],
            passed_on=heard["passed_on"],
            documents=heard["documents"],
            speaks_for=tuple(other["name"] for other in json["speaks_for"]),
            speaking_for_it=tuple(other["name"] for other in json["speaking_for_it"]),
            discredited=tuple(why["because"] for why in json["discredited"]),
            rests_on_it=json["rests_on_it"],
            would_fall=tuple(shift["words"] for shift in json["would_fall"]),
            whole=json["whole"],
            statements=Results(map(SourceStatement.of, json["statements"]), SourceStatement),
        )


@dataclass(frozen=True)
class Reason:
    """A reason that a page gives for what it says."""

    #: document, object, observation, figure, inference, or assertion.
    kind: str
    words: str
    #: The words that make it of this kind, or else a reason.
    cue: str
    #: The sentence for which it is given, and whether that is for what was asked.
    given_for: str
    for_it: bool
    source: Speaker
    page: Page

    @classmethod
    def of(cls, json: Json) -> Reason:
        told = (json[name] for name in ("kind", "words", "cue", "given_for", "for_it"))
        return cls(*told, Speaker.of(json["source"]), Page.of(json["page"]))


@dataclass(frozen=True)
class Rival:
    """Two accounts, one of which a page puts aside for the other."""

    put_forward: str
    put_aside: str
    #: The words that set the two against each other.
    cue: str
    source: Speaker
    page: Page

    @classmethod
    def of(cls, json: Json) -> Rival:
        told = (json[name] for name in ("put_forward", "put_aside", "cue"))
        return cls(*told, Speaker.of(json["source"]), Page.of(json["page"]))


@dataclass(frozen=True)
class Answer:
    """The answer to a question."""

    question: str
    #: `answer`: weighed. `may_answer`: what may answer it; nothing is weighed, and there is no standing. `sayings`: what
    #: somebody says. `source`: somebody who was asked for by name. `claims`: the words were only looked for.
    kind: str
    #: The answer in a sentence or two; empty where nothing is weighed.
    sentence: str
    standing: Optional[str]
    #: What would be left of it if all that is possible were so, where that is something else.
    possible_standing: Optional[str]
    independence_for: Optional[Range]
    independence_against: Optional[Range]
    origins_for: Tuple[Speaker, ...]
    origins_against: Tuple[Speaker, ...]
    #: The sentences that say so, that say that it is not so, that are not sure, and that may speak of it and do not count.
    says: Results[Line]
    denies: Results[Line]
    doubts: Results[Line]
    possible: Results[Line]
    #: On what evidence, and which accounts are put aside.
    reasons: Results[Reason]
    rivals: Results[Rival]
    #: What somebody says, where that was asked.
    statements: Results[Saying]
    #: Who was asked for by name.
    source: Optional[Source]
    #: The claims that hold the words of the question.
    claims: Results[Claim]

    @classmethod
    def of(cls, question: str, kind: str, json: Json, claims: Results[Claim]) -> Answer:
        weighed = json if kind == "answer" else {}

        def lines(name: str) -> Results[Line]:
            found = json.get(name, []) if kind in ("answer", "may_answer") else []
            return Results(map(Line.of, found), Line)

        sayings = json["statements"] if kind == "sayings" else []
        return cls(
            question=question,
            kind=kind,
            sentence=weighed.get("sentence", ""),
            standing=weighed.get("standing"),
            possible_standing=weighed.get("possible_standing"),
            independence_for=_range(weighed["independence_for"]) if weighed else None,
            independence_against=_range(weighed["independence_against"]) if weighed else None,
            origins_for=_speakers(weighed.get("origins_for", [])),
            origins_against=_speakers(weighed.get("origins_against", [])),
            says=lines("says"),
            denies=lines("denies"),
            doubts=lines("doubts"),
            possible=lines("possible"),
            reasons=Results(map(Reason.of, weighed.get("reasons", [])), Reason),
            rivals=Results(map(Rival.of, weighed.get("rivals", [])), Rival),
            statements=Results(map(Saying.of, sayings), Saying),
            source=Source.of(json) if kind == "source" else None,
            claims=claims,
        )
