"""What to tell a person about a fault of a model server: what it was, and what to do."""

import re
from collections.abc import Mapping

from language.catalogue import Text
from models.errors import ModelFailed
from models.faults import EmbeddingFault, Fault, FaultKind, read_fault

# Servers repeat a wrong key in part.
KEY = re.compile(r"\b(?:sk|gsk|key|AIza)[-_*\w]{6,}")

TEXTS: Mapping[FaultKind, str] = {
    "key": "faults.key",
    "forbidden": "faults.forbidden",
    "no_model": "faults.no_model",
    "credit": "faults.credit",
    "rate": "faults.rate",
    "timeout": "faults.timeout",
    "too_long": "faults.too_long",
    "filtered": "faults.filtered",
    "refused": "faults.refused",
    "server": "faults.server",
    "unreachable": "faults.unreachable",
    "broken": "faults.broken",
    "web_page": "faults.web_page",
    "unusable": "faults.unusable",
}
# Of these the server's own words say more than ours; the rest say all, or quote a whole page.
WORDS_HELP: frozenset[FaultKind] = frozenset(
    {
        "refused",
        "server",
        "broken",
        "too_long",
        "filtered",
        "rate",
        "credit",
        "no_model",
        "forbidden",
    }
)


def explain_fault(error: Exception) -> ModelFailed:
    """What to tell the user about one of MODEL_FAULTS, with the server's own sentence."""
    if isinstance(error, EmbeddingFault):
        return ModelFailed(error.key, **error.values)
    fault = read_fault(error)
    return ModelFailed(TEXTS[fault.kind], wait=_write_wait(fault), said=_quote_words(fault))


def _write_wait(fault: Fault) -> Text:
    """When the call may be made again."""
    if fault.retry_after:
        return Text("faults.in_seconds", seconds=f"{fault.retry_after:,.0f}")
    return Text("faults.in_a_while")


def _quote_words(fault: Fault) -> str:
    """The server's own words, where they help."""
    if fault.kind not in WORDS_HELP or not fault.words:
        return ""
    return f": “{KEY.sub('***', fault.words)}”"
