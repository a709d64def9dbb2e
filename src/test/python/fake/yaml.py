"""JSON is YAML enough for the tests."""

from json import load as safe_load  # noqa: F401
