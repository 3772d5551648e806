"""The rules of the answering path for a small model, in the order in which a question meets them."""

from benchmarks.rules.citing import CITATIONS
from benchmarks.rules.reading import EVIDENCE, EXCERPTS
from benchmarks.rules.refusing import REFUSALS
from benchmarks.rules.rendering import ANSWERS
from benchmarks.rules.understanding import QUESTIONS

RULES = (*QUESTIONS, *EVIDENCE, *EXCERPTS, *ANSWERS, *REFUSALS, *CITATIONS)
