"""Mutants that no test can notice, each with the reason."""

# (module, mutant, or the beginning of its text up to "...", reason)
EXPLAINED: list[tuple[str, str, str]] = []


def why(module: str, mutant: str) -> str:
    """Return why a mutant changes no result, or an empty string."""
    for of, text, reason in EXPLAINED:
        whole = not text.endswith("...")
        if of == module and (mutant == text if whole else mutant.startswith(text[:-3])):
            return reason
    return ""
