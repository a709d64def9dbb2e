import json


class JSONEncoder(json.JSONEncoder):
    """As dbt's: by a class of its own, so that what it cannot encode becomes a text."""

    def default(self, value):
        return str(value)
