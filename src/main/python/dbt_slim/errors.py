"""What users are told when it cannot go on."""


class UserError(Exception):
    """Nothing was run, or not to the end; the text is one sentence for the user: what, where and what to do."""
