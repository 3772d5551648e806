"""Find 488 English passages by 450 Korean questions: `python -m benchmarks.belebele FOLDER [--no-model]`.

FOLDER holds Belebele's English passages (corpus_en.jsonl) and Korean questions over them
(queries_ko_dev.jsonl; Bandarkar et al. 2024). Each passage is indexed as a document of its own
into `build/belebele`, and is the evidence of its questions. Printed is what `munheon eval
--retrieval` says of them, translated by the chat model (a quarter of an hour with the embedded
one) or asked as they are.
"""

import json
import sys
from pathlib import Path
from typing import Any

from graph.settings import Settings
from indexing.run import index_paths
from ui.command.evaluating import evaluate_searches
from ui.command.figures import print_search_figures
from ui.command.progress import IndexDisplay

BUILD = Path("build/belebele")


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main(folder: Path, *, translates: bool) -> None:
    """Index the passages, ask all questions, print the figures."""
    texts = BUILD / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    passages = {row["id"]: row["text"] for row in rows(folder / "corpus_en.jsonl")}
    for id, text in passages.items():
        (texts / f"{id}.txt").write_text(text, "utf-8")
    settings = Settings(home=BUILD / "library")
    with IndexDisplay() as display:
        index_paths(settings, [texts], progress=display.show)
    questions = [
        {
            "question": row["question"],
            "document": f"{row['doc']}.txt",
            "pages": [1],
            "evidence": [passages[row["doc"]]],
        }
        for row in rows(folder / "queries_ko_dev.jsonl")
    ]
    print_search_figures(evaluate_searches(settings, questions, translates=translates))


if __name__ == "__main__":
    main(Path(sys.argv[1]), translates="--no-model" not in sys.argv)
