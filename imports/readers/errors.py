"""The one way a reader says «no» to a whole file."""

from imports.rows import Problem


class Refused(Exception):
    """The file cannot be read or is dangerous. `problem` tells the thing, its value, the rule and the remedy in Russian."""

    def __init__(self, code: str, message: str, *, sheet: str = "", value: str = ""):
        super().__init__(message)
        self.problem = Problem(code=code, message=message, sheet=sheet, value=value)
