"""dbt's exception, as far as the driver uses it."""


class DbtRuntimeError(RuntimeError):
    pass
