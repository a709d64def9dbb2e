java -jar dbt-slim.jar doctor --target production --state .dbt-state --from "$MANIFEST"
