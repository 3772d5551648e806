"""Numbers in the words of a source: thirty-two, doubled and several million in English.

Korean's own (둘, 스물, 첫) count too, for a source may be Korean.
"""

import re
from decimal import Decimal

from language.numerals import HALF, NATIVE_ONES, NATIVE_TENS, TEN

ENGLISH_ONES = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
ENGLISH_TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
ENGLISH_SCALES = {
    "thousand": TEN**3,
    "million": TEN**6,
    "billion": TEN**9,
    "trillion": TEN**12,
}
# Other words of a value: orders and multiples.
OTHER_WORDS = {
    **dict.fromkeys("first once single".split(), 1),
    **dict.fromkeys("second both twice double doubles doubled doubling twofold".split(), 2),
    **dict.fromkeys("third thrice triple triples tripled tripling threefold".split(), 3),
    **dict.fromkeys("fourth quarter quadruple quadrupled fourfold".split(), 4),
    **dict.fromkeys("fifth fivefold".split(), 5),
    "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "tenfold": 10, "dozen": 12,
    "hundred": 100,
}  # fmt: skip
ENGLISH_WORDS = ENGLISH_ONES | ENGLISH_TENS | OTHER_WORDS
# What a source states with a word of its own; in Korean without a counter too.
WORDS = ENGLISH_WORDS | NATIVE_ONES | NATIVE_TENS | {"첫": 1}
WORD_RUN = re.compile(r"[A-Za-z]+|[가-힣]+")
NUMBER_WORD = rf"(?:{'|'.join([*ENGLISH_ONES, *ENGLISH_TENS, 'hundred', *ENGLISH_SCALES])})\b"
# Words of numbers in a row: two hundred and six, thirty-two, six trillion.
SCALE_BEHIND = "|".join(rf"(?<={scale})" for scale in ("hundred", *ENGLISH_SCALES))
ENGLISH_PHRASE = re.compile(
    rf"\b{NUMBER_WORD}(?:(?:[\s-]|(?:{SCALE_BEHIND})\s+and\s+){NUMBER_WORD})+", re.IGNORECASE
)
# 2x smaller is half as well.
ENGLISH_HALF = re.compile(
    r"\bhal(?:f|ves|ved|ving)\b|(?<![\d.])50(?:\.0+)?\s?(?:%|percent|per cent)|(?<![\d./])1/2(?![\d/])"
    r"|½|\bfactor of (?:2|two)\b|(?<![\d.])2\s?[x×](?!\s?\d)",
    re.IGNORECASE,
)
# Of whatever number of them: several million, hundreds of thousands.
ENGLISH_SEVERAL = re.compile(
    r"\b(?:(?P<plural>(?:ten|dozen|hundred|thousand|million|billion|trillion)s)"
    r"|(?:several|(?:a )?few|many|multiple|a couple of)\s+(?P<several>hundred|thousand|million|billion|trillion))"
    r"(?:\s+(?:of\s+)?(?P<of>thousand|million|billion|trillion)s?)?\b",
    re.IGNORECASE,
)
SEVERAL_SCALES = ENGLISH_SCALES | {"ten": TEN, "dozen": TEN, "hundred": TEN**2}


def find_values_in_words(text: str) -> set[Decimal]:
    """The values that a source states in words, one half among them where it has that."""
    words = (word.lower() for word in WORD_RUN.findall(text))
    single = {Decimal(WORDS[word]) for word in words if word in WORDS}
    phrases = {_read_english_value(match[0]) for match in ENGLISH_PHRASE.finditer(text)}
    return single | phrases | ({HALF} if ENGLISH_HALF.search(text) else set())


def find_english_magnitudes(text: str) -> set[int]:
    """The powers of ten that a text has several of: 6 for several million, 5 for 100,000s."""
    return {
        (
            SEVERAL_SCALES[(match["several"] or match["plural"].rstrip("sS")).lower()]
            * SEVERAL_SCALES.get((match["of"] or "").lower(), 1)
        ).adjusted()
        for match in ENGLISH_SEVERAL.finditer(text)
    }


def _read_english_value(phrase: str) -> Decimal:
    """Two hundred and six thousand is 206,000."""
    total = below = Decimal(0)
    for word in WORD_RUN.findall(phrase.lower()):
        if word == "hundred":
            below = (below or Decimal(1)) * 100
        elif word in ENGLISH_SCALES:
            total, below = total + (below or Decimal(1)) * ENGLISH_SCALES[word], Decimal(0)
        else:
            below += Decimal(ENGLISH_WORDS.get(word, 0))
    return total + below
