"""Weighs a file of facts with clingo: `clingo_peer.py FACTS HELD`. Writes to HELD the numbers of all statements and
claims that hold, in order, one a line; prints as JSON the version and the CPU time it took.

Called by `cargo xtask race weighing`. Needs the package `clingo` from PyPI.
"""

import json
import sys
import time

import clingo

RULES = """
holds(U) :- first(U).
holds(U) :- holds(V), single(V, U).
holds(U) :- holds(V), holds(W), pair(V, W, U).
"""


def main() -> None:
    start = time.process_time()
    control = clingo.Control(["--warn=none"])
    control.load(sys.argv[1])
    loaded = time.process_time()
    control.add("base", [], RULES)
    control.ground([("base", [])])
    # The program is positive, so grounding alone decides it: every atom that holds is a fact.
    held = sorted(atom.symbol.arguments[0].number for atom in control.symbolic_atoms.by_signature("holds", 1))
    result = control.solve()
    assert result.satisfiable
    end = time.process_time()
    with open(sys.argv[2], "w", encoding="ascii") as file:
        file.writelines(f"{number}\n" for number in held)
    print(json.dumps({"version": clingo.__version__, "read_cpu_s": loaded - start, "model_cpu_s": end - loaded}))


main()
