"""Where dbt chooses."""
