"""Runs every benchmark, each in a process of its own, and fails when one missed its limit.

python -m bench                     all of them
python -m bench list_throughput     one, its options behind it
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
# Each is a script that prints its figures beside their limits and exits with 1 when it missed one.
BENCHMARKS = ("feed", "list_throughput", "nearby", "partners", "scoring", "search_latency")


def main(arguments: list[str]) -> int:
    names, options = (arguments[:1], arguments[1:]) if arguments else (list(BENCHMARKS), [])
    codes = []
    for name in names:
        print(f"== {name}", flush=True)
        codes.append(subprocess.run([sys.executable, FOLDER / f"{name}.py", *options], check=False).returncode)
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
