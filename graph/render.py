"""Put a source's words into Korean, when a reader asks what they say."""

from langchain_core.language_models import BaseChatModel

from models.errors import MODEL_FAULTS, explained
from nodes.citing.checks import Check
from nodes.prompts import RENDER, fenced
from nodes.replies import reply_text
from retrieval.passages import Evidence


async def render(piece: Evidence, *, model: BaseChatModel) -> str:
    """The words in Korean, in one call; what code finds wrong with them is labelled.

    ModelFailed says in words what is wrong with the model.
    """
    try:
        korean = await reply_text(RENDER | model, {"words": fenced(" ".join(piece.quote.split()))})
    except MODEL_FAULTS as fault:
        raise explained(fault) from fault
    faults = Check().faults(korean, [piece])
    return " ".join([korean, *dict.fromkeys(f"({fault.label})" for fault in faults)])
