"""Which document of a library is meant by what a person calls it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from retrieval.errors import UserError
from retrieval.file_names import show_text, simplify_name
from retrieval.store.contents import Document


class NoSuchDocument(UserError):
    """No document is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"다음 문서가 없습니다: {show_text(name)}. `munheon documents`로 번호와 이름을 확인하세요. (No such document.)"
        )


class SeveralDocuments(UserError):
    """Several documents are called so."""

    def __init__(self, name: str, found: Sequence[Document]) -> None:
        self.found = found
        ids = ", ".join(str(document.id) for document in found)
        super().__init__(
            f"'{show_text(name)}'에 맞는 문서가 {len(found)}개입니다(번호 {ids}). 이름 대신 번호를 주세요. "
            f"({len(found)} documents fit: give one's number.)"
        )


def find_document(listed: Sequence[Document], name: str) -> Document:
    """The one document of this id, path, file name or title, or of this part of its name or title.

    NoSuchDocument where there is none, SeveralDocuments where it is not clear which is meant.
    """
    wanted = simplify_name(name)
    folded = wanted.casefold()
    path = simplify_name(str(Path(name).absolute()))
    ways: tuple[Callable[[Document], bool], ...] = (
        lambda one: str(one.id) == wanted,
        lambda one: simplify_name(one.source) == path,
        lambda one: simplify_name(one.name) == wanted,
        lambda one: simplify_name(one.shown_title).casefold() == folded,
        lambda one: folded in simplify_name(f"{one.name} {one.shown_title}").casefold(),
    )
    for fits in ways if wanted else ():
        found = [document for document in listed if fits(document)]
        if len(found) > 1:
            raise SeveralDocuments(name, found)
        if found:
            return found[0]
    raise NoSuchDocument(name)
