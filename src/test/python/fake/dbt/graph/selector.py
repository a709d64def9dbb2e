"""A stand-in for dbt's selection, which tells that nothing matches a criterion."""

from dbt_common.events.functions import warn_or_error


class NoNodesForSelectionCriteria:
    def __init__(self, spec_raw):
        self.spec_raw = spec_raw


def select(criterion):
    warn_or_error(NoNodesForSelectionCriteria(criterion))
