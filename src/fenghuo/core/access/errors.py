"""The three ways in which an act is refused."""


class NotAllowed(Exception):
    """The caller's role or area does not permit the act."""


class NotFound(Exception):
    """There is no such record, or the caller may not know of it."""


class RuleBroken(Exception):
    """The act is permitted but what it asks breaks a rule; the text says which and what to do."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
