"""Small things of Russian grammar for the screen."""


def plural(number: int, one: str, few: str, many: str) -> str:
    """`5` -> `5 дел`: the number with the right form of the noun."""
    n = abs(number) % 100
    form = many if 11 <= n <= 14 else {1: one, 2: few, 3: few, 4: few}.get(n % 10, many)
    return f"{number:,}".replace(",", "\u202f") + "\u00a0" + form
