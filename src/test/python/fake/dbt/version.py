"""The version of the stand-in for dbt."""

from types import SimpleNamespace


def get_installed_version():
    return SimpleNamespace(to_version_string=lambda skip_matcher: "1.11.0")
