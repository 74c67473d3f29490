"""Weighs a file of facts with clingo; prints as JSON how many statements and claims stand and the CPU time it took.

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

# Claims are numbered above all statements.
CLAIM = 1 << 30


def main() -> None:
    start = time.process_time()
    control = clingo.Control(["--warn=none"])
    control.load(sys.argv[1])
    control.add("base", [], RULES)
    control.ground([("base", [])])
    # The program is positive, so grounding alone decides it: every atom that holds is a fact.
    held = [atom.symbol.arguments[0].number for atom in control.symbolic_atoms.by_signature("holds", 1)]
    result = control.solve()
    assert result.satisfiable
    cpu_s = time.process_time() - start
    claims = sum(1 for number in held if number >= CLAIM)
    print(json.dumps({"standing_statements": len(held) - claims, "standing_claims": claims, "cpu_s": cpu_s}))


main()
