"""
Runs dbt in one process, command by command: each line of stdin is a JSON list of words, each answer a JSON line. What
"parse" made is what the commands after it work on, those for another target aside.

(Its name must not begin with "dbt_": dbt imports such modules as plugins.)
"""

import json
import os
import sys

answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)  # what dbt prints goes to the log

from dbt.cli.main import dbtRunner  # noqa: E402


def plain(item):
    """A line that dbt lists, or what it made of a node."""
    return item if isinstance(item, str) else getattr(getattr(item, "node", None), "compiled_code", None)


project = None
for line in sys.stdin:
    words = json.loads(line)
    if words[0] == "parse":
        project = None
    done = dbtRunner(manifest=None if "--target" in words else project).invoke(words)
    if words[0] == "parse":
        project = done.result
    result = getattr(done.result, "results", done.result)
    lines = [plain(item) for item in result] if isinstance(result, list) else []
    answer = {"success": done.success, "exception": str(done.exception or ""), "lines": [x for x in lines if x]}
    print(json.dumps(answer), file=answers, flush=True)
