"""Faults of sentences in a stream, and the rows of its tables."""

from nodes.citing.attribution import Attribution
from nodes.citing.checks import UNVERIFIED, SentenceCheck
from nodes.citing.stream import QUOTES, CitationStream
from tests.fakes import FakeEmbeddings
from tests.nodes.citing.citing import DEPTH, EVIDENCE, LAYERS, TABLE, cited


class TestTables:
    async def test_the_marks_of_a_row_stand_in_its_last_cell(self):
        text, citations = await cited(TABLE)

        assert text.split("\n")[2:] == [
            "| 모델 | 층 |",
            "|---|---|",
            "| SOLAR | 48 [1] |",
            "| 이전 모델 | 32 [2] |",
        ]
        assert citations == [LAYERS, DEPTH]

    async def test_what_follows_a_table_is_no_part_of_it(self):
        text, _ = await cited(f"{TABLE}\n\n층은 48개입니다.\n\n{TABLE}")

        assert "\n\n층은 48개입니다. [1]\n\n" in text
        assert text.count("| 모델 | 층 |\n") == 2


class TestFaults:
    async def faults(self, text: str) -> tuple[str, str, list[str]]:
        """What is shown while it is written and in the end, and what is wrong with it."""
        attribution = Attribution(EVIDENCE, FakeEmbeddings())
        stream = CitationStream(attribution, SentenceCheck(), numbered=EVIDENCE)
        shown = await stream.add_words(text) + await stream.finish_text()
        return shown.strip(), stream.settle_text().text, [fault.reason for fault in stream.faults]

    async def test_a_sentence_that_no_source_bears_gives_way_to_a_quote_in_the_end(self):
        shown, settled, reasons = await self.faults("깊이를 늘렸습니다 [2]. 층은 50개입니다 [1].")

        assert shown == "깊이를 늘렸습니다 [1]. 층은 50개입니다 [2]."
        assert settled == f"깊이를 늘렸습니다 [1]. {QUOTES['Korean'].format(LAYERS.quote)} [2]"
        assert reasons == ["50 does not stand in the evidence"]

    async def test_a_sentence_that_turns_its_source_gives_way_to_a_quote_too(self):
        _, settled, reasons = await self.faults("SOLAR는 층이 48개가 아닙니다 [1].")

        assert settled == f"{QUOTES['Korean'].format(LAYERS.quote)} [1]"
        assert reasons == ["the evidence says the opposite"]

    async def test_a_sentence_that_is_no_korean_gives_way_too(self):
        _, settled, _ = await self.faults("The model has many layers, which makes it deep [1].")

        assert settled == f"{QUOTES['Korean'].format(LAYERS.quote)} [1]"

    async def test_the_sentences_that_gave_way_are_noted_with_what_was_wrong(self):
        attribution = Attribution(EVIDENCE, FakeEmbeddings())
        stream = CitationStream(attribution, SentenceCheck(), numbered=EVIDENCE)
        await stream.add_words("깊이를 늘렸습니다 [2]. 층은 50개입니다 [1].")
        await stream.finish_text()

        [replaced] = stream.settle_text().replaced
        stream.quotes_only = True
        first, second = stream.settle_text().replaced

        assert (replaced.sentence, replaced.faults) == ("층은 50개입니다.", [UNVERIFIED])
        assert (first.sentence, first.faults) == ("깊이를 늘렸습니다.", [])
        assert second == replaced

    async def test_a_source_is_quoted_once(self):
        _, settled, _ = await self.faults("층은 50개입니다 [1]. 층은 60개입니다 [1].")

        assert settled == f"{QUOTES['Korean'].format(LAYERS.quote)} [1]"

    async def test_marks_are_numbered_anew_where_a_sentence_is_gone(self):
        _, settled, _ = await self.faults("층은 50개입니다 [2]. 깊이를 늘렸습니다 [3].")

        assert settled == f"{QUOTES['Korean'].format(LAYERS.quote)} [1] 깊이를 늘렸습니다 [2]."

    async def test_a_row_that_no_source_bears_gives_way_to_a_quote_below_its_table(self):
        table = "| 모델 | 층 |\n|---|---|\n| 이전 모델 | 32 [2] |\n| SOLAR | 50 [1] |"

        _, settled, _ = await self.faults(f"{table}\n")

        assert settled == (
            "| 모델 | 층 |\n|---|---|\n| 이전 모델 | 32 [1] |\n\n"
            + QUOTES["Korean"].format(LAYERS.quote)
            + " [2]"
        )

    async def test_what_the_papers_leave_out_needs_no_source(self):
        text = "학습 비용 300만 달러 여부는 논문에 나와 있지 않습니다."

        _, labelled, _ = await self.faults(text)

        assert labelled.startswith(text)
        assert "[1]" not in labelled
