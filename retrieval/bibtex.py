"""Papers as entries of BibTeX: what is known of each, and nothing else."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from language.authors import is_institution
from retrieval.sources import WebAddress
from retrieval.store.documents import Document

ESCAPED = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",  # BibTeX counts braces, escaped or not
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
# Letters that no accent parts from their ASCII forms.
PLAIN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "đ": "d", "ı": "i", "æ": "ae"}
)
ARTICLES = frozenset("a an the on of for in to and with towards toward from by is are".split())
# Signs that would end an address or its field.
UNSAFE_IN_URL = {sign: f"%{ord(sign):02X}" for sign in "{}\\^ "}


def write_bibtex(documents: Sequence[Document], among: Sequence[Document] = ()) -> str:
    """The entries of documents; `among`: the whole library, in which each key is the only one."""
    keys = assign_keys([*among, *(one for one in documents if one not in among)])
    return "\n\n".join(_write_entry(one, keys[one.id]) for one in documents)


def assign_keys(documents: Sequence[Document]) -> Mapping[int, str]:
    """A key for each document, by its id: vaswani2017attention; of several alike, the older first."""
    used: Counter[str] = Counter()
    keys = {}
    for one in sorted(documents, key=lambda one: (one.added or "", one.sha256, one.id)):
        stem = _write_stem(one)
        keys[one.id] = stem + _count_in_letters(used[stem])
        used[stem] += 1
    return keys


def escape_latex(text: str) -> str:
    """Words as LaTeX sets them to the letter, on one line."""
    return "".join(ESCAPED.get(letter, letter) for letter in " ".join(text.split()))


def _write_entry(document: Document, key: str) -> str:
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _list_fields(document))
    return f"@misc{{{key},\n{fields}\n}}"


def _list_fields(document: Document) -> Iterator[tuple[str, str]]:
    """The fields that are known, as they stand between braces."""
    # Braces of its own keep the capitals of a title in every style.
    yield "title", f"{{{escape_latex(document.shown_title)}}}"
    if document.authors:
        yield "author", " and ".join(map(_write_author, document.authors))
    if document.year:
        yield "year", str(document.year)
    source = document.origin
    if document.arxiv:
        yield "eprint", document.arxiv
        yield "archivePrefix", "arXiv"
        yield "url", f"https://arxiv.org/abs/{document.arxiv}"
    elif isinstance(source, WebAddress):
        yield "url", "".join(UNSAFE_IN_URL.get(letter, letter) for letter in source.url)


def _write_author(name: str) -> str:
    """A name; that of a team in braces, for it has no surname."""
    is_whole = is_institution(name) or " and " in name
    return f"{{{escape_latex(name)}}}" if is_whole else escape_latex(name)


def _write_stem(document: Document) -> str:
    """Surname, year and first telling word; the content's digest where none has letters of ASCII."""
    first = document.authors[0] if document.authors else ""
    name = _plain_letters(first if is_institution(first) else first.rpartition(" ")[2])
    words = filter(None, map(_plain_letters, re.split(r"[\s:–—-]+", document.title)))
    word = next((word for word in words if word not in ARTICLES), "")
    stem = f"{name}{document.year or ''}{word}"
    return stem if name or word else f"{stem}document{document.sha256[:8]}"


def _plain_letters(text: str) -> str:
    """The letters and figures of ASCII in a text, small."""
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN)).lower()
    return re.sub(r"[^a-z0-9]", "", plain)


def _count_in_letters(number: int) -> str:
    """What tells the n-th of several keys apart: nothing, b, c … z, ba."""
    letters = ""
    while number:
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
