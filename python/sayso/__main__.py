"""`python -m sayso ...` is the program `sayso ...`."""

from __future__ import annotations

import subprocess
import sys

from ._program import program

if __name__ == "__main__":
    try:
        sys.exit(subprocess.call([program(), *sys.argv[1:]]))
    except KeyboardInterrupt:
        # The program was told as well, and has ended by itself.
        sys.exit(130)
