"""A stand-in for dbt's events, where warnings are errors."""

from dbt_common.exceptions import DbtRuntimeError

fired = []


def fire_event(event):
    fired.append(type(event).__name__)


def warn_or_error(event):
    raise DbtRuntimeError(type(event).__name__)
