"""The same tasks by NegMAS, run by a Python that has it installed; numbers in and out as JSON.

NegMAS is licensed under the AGPL and is no dependency of this project. Whoever wants the ratios
installs it elsewhere and names that Python: ``make bench NEGMAS_PYTHON=/path/to/python``.
"""

import json
import sys
import time

from negmas import make_issue
from negmas.preferences import LinearAdditiveUtilityFunction, MOBANOSParetoSampler
from negmas.preferences.ops import pareto_frontier
from negmas.preferences.value_fun import TableFun


def main() -> None:
    """Read one task from standard input, write its seconds and the frontier's size."""
    task = json.load(sys.stdin)
    issues = [
        make_issue([f"o{j}" for j in range(len(row))], name=f"i{i}")
        for i, row in enumerate(task["scores"][0])
    ]
    ufuns = [
        LinearAdditiveUtilityFunction(
            values=[TableFun({f"o{j}": s / 100 for j, s in enumerate(row)}) for row in scores],
            weights=[w / 100 for w in weights],
            issues=issues,
        )
        for weights, scores in zip(task["weights"], task["scores"], strict=True)
    ]
    start = time.perf_counter()
    if task["method"] == "mobanos":
        sampler = MOBANOSParetoSampler(max_pareto_size=10_000_000)
        sampler.init(*ufuns)
        outcomes = sampler._pareto_front  # it offers no public way to see all of them
        size = len({tuple(round(float(u(o)), 9) for u in ufuns) for o in outcomes})
    else:
        size = len(set(pareto_frontier(ufuns, issues=issues)[0]))
    json.dump({"seconds": time.perf_counter() - start, "size": size}, sys.stdout)


main()
