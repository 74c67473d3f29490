"""The `sayso` program: where it is, how it is asked, and what its exit codes mean."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Union

#: The exit code for "some of what was asked for was not done, or nothing was found".
PART = 1


class SaysoError(Exception):
    """The program could not do what it was asked to; `hint` says what to do next, where it says so."""

    def __init__(self, message: str, exit_code: int, hint: Optional[str] = None) -> None:
        super().__init__(message if hint is None else f"{message} ({hint})")
        self.message = message
        self.exit_code = exit_code
        self.hint = hint


class NotFound(SaysoError):
    """The ledger holds no such thing."""


def program() -> str:
    """The path of the program: `SAYSO_BIN`, or the one that was installed with this package, or the first on the `PATH`."""
    named = os.environ.get("SAYSO_BIN")
    if named:
        return named
    name = "sayso.exe" if sys.platform == "win32" else "sayso"
    beside = [Path(sysconfig.get_path("scripts")) / name, Path(sys.executable).parent / name]
    for path in beside:
        if path.is_file():
            return str(path)
    found = shutil.which("sayso")
    if found is None:
        raise SaysoError("there is no program `sayso`", 127, "install the wheel, or name the program: SAYSO_BIN")
    return found


def version() -> str:
    """The version of the program."""
    return _run(["--version"]).stdout.decode().split()[-1]


def lines(
    verb: str,
    options: Sequence[str],
    words: Sequence[str] = (),
    *,
    ledger: Union[str, "os.PathLike[str]", None] = None,
    sent: Optional[bytes] = None,
) -> List[Dict[str, Any]]:
    """What a command prints as JSON, line by line. An exit code of 1 is an error only where nothing was printed."""
    call = [verb, "--json", *options]
    if ledger is not None:
        call.append(f"--ledger={os.fspath(ledger)}")
    # What is asked about may begin with a dash, and is no option for that.
    call.extend(["--", *words] if words else [])
    ended = _run(call, sent)
    printed = [json.loads(line) for line in ended.stdout.decode("utf-8").split("\n") if line]
    if ended.returncode == 0 or (ended.returncode == PART and printed):
        return printed
    raise _error(ended)


def _run(call: Sequence[str], sent: Optional[bytes] = None) -> "subprocess.CompletedProcess[bytes]":
    path = program()
    try:
        # Where nothing is sent there is nothing to read: the program must not wait for our own standard input.
        return subprocess.run([path, *call], input=b"" if sent is None else sent, capture_output=True, check=False)
    except OSError as error:
        raise SaysoError(f"{path} cannot be run: {error}", 127, "name another program: SAYSO_BIN") from error
    except ValueError as error:
        raise SaysoError(f"this cannot be handed to the program: {error}", 2) from error


def _error(ended: "subprocess.CompletedProcess[bytes]") -> SaysoError:
    message, hint = "", None
    said = ended.stderr.decode("utf-8", "replace").strip()
    for line in said.split("\n"):
        if line.startswith("error: "):
            message = line[len("error: ") :]
        elif line.startswith("hint: "):
            hint = line[len("hint: ") :]
    kind = NotFound if ended.returncode == PART else SaysoError
    return kind(message or said or f"sayso ended with {ended.returncode}", ended.returncode, hint)
