"""Where dbt parses."""
