"""Runs every benchmark, each in a process of its own, and fails when one missed its limit.

python -m bench                     all of them, partners at two sizes; what needs PostgreSQL asks BENCH_SERVER
python -m bench list_throughput     one, its options behind it
"""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
SERVER = os.environ.get("BENCH_SERVER", "postgres://postgres@127.0.0.1:5432")
# Each is a script that prints its figures beside their limits and exits with 1 when it missed one.
BENCHMARKS: tuple[tuple[str, ...], ...] = (
    ("feed", "--server", SERVER),
    ("list_throughput",),
    ("nearby",),
    ("partners", "--server", SERVER, "--people", "200000"),
    ("partners", "--server", SERVER, "--people", "1000000"),
    ("scoring",),
    ("search_latency",),
)


def main(arguments: list[str]) -> int:
    codes = []
    for name, *options in [tuple(arguments)] if arguments else BENCHMARKS:
        print("==", name, *options, flush=True)
        codes.append(subprocess.run([sys.executable, FOLDER / f"{name}.py", *options], check=False).returncode)
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
