"""Thinking is taken out of replies, however they come in pieces; what is said stays whole."""

import pytest

from models.chat.thinking import MARKS, ThinkingFilter, remove_thinking

SAID = "SOLAR는 층이 48개입니다 [1].\n\n- 둘째 줄"
# A reply, what it says, what was thought, and whether its thinking has no beginning.
REPLIES = {
    "none": (SAID, SAID, "", False),
    **{
        open_: (f"{open_}\nHm.\n{close}\n\n{SAID}", SAID, "Hm.", False) for open_, close in MARKS
    },
    "blanks before": (f"\n <think>Hm.</think>{SAID}", SAID, "Hm.", False),
    "empty": (f"<think>\n\n</think>\n\n{SAID}", SAID, "", False),
    "twice": (f"<think>Hm.</think>\n<think>Well.</think>{SAID}", SAID, "Hm.Well.", False),
    "another mark within": (f"<think>a </thought> b</think>{SAID}", SAID, "a </thought> b", False),
    "never ended": ("<think>Hm. 48", "", "Hm. 48", False),
    "an end alone": (f"Hm. 48.\n</think>\n\n{SAID}", SAID, "Hm. 48.", True),
    "an end alone behind words": (f"Hm. 48.</think>\n{SAID}", SAID, "Hm. 48.", True),
    "an end alone, then words": (f"Hm. 48.\n</think>{SAID}", SAID, "Hm. 48.", True),
    "an end at first": (f"</think>{SAID}", SAID, "", True),
    "nothing behind an end": ("Hm.\n</think>", "", "Hm.", True),
    "quoted": ("R1은 <think>와 </think>를 씁니다.", "R1은 <think>와 </think>를 씁니다.", "", False),
    "quoted alone": ("끝은 </think>입니다.", "끝은 </think>입니다.", "", False),
    "quoted at the end": ("끝은 </think>", "끝은 </think>", "", False),
    "quoted on lines": (
        "형식:\n<think>\n생각\n</think>\n답",
        "형식:\n<think>\n생각\n</think>\n답",
        "",
        False,
    ),
    "quoted behind thinking": (
        "<think>Hm.</think>R1은 </think>를 씁니다.",
        "R1은 </think>를 씁니다.",
        "Hm.",
        False,
    ),
    "no mark": ("1 < 2, [T5] <b>, ◁", "1 < 2, [T5] <b>, ◁", "", False),
    "half a mark": ("<thi", "<thi", "", False),
}  # fmt: skip
CASES = pytest.mark.parametrize(
    ("reply", "said", "thought", "is_unopened"), REPLIES.values(), ids=REPLIES
)


def filter_pieces(*pieces: str, thinks_unopened: bool = False) -> tuple[str, ThinkingFilter]:
    taken = ThinkingFilter(thinks_unopened=thinks_unopened)
    said = "".join([taken.add_words(piece) for piece in pieces])
    return said + taken.finish(), taken


@CASES
def test_a_whole_reply_is_taken_apart(reply: str, said: str, thought: str, is_unopened: bool):
    taken = remove_thinking(reply)

    assert (taken.said, taken.thought, taken.is_unopened) == (said, thought, is_unopened)


@pytest.mark.parametrize("expected", [False, True], ids=["unexpected", "expected"])
@CASES
def test_it_is_the_same_in_whatever_pieces(
    reply: str, said: str, thought: str, is_unopened: bool, expected: bool
):
    whole, taken = filter_pieces(reply, thinks_unopened=expected)

    splits = [
        filter_pieces(reply[:at], reply[at:], thinks_unopened=expected) for at in range(len(reply))
    ]
    letters = filter_pieces(*reply, thinks_unopened=expected)

    for words, other in (*splits, letters):
        assert other.is_unopened == taken.is_unopened
        if not taken.is_unopened:  # else some words were said before that was seen
            assert words == whole
            assert other.thought.strip() == taken.thought.strip()


@CASES
def test_where_an_end_alone_is_expected_no_thinking_is_said(
    reply: str, said: str, thought: str, is_unopened: bool
):
    words, taken = filter_pieces(*reply, thinks_unopened=True)

    assert words.strip() == said
    assert taken.thought.strip() == thought
    assert not taken.is_unopened


def test_words_are_said_as_they_come():
    taken = ThinkingFilter()

    assert taken.add_words("<think>Hm.</th") == ""
    assert taken.add_words("ink>\n\nSOLAR") == "SOLAR"
    assert taken.add_words(" has <") == " has "
    assert taken.add_words("48") == "<48"


def test_words_wait_where_an_end_alone_is_expected():
    taken = ThinkingFilter(thinks_unopened=True)

    assert taken.add_words("Hm. 48.") == ""
    assert taken.add_words("\n</think>\nSOLAR") == "SOLAR"


def test_a_late_end_without_a_beginning_is_noticed():
    taken = ThinkingFilter()

    assert taken.add_words("Hm. 48.\n") == "Hm. 48.\n"
    taken.add_words("</think>\n")

    assert taken.is_unopened


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("층은 48개입니다 [1].<|im_end|>\n<|im_start|>user", "층은 48개입니다 [1]."),
        ("층은 48개입니다.<end_of_turn>", "층은 48개입니다."),
        (
            "<|channel|>analysis<|message|>Look.<|end|><|start|>assistant"
            "<|channel|>final<|message|>층은 48개입니다.<|return|>",
            "층은 48개입니다.",
        ),
        ("틀은 `<|im_end|>`로 끝납니다.", "틀은 `<|im_end|>`로 끝납니다."),
        ("<think>Okay, the user asks", ""),
    ],
)
def test_signs_of_chat_templates_end_a_reply(reply: str, said: str):
    assert remove_thinking(reply).said == said
    taken = ThinkingFilter()
    pieces = [taken.add_words(letter) for letter in reply]
    assert "".join([*pieces, taken.finish()]).strip() == said
