"""Mutants that no test can notice, each with the reason."""

# (module, mutant, or the beginning of its text up to "...", reason)
EXPLAINED: list[tuple[str, str, str]] = []


def explains(text: str, mutant: str) -> bool:
    return mutant.startswith(text[:-3]) if text.endswith("...") else mutant == text


def why(module: str, mutant: str) -> str:
    """Return why a mutant changes no result, or an empty string."""
    reasons = (reason for of, text, reason in EXPLAINED if of == module and explains(text, mutant))
    return next(reasons, "")
