"""dbt's events, as far as the run's outcome and those who watch it need them."""

from __future__ import annotations

import re
from typing import Any

from dbt_slim.run import Run


class Events:
    """Takes each event of dbt and notes it in the run."""

    def __init__(self, run: Run, apart: bool = False) -> None:
        """apart: it is another command, whose nodes are none of the build's"""
        self.run = run
        self.apart = apart

    def __call__(self, event: Any) -> None:
        info, data, run = event.info, event.data, self.run
        # What dbt says of its own exceptions: that there was an interrupt is known, and a stack trace helps nobody
        # here.
        silent = info.name == "MainStackTrace" or (info.name == "MainEncounteredError" and run.aborted)
        run.invocations.add(info.invocation_id)
        if info.level in ("warn", "error") and not silent:
            run.message(info.level, info.name, info.msg)
        if self.apart:
            return
        if info.name == "MainReportVersion":
            run.outcome["dbt_version"] = data.version.lstrip("=")
            run.outcome["invocation_id"] = info.invocation_id
        elif info.name == "FoundStats":
            run.parsed()
        elif info.name == "JinjaLogInfo" and run.plan["deployment"]:
            run.lines.append(run.keep.clean(info.msg))
        elif info.name == "AdapterRegistered":
            run.outcome["adapter"] = re.sub(r"^dbt\.adapters\.|\.impl$", "", data.adapter_name)
        elif info.name in ("NodeStart", "NodeFinished") and data.node_info.materialized == "ephemeral":
            pass
        elif info.name == "NodeStart":
            run.started(data.node_info.unique_id)
        elif info.name == "NodeFinished":
            run.ended(data.node_info.unique_id, data.run_result)
