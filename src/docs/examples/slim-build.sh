#!/bin/sh
# Builds what differs from production, shows why, and makes the new manifest production's.
set -eu

dbt-slim fetch --from "$MANIFEST" --to .dbt-state --if-missing full-build
state=
if [ -f .dbt-state/manifest.json ]; then state='--state .dbt-state'; fi
dbt-slim build $state --target production --keep kept --report report.zip
dbt-slim report report.zip --html report.html
dbt-slim publish --manifest kept/manifest.json --to "$MANIFEST"
