"""A fake server whose model is good at what it is asked, the tasks of a trial among it."""

import re

from graph.trial.tasks import FIRST_CODE, LAST_CODE
from nodes.fallback import INSUFFICIENT
from tests.fake_openai import Asked, FakeOpenAI

ANSWER = "SOLAR는 층이 48개입니다 [1]."
LAYERS = re.compile(r"^(\d+)\. .*\b48 layers", re.MULTILINE)
# What it answers where these words are asked or given, else ANSWER.
ANSWERS = {
    "from excerpts of them": "SOLAR has 48 layers.",
    "SOLAR 10.7B의 학습에는 며칠": INSUFFICIENT,
    "GSM8K 점수": "Harrow 3B의 GSM8K 점수는 47.9입니다 [2].",
    "two codes": f"{FIRST_CODE}, {LAST_CODE}",
    "MARBLE": "MARBLE",
    "Count from one": "One two three four.",
}


class AbleServer(FakeOpenAI):
    """Names the sentences that tell of 48 layers, and refuses what the evidence does not say."""

    def __init__(self) -> None:
        super().__init__()
        self.replies["translate"] = "How many layers does SOLAR 10.7B have?"

    def reply(self, asked: Asked) -> str:
        if asked.task == "grade":
            numbers = ", ".join(LAYERS.findall(asked.text))
            return f'{{"sentences": [{numbers}]}}'
        if asked.task in ("answer", "trial"):
            return next((said for words, said in ANSWERS.items() if words in asked.text), ANSWER)
        return super().reply(asked)
