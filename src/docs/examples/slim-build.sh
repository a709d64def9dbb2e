#!/bin/sh
# Builds what differs from production, shows why, and makes the new manifest production's.
set -eu
dbt_slim() { java -jar "${DBT_SLIM_JAR:-dbt-slim.jar}" "$@"; }

dbt_slim fetch --from "$MANIFEST" --to .dbt-state --if-missing full-build
state=
if [ -f .dbt-state/manifest.json ]; then state='--state .dbt-state'; fi
dbt_slim build $state --target production --keep kept --report report.zip
dbt_slim report report.zip --html report.html
dbt_slim publish --manifest kept/manifest.json --to "$MANIFEST"
