"""What a model reads before it writes headers: the paper whole, or what stands for it."""

from language.tokens import count_tokens
from retrieval.ingest.readings import (
    HEADER_TOKENS,
    INSTRUCTION_TOKENS,
    RESERVED_TOKENS,
    SECTION_TOKENS,
    estimate_header_cost,
    join_passages,
    plan_readings,
)
from tests.samples import passage

WIDE = 128_000
WORDS = "Abstract. We scale SOLAR up in depth and find that it works. " + "More of it. " * 300


def paper(*texts: str, headers: str = ""):
    """Passages of one paper, under headers of a letter each."""
    return [
        passage(text, str(number), header=headers[number : number + 1] or "Title")
        for number, text in enumerate(texts)
    ]


class TestJoined:
    def test_what_passages_share_stands_once(self):
        assert (
            join_passages(paper("One. Two.", "Two. Three.", "Four.")) == "One. Two. Three.\nFour."
        )

    def test_a_passage_inside_the_one_before_adds_nothing(self):
        assert join_passages(paper("One. Two.", "Two.")) == "One. Two."


class TestReadings:
    def test_a_paper_that_fits_is_read_whole_for_all_its_passages(self):
        passages = paper("One.", "Two.", "Three.")

        [reading] = plan_readings(passages, window=WIDE)

        assert reading.text == "One.\nTwo.\nThree."
        assert reading.passages == passages

    def test_room_is_kept_for_passage_and_reply(self):
        passages = paper("One.", "Two.")
        whole = count_tokens(join_passages(passages)) + RESERVED_TOKENS

        assert len(plan_readings(passages, window=whole)) == 1
        assert plan_readings(passages, window=whole - 1)[0].text != join_passages(passages)

    def test_past_the_window_the_abstract_and_the_section_are_read(self):
        passages = paper(WORDS, "We tune.", "We tune more.", "We test.", headers="abbc")

        first, second, third = plan_readings(passages, window=RESERVED_TOKENS)

        assert [len(reading.passages) for reading in (first, second, third)] == [1, 2, 1]
        assert second.text.startswith("Abstract. We scale SOLAR up in depth")
        assert second.text.endswith("\n...\nWe tune.\nWe tune more.")
        assert "We test" not in second.text
        assert "We tune" not in third.text

    def test_a_section_that_never_ends_is_read_in_parts(self):
        long = "More of it. " * (SECTION_TOKENS // 10)
        passages = paper(*[f"{number}. {long}" for number in range(4)])

        parts = plan_readings(passages, window=RESERVED_TOKENS)

        assert [one.id for part in parts for one in part.passages] == ["0", "1", "2", "3"]
        assert all(count_tokens(part.text) < 1.5 * SECTION_TOKENS for part in parts)
        assert len(parts) == 2

    def test_a_paper_without_an_abstract_is_told_by_its_beginning(self):
        [reading, _] = plan_readings(paper("We begin here.", "Then.", headers="ab"), window=0)

        assert reading.text.startswith("We begin here.")


class TestCost:
    def test_each_passage_is_a_call_and_the_paper_is_read_fresh_once(self):
        passages = paper("One.", "Two.", "Three.")

        cost = estimate_header_cost([passages], window=WIDE)

        assert (cost.calls, cost.output_tokens) == (3, 3 * HEADER_TOKENS)
        read = count_tokens(join_passages(passages))
        assert cost.cached_tokens == 2 * read
        own = sum(count_tokens(one.text) + INSTRUCTION_TOKENS for one in passages)
        assert cost.input_tokens == 3 * read + own

    def test_no_papers_cost_nothing(self):
        assert estimate_header_cost([], window=WIDE).calls == 0
        assert estimate_header_cost([[]], window=WIDE).calls == 0  # one that is all references
