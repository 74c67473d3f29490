"""What can be asked: a function for a command, with the command's options as keywords."""

from __future__ import annotations

import os
from typing import List, Optional, Union

from ._program import PART, SaysoError, lines
from ._records import Answer, Claim, Document, Reading, Source
from ._results import Results

Path = Union[str, "os.PathLike[str]"]


def read(
    *places: Path,
    text: Union[str, bytes, None] = None,
    ledger: Optional[Path] = None,
    title: Optional[str] = None,
    outlet: Optional[str] = None,
    author: Optional[str] = None,
    published: Optional[str] = None,
    language: Optional[str] = None,
    dry_run: bool = False,
    follow: bool = False,
    allow_private: bool = False,
    ignore_robots: bool = False,
) -> Results[Reading]:
    """Reads files, folders, addresses, and `text` (a page at hand), into the ledger.

    An input that cannot be read raises nothing: its `Reading` says `left_out`, and why. `title` to `language` are told of the
    pages, in the place of what they say of themselves. Addresses are fetched; nothing else ever is.
    """
    named: List[str] = [os.fspath(place) for place in places]
    if text is not None:
        named.append("-")
    if not named:
        raise SaysoError("nothing was named that could be read", 2, "name a file, a folder or an address, or give text")
    told = {"title": title, "outlet": outlet, "author": author, "published": published, "language": language}
    flags = {
        "dry-run": dry_run,
        "follow": follow,
        "allow-private": allow_private,
        "ignore-robots": ignore_robots,
    }
    options = [f"--{name}={value}" for name, value in told.items() if value is not None]
    options += [f"--{name}" for name, is_set in flags.items() if is_set]
    sent = text.encode("utf-8") if isinstance(text, str) else text
    return Results(map(Reading.of, lines("read", options, named, ledger=ledger, sent=sent)), Reading)


def ask(
    question: str,
    *,
    ledger: Optional[Path] = None,
    as_of: Optional[str] = None,
    known_by: Optional[str] = None,
    limit: int = 10,
) -> Answer:
    """Who says so, who says otherwise, on how many independent origins, and does it still stand?

    That nobody says so is an answer, and raises nothing. `as_of` answers from what had been published by a date, `known_by`
    from what the ledger knew by then.
    """
    options = [f"--limit={limit}", *_when(as_of, known_by)]
    try:
        found = lines("ask", options, [question], ledger=ledger)
    except SaysoError as error:
        if error.exit_code != PART:
            raise
        found = []
    kind, json = "claims", {}
    for name in ("answer", "may_answer", "sayings", "source"):
        if found and name in found[0] and len(found[0]) == 1:
            kind, json = name, found.pop(0)[name]
            break
    return Answer.of(question, kind, json, Results(map(Claim.of, found), Claim))


def claims(
    *standings: str,
    ledger: Optional[Path] = None,
    changed_since: Optional[str] = None,
    as_of: Optional[str] = None,
    known_by: Optional[str] = None,
    limit: Optional[int] = None,
) -> Results[Claim]:
    """The claims of any of these standings ("corroborated", "contested", ...), or all of them."""
    options = [f"--{standing}" for standing in standings] + _when(as_of, known_by)
    if changed_since is not None:
        options.append(f"--changed-since={changed_since}")
    if limit is not None:
        options.append(f"--limit={limit}")
    return Results(map(Claim.of, lines("claims", options, ledger=ledger)), Claim)


def source(
    name: str,
    *,
    ledger: Optional[Path] = None,
    as_of: Optional[str] = None,
    known_by: Optional[str] = None,
    limit: int = 20,
) -> Source:
    """What a source said, what rests on it, and what would fall with it. Raises `NotFound` where nobody is called so."""
    options = [f"--limit={limit}", *_when(as_of, known_by)]
    return Source.of(lines("source", options, [name], ledger=ledger)[0])


def document(id: str, *, ledger: Optional[Path] = None) -> Document:
    """A page of the ledger by its id, or by the id of a statement in it. Raises `NotFound` where there is none."""
    return Document.of(lines("document", [], [id], ledger=ledger)[0])


def _when(as_of: Optional[str], known_by: Optional[str]) -> List[str]:
    when = {"as-of": as_of, "known-by": known_by}
    return [f"--{name}={date}" for name, date in when.items() if date is not None]
