#!/bin/sh
# Builds what differs from production, shows why, and makes the new manifest production's. The first time
# there is none: then it builds everything.
set -eu

dbt-slim fetch --from "$MANIFEST" --to .dbt-state --if-missing full-build --also timings
dbt-slim build --state .dbt-state --target production --keep kept --report report.zip
dbt-slim report report.zip --html report.html
dbt-slim publish --manifest kept/manifest.json --to "$MANIFEST" --state .dbt-state
