"""The three kinds of money that a court grants and a payment on a writ is split into. Kopecks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Components:
    """Principal, penalty and costs (duty) of an award, of money received on it, or of what is left of it. Kopecks."""

    principal: int = 0
    penalty: int = 0
    duty: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.penalty + self.duty

    def __add__(self, other: "Components") -> "Components":
        return Components(self.principal + other.principal, self.penalty + other.penalty, self.duty + other.duty)

    def __sub__(self, other: "Components") -> "Components":
        return Components(self.principal - other.principal, self.penalty - other.penalty, self.duty - other.duty)

    def __bool__(self) -> bool:
        return bool(self.principal or self.penalty or self.duty)
