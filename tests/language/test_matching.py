"""What a label and a question have in common."""

import pytest

from language.matching import find_asked_terms, match_label

ABBREVIATIONS = {"WQ": "WebQuestions"}


@pytest.mark.parametrize(
    ("label", "question", "asked", "others"),
    [
        ("Num KV heads", "How many KV heads?", {"kv", "head"}, {"num"}),
        ("# Layers", "How many layers?", {"layer"}, {"number"}),
        ("Training tokens", "What tokenizer does it use?", set(), {"train", "token"}),
        ("Tokenizer", "Which tokenizers are used?", {"tokenizer"}, set()),
        ("Params.", "How many parameters?", {"parameter"}, set()),
        ("w/o safety", "What is it without safety?", {"safeti", "without"}, set()),
        ("Average ↑", "What is the average?", {"averag"}, set()),
        ("WQ", "What is the WebQuestions score?", {"webquest"}, set()),
        ("ko", "What is the Korean score?", {"korean"}, set()),
        ("ko", "What is the German score?", set(), {"ko"}),
        ("Qwen 2 7B", "What does Qwen2-7B have?", {"qwen2", "7b"}, set()),
        ("tri-grams", "How many trigrams?", {"trigram"}, set()),
        ("MMLU (5-Shot) [HBK+21]", "What is the MMLU score?", {"mmlu"}, set()),
        ("MMLU (5-Shot)", "What is the 5-shot MMLU score?", {"mmlu", "5", "shot"}, set()),
        ("Non-embedding", "How large is the embedding?", {"embed"}, {"non"}),
    ],
)
def test_a_label_names_what_is_asked(label: str, question: str, asked: set[str], others: set[str]):
    match = match_label(label, find_asked_terms("", question), ABBREVIATIONS)

    assert match.asked == asked
    assert match.others == others
