"""The rules of the answering path for a small model, in the order in which a question meets them."""

from collections.abc import Sequence

from benchmarks.rules.citing import CITATIONS
from benchmarks.rules.reading import EVIDENCE, EXCERPTS
from benchmarks.rules.refusing import ANSWERS_REFUSED, SELECTIONS_REFUSED
from benchmarks.rules.rendering import ANSWERS
from benchmarks.rules.switch import Rule
from benchmarks.rules.understanding import QUESTIONS, SEARCHING

SELECTION = (*SEARCHING, *SELECTIONS_REFUSED, *EVIDENCE)
"""Up to what the model reads."""

RULES = (*QUESTIONS, *SELECTION, *EXCERPTS, *ANSWERS_REFUSED, *ANSWERS, *CITATIONS)


def find_rules(names: Sequence[str], rules: Sequence[Rule]) -> list[Rule]:
    """The rules of these names, or all; SystemExit for a name that none has."""
    known = {rule.name: rule for rule in rules}
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(
            f"없는 규칙입니다: {', '.join(unknown)} (No such rule. There are: {', '.join(known)}.)"
        )
    return [known[name] for name in names] if names else list(rules)
