"""What each leg of the search is asked, by language."""

from collections.abc import Sequence

from language.loanwords import Loanwords
from language.terms import is_korean


def choose_lexical_queries(asked: str, english: Sequence[str]) -> list[str]:
    """What BM25 is asked: the English queries, and a Korean question for Korean passages."""
    return [*([asked] if is_korean(asked) else []), *english]


def choose_semantic_queries(
    asked: str, english: Sequence[str], *, translations: int = 1
) -> list[str]:
    """What the vectors are asked, of which they take the mean.

    `translations`: how many of the English are translations of the question. Its own words count
    as much as all of them: of a small model's mistakes two are hardly better than one.
    """
    return [*[asked] * translations, *(query for query in english if query != asked)]


def split_by_language(queries: Sequence[str], loanwords: Loanwords) -> dict[str, list[str]]:
    """The queries that each language's passages are asked: their own, else all.

    English passages are asked as well for the words and terms that Hangul stands for:
    translations of a small model lose many.
    """
    korean = [query for query in queries if is_korean(query)]
    english = [query for query in queries if query not in korean]
    asked = " ".join(korean)
    termed = loanwords.glossary.put_in_english(asked)
    heard = " ".join([*loanwords.glossary.list_english(asked), *loanwords.list_english(termed)])
    return {"en": [*(english or korean), *filter(None, [heard])], "ko": korean or english}
