"""A stand-in for dbt's tasks, which tell that there is nothing to do."""

from dbt_common.events.functions import warn_or_error


class NothingToDo:
    pass


def run():
    warn_or_error(NothingToDo())
