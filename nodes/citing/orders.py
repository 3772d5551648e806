"""Orders that a paper gives to whoever reads it, left out of what a model is shown.

They speak to the reader's model, in the imperative or as you; papers on alignment speak about
models that ignore instructions, and are left alone.
"""

import re

ADVERBS = r"(?:(?:please|now|always|instead|simply|just|then|also)\s+)*"
# An order begins a clause, or says who has to obey it.
ORDER_BEGINS = (
    r"(?:(?:^|[.!?:;\n\t\"“‘'(\[—]|,)\s*|\b(?:and|but)\s+(?=\w+\s+(?:all|any|your|every)\b)"
    r"|\b(?:you|AIs?|assistants?|chatbots?|LLMs?)\s+(?:must|should|shall|have to|will)\s+)"
    + ADVERBS
)
# "Models follow, ignore or forget the instructions" is a list of what they do.
NO_LIST = r"\b(?!\s*,|\s+(?:and|or)\b)"
ORDER = re.compile(
    rf"{ORDER_BEGINS}(?:ignore|disregard|forget|override){NO_LIST}.{{0,60}}\b(?:instructions?|prompts?|rules|context)\b"
    rf"|{ORDER_BEGINS}(?:answer|reply|respond){NO_LIST}.{{0,20}}\bonly with\b"
    r"|\b(?:whatever|whenever|if) (?:the|a) (?:user|reader) asks?\b"
    rf"|{ORDER_BEGINS}(?:begin|start|end|finish){NO_LIST}.{{0,20}}\b(?:every|each|all|your) (?:answers?|repl(?:y|ies)|responses?)\b"
    r"|^\s*system\s*:"
    r"|(?:지시|명령|프롬프트)(?:사항)?[을를은는]?.{0,20}무시(?:하고|하세요|하십시오|하라|해|할 것)"
    r"|(?:라고|로)만 (?:답하|답해|답변하|답변해|대답하|대답해|응답하|응답해)(?:세요|십시오|라|야|시오|\b)",
    re.IGNORECASE | re.DOTALL,
)


def is_order(sentence: str) -> bool:
    """Whether a sentence tells whoever answers what to say or to ignore."""
    return bool(ORDER.search(sentence))
