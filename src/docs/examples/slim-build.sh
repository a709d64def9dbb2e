#!/bin/sh
# Builds what differs from production, makes production's manifest say what was built, whatever came of it, and shows
# why. The first time there is none: then it builds everything.
set -eu

dbt-slim fetch --from "$MANIFEST" --to .dbt-state --if-missing full-build --also timings
status=0
dbt-slim build --state .dbt-state --target production --report report.zip --publish "$MANIFEST" || status=$?
dbt-slim report report.zip --html report.html
exit "$status"
