"""The steps of the graph, a file each: translate, rewrite, retrieve, grade, answer, fallback.

Beside them stands what they share: the question, the state, excerpts, prompts, refusals, and the
profile of a model, of which `strong/` and `small/` are two.
"""
