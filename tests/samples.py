"""Small papers to test with: as passages, and as real PDFs."""

from pathlib import Path

from nodes.question import Question
from retrieval.parsing.tables import find_tables
from retrieval.passages import Evidence, Hit, Passage, RetrieverScore

SOLAR = (
    "SOLAR has 48 layers. It was scaled up in depth from 32 layers. "
    "Its authors call this depth up-scaling."
)


def passage(text: str = SOLAR, id: str = "1", **fields: object) -> Passage:
    """A passage of the SOLAR paper, on page 3."""
    given = {
        "id": id,
        "document": "solar.pdf",
        "title": "SOLAR 10.7B",
        "sha256": "ab",
        "header": "SOLAR 10.7B",
        "text": text,
        "tables": find_tables(text),
        "page_starts": [(0, 3)],
    }
    return Passage(**{**given, **fields})


def hit(text: str = SOLAR, id: str = "1", score: float = 1.0, **fields: object) -> Hit:
    """That passage, found by both legs."""
    legs = {"bm25": RetrieverScore(rank=1, score=2.0), "vector": RetrieverScore(rank=1, score=0.5)}
    return Hit(passage=passage(text, id, **fields), score=score, legs=legs)


def evidence(quote: str, text: str = SOLAR, id: str = "1", **fields: object) -> Evidence:
    """Words of that passage."""
    start = text.index(quote)
    return Evidence(passage=passage(text, id, **fields), start=start, end=start + len(quote))


def asking(
    asked: str, english: str = "", *, normalised: str | None = None, **fields: object
) -> Question:
    """A question, in English as given."""
    given = {"asked": asked, "normalised": asked if normalised is None else normalised}
    return Question(**{**given, "english": english, **fields})


# Name of the file -> (title, pages).
PAPERS = {
    "solar.pdf": (
        "SOLAR 10.7B: Depth Up-Scaling",
        [
            "SOLAR has 48 layers. It was scaled up in depth from 32 layers of Mistral.",
            "SOLAR was tuned with instructions and with alignment data. It beats Mixtral.",
        ],
    ),
    "gemma.pdf": (
        "Gemma 2: Improving Open Models",
        ["Gemma was trained by distillation. The teacher is a large model with 27B parameters."],
    ),
    "attention.pdf": (
        "Attention Is All You Need",
        ["The Transformer uses attention alone. Recurrence and convolutions are dispensed with."],
    ),
}


def make_papers(folder: Path) -> Path:
    """Write PAPERS as PDFs."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (title, pages) in PAPERS.items():
        make_pdf(folder / name, *pages, title=title)
    return folder


def make_pdf(path: Path, *pages: str, title: str = "", password: str = "") -> Path:
    """Write a PDF with these texts, a page each; lines break where the text does."""
    import pymupdf

    with pymupdf.open() as document:
        for text in pages:
            page = document.new_page()
            for number, line in enumerate(text.split("\n")):
                page.insert_text((72, 90 + 14 * number), line, fontsize=10)
        document.set_metadata({"title": title})
        locked = {
            "encryption": pymupdf.PDF_ENCRYPT_AES_256,
            "owner_pw": password,
            "user_pw": password,
        }
        document.save(path, **(locked if password else {}))
    return path
