dbt-slim doctor --target production --state .dbt-state --from "$MANIFEST"
