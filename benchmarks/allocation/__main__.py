"""Print the rows of allocation.

    python -m benchmarks.allocation                      # every row; minutes, because of the peers
    python -m benchmarks.allocation --regions 500 --large 5000 --repeats 3

Every row is one run on one machine: the sides take turns, the middle of the runs counts, and of time by the clock and
of the processor's the less. Each peer has a process of its own and what it is given is built before its clock starts;
ours is given a problem and gives back a plan with its proof.
"""

import argparse
from collections.abc import Sequence

from benchmarks.allocation import rows
from benchmarks.allocation.slider import slider


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regions", type=int, default=3_100)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=7)
    chosen = parser.parse_args(arguments)
    print("name: ours, theirs, ratio, aim")
    for row in (rows.most_served, rows.frontier, rows.alpha_fair, rows.explanation, rows.program, rows.by_plain_highs):
        print("\n".join(row(chosen.regions, chosen.repeats)), flush=True)
    print("\n".join(slider(chosen.regions)), flush=True)
    print("\n".join(rows.in_whole_units(chosen.large)), flush=True)
    print("\n".join(rows.many_movable(10 * chosen.regions)), flush=True)
    print("\n".join(rows.large(chosen.large, min(3, chosen.repeats))))


if __name__ == "__main__":
    main()
