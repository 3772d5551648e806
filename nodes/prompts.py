"""Prompts that belong to no profile, and what the profiles' prompts have in common."""

import re

from langchain_core.prompts import ChatPromptTemplate

# What a paper's words must not hold in a prompt: a chat template's own signs, and our fences.
SIGNS = re.compile(
    r"<(?=\||/?(?:paper|passage|excerpts|evidence)\b|(?:start|end)_of_turn>)|\[(?=/?INST\])"
)


def fence_text(text: str) -> str:
    """A paper's words as data: nothing in them ends the fence around them, or a turn of the chat."""
    return SIGNS.sub("‹", text)


# English instructions: measured, the small model leaves out fewer conditions than with Korean ones.
STANDALONE = (
    "Translate the latest question about research papers into one English question that can be "
    "understood alone: put in what it leaves to the conversation before it. Keep every name, number "
    "and condition. Write the names of models as the titles do."
)
ASKED_IN_KOREAN = "DINOv2 논문에서 2단계 학습은 ViT-g랑 ViT-L에서 각각 며칠 걸렸나요?"
ASKED_IN_ENGLISH = (
    "In the DINOv2 paper, how many days did the second stage of training take for ViT-g and for "
    "ViT-L, respectively?"
)
THREE_QUERIES = (
    "three different search queries, one a line and nothing else: its key terms; the statement in a "
    "paper that would answer it; other words for the same thing."
)


REWRITE = ChatPromptTemplate(
    [
        (
            "system",
            f"You help to search research papers in English. For a question write {THREE_QUERIES}",
        ),
        ("user", "How many warmup steps did BERT use in training?"),
        (
            "ai",
            "BERT pre-training warmup steps learning rate schedule\n"
            "BERT was trained with learning rate warmup over the first steps\n"
            "number of warm-up iterations for the BERT optimizer",
        ),
        ("user", "{question}{failed}"),
    ]
)
