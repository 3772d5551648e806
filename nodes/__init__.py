"""One step of the graph a file: translate, rewrite, retrieve, grade, answer, fallback; and the prompts."""
