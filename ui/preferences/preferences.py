"""What a reader can choose in the chat, each within its limits."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.settings import Settings
from language.catalogue import Language
from nodes.profile import AnswerLength, Strictness
from nodes.state import RunOptions
from retrieval.errors import UserError
from ui.papers.scope import Scope

DEFAULTS = RunOptions()
MAX_PASSAGES, MAX_SEARCHES = 30, 5

LanguageChoice = Literal["auto"] | Language
"""auto: the browser's."""


class WrongPreferences(UserError):
    """A page has sent what no form of ours offers."""

    def __init__(self) -> None:
        super().__init__("preferences.wrong")


class Preferences(BaseModel):
    """What one reader has chosen; every field has a default."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    model: str | None = None
    """As MUNHEON_CHAT_MODEL names it; None: the one that the server's settings lead to."""

    passages: int = Field(default=DEFAULTS.passages, ge=1, le=MAX_PASSAGES)
    """How many passages a search returns."""

    bm25_weight: float = Field(default=DEFAULTS.bm25_weight, ge=0, le=1)
    """How much words count in a search; the rest is the meaning's."""

    searches: int = Field(default=DEFAULTS.searches, ge=1, le=MAX_SEARCHES)
    """How often a question is searched for before giving up."""

    length: AnswerLength = DEFAULTS.length
    """How much an answer tells."""

    strictness: Strictness = DEFAULTS.strictness
    """What becomes of an answer that the papers do not confirm as a whole."""

    steps: Literal["folded", "open"] = "folded"
    """Whether the steps of an answer are shown at once."""

    language: LanguageChoice = "auto"
    """In which language the page speaks."""

    scope: Scope = Scope()
    """Which papers are asked."""

    @property
    def options(self) -> RunOptions:
        """What a run of the graph does differently."""
        return RunOptions(
            passages=self.passages,
            bm25_weight=self.bm25_weight,
            searches=self.searches,
            length=self.length,
            strictness=self.strictness,
        )

    @property
    def changed(self) -> dict[str, object]:
        """The fields that differ from their defaults."""
        return self.model_dump(exclude_defaults=True, mode="json")

    @classmethod
    def restore(cls, kept: Mapping[str, object]) -> Self:
        """Those that were kept, as far as they are still within their limits."""
        try:
            return cls.model_validate(kept)
        except ValidationError as error:
            wrong = {fault["loc"][0] for fault in error.errors()}
            return cls.model_validate({name: kept[name] for name in kept if name not in wrong})

    @classmethod
    def accept(cls, given: object) -> Self:
        """Those that a page has sent; WrongPreferences where one is outside of its limits."""
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise WrongPreferences from error


def apply_model(settings: Settings, model: str | None) -> Settings:
    """The settings with a reader's model; what they say of how their own is treated is not said of it."""
    if model is None:
        return settings
    own = {"chat_model": model, "profile": "auto", "context_tokens": None}
    return settings.model_copy(update=own)
