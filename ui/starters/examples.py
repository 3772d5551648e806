"""The eight questions for which the examples were written, and for the papers that those are about."""

from collections.abc import Iterator, Sequence

from language.catalogue import Language, write_text
from retrieval.store.contents import Document
from ui.starters.starter import Starter

# What a title begins with, of an example and of its paper.
EXAMPLES = {
    "starters.exaone": ("EXAONE 3.0 in Short:", "EXAONE 3.0 7.8B Instruction Tuned"),
    "starters.attention": ("The Transformer in Short:", "Attention Is All You Need"),
    "starters.phi": ("Phi-3 in Short:", "Phi-3 Technical Report"),
    "starters.solar": ("SOLAR 10.7B in Short:", "SOLAR 10.7B: Scaling Large Language Models"),
    "starters.rag": ("RAG in Short:", "Retrieval-Augmented Generation for Knowledge-Intensive"),
    "starters.qwen": ("Qwen2 in Short:", "Qwen2 Technical Report"),
    "starters.gemma": ("Gemma 2 in Short:", "Gemma 2: Improving Open Language Models"),
    "starters.aya": ("Aya 23 in Short:", "Aya 23: Open Weight Releases"),
}


def is_example(document: Document) -> bool:
    """Whether a document is one of the examples, or what they are about."""
    return any(_is_about(document, beginnings) for beginnings in EXAMPLES.values())


def write_examples(documents: Sequence[Document], language: Language) -> Iterator[Starter]:
    """The questions of the examples that are there."""
    for key, beginnings in EXAMPLES.items():
        if any(_is_about(document, beginnings) for document in documents):
            question = write_text(key, language=language)
            yield Starter(label=question, message=question)


def _is_about(document: Document, beginnings: tuple[str, str]) -> bool:
    title = " ".join(document.title.split()).casefold()
    return title.startswith(tuple(map(str.casefold, beginnings)))
