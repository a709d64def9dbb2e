"""What happens in dbt."""
