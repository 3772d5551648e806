"""How strict a run is: what becomes of an answer that the papers do not bear as a whole."""

from collections.abc import Sequence

from nodes.answer_language import Language
from nodes.citing.stream import QUOTES
from nodes.profile import Answer, Strictness
from nodes.refusal import Refusal
from retrieval.passages import Evidence

# What a lenient run quotes at most.
MAX_QUOTES = 3


def apply_strictness(
    composed: Answer | Refusal,
    evidence: Sequence[Evidence],
    *,
    strictness: Strictness,
    language: Language,
) -> Answer | Refusal:
    """What a run says: a strict one only answers that are borne as a whole, a lenient one quotes before it refuses."""
    if strictness == "strict" and isinstance(composed, Answer) and composed.replaced:
        return Refusal(rule="not_all_confirmed", detail=composed.text)
    if strictness == "lenient" and isinstance(composed, Refusal):
        return quote_evidence(evidence, language) or composed
    return composed


def quote_evidence(evidence: Sequence[Evidence], language: Language) -> Answer | None:
    """The best sentences of the evidence in their own words; None where it has but rows of tables."""
    sentences = [piece for piece in evidence if piece.passage.row_at(piece.start) is None]
    cited = sentences[:MAX_QUOTES]
    quotes = [
        f"{QUOTES[language].format(' '.join(piece.quote.split()))} [{number}]"
        for number, piece in enumerate(cited, start=1)
    ]
    return Answer(text="\n\n".join(quotes), citations=cited, is_quoted=True) if quotes else None
