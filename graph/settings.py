"""What a user sets: MUNHEON_* environment variables, or the file .env."""

from io import StringIO
from pathlib import Path
from typing import Literal

from dotenv import load_dotenv
from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from retrieval.decoding import decode_text
from retrieval.errors import UnreadableFile, UserError


class Settings(BaseSettings):
    """Every setting has a default that works."""

    model_config = SettingsConfigDict(env_prefix="MUNHEON_", extra="ignore", env_ignore_empty=True)

    chat_model: str | None = None
    """openai:NAME, ollama:NAME, lmstudio:NAME, vllm:NAME, PROVIDER:NAME, embedded, or a GGUF file's path; unset: what is found."""

    embedding_model: str | None = None
    """openai:NAME, ollama:NAME, lmstudio:NAME, vllm:NAME or embedded; unset: what is found."""

    home: Path = Path("data")
    """The library's folder."""

    chroma_url: str | None = None
    """A `chroma run` server for the vectors, in place of files in `home`."""

    timeout: float = Field(default=60, gt=0)
    """Seconds to wait for a model server."""

    profile: Literal["auto", "strong", "small"] = "auto"
    """How the chat model is asked; auto: as is known of it, or as a trial shows."""

    context_tokens: int | None = Field(default=None, ge=1_000)
    """How many tokens the chat model can read; unset: what is known of the model."""

    contextual_parallel: int = Field(default=16, ge=1)
    """How many headers are written at once; the embedded model writes one."""

    prices: dict[str, tuple[float, float, float]] = {}
    """USD a million tokens (input, cached input, output) by model name, beside those known."""

    consent_usd: float = Field(default=1.0, ge=0)
    """Indexing that costs more asks first."""

    budget_usd: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    """What all calls of one day may cost together; unset: as much as one likes."""

    fetch_mb: float = Field(default=100, gt=0, allow_inf_nan=False)
    """How large a PDF may be that is fetched from an address, in megabytes."""

    upload_mb: float = Field(default=200, gt=0, allow_inf_nan=False)
    """How large a file may be that is put into the chat, in megabytes."""

    starters: Literal["auto", "code", "model"] = "auto"
    """Who writes the questions to begin with; auto: beside code a model that costs nothing, on a server."""

    auth: Literal["local", "password"] = "local"
    """Who may use the chat: the person at this machine, or those who sign in."""

    hosts: str = ""
    """Names under which the chat is reached beside this machine's own, separated by commas."""

    session_hours: float = Field(default=168, gt=0, allow_inf_nan=False)
    """How long one stays signed in to the chat."""

    oauth_domains: str = ""
    """Mail domains, separated by commas, that are let in by an OAuth provider; unset: all."""

    pdf_password: SecretStr = SecretStr("")
    """Opens encrypted PDFs while they are indexed; stored nowhere."""

    @field_validator("home")
    @classmethod
    def _expand_home(cls, home: Path) -> Path:
        return home.expanduser()


class InvalidSettings(UserError):
    """Settings that make no sense."""

    def __init__(self, *variables: str) -> None:
        self.variables = variables
        super().__init__("settings.invalid", names=", ".join(variables))


def load_settings() -> Settings:
    """The settings in force; UserError names those that make no sense."""
    load_dotenv_file()
    return read_settings()


def load_dotenv_file() -> None:
    """Put what .env sets into the environment; UserError where it cannot be read."""
    try:
        # OPENAI_API_KEY too: the clients read it there.
        load_dotenv(stream=StringIO(_read_dotenv(Path(".env"))))
    except (UnreadableFile, OSError) as error:
        raise UserError("settings.unreadable") from error


def read_settings() -> Settings:
    """The settings of the environment; InvalidSettings names those that make no sense."""
    try:
        return Settings()
    except ValidationError as error:
        names = (f"MUNHEON_{str(fault['loc'][0]).upper()}" for fault in error.errors())
        raise InvalidSettings(*dict.fromkeys(names)) from error
    except SettingsError as error:  # what is no JSON
        raise InvalidSettings("MUNHEON_PRICES") from error


def _read_dotenv(path: Path) -> str:
    """What .env says; UserError names its first line that says nothing, which would be passed over."""
    if not path.is_file():
        return ""
    text = decode_text(path.read_bytes())
    for line in parse_stream(StringIO(text)):
        if line.error:
            raise UserError("settings.wrong_line", number=line.original.line)
    return text
