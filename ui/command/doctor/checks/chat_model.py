"""Checks of the chat model: which it is, and whether it answers."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from graph.settings import Settings
from graph.spending import open_meter
from language.catalogue import write_text
from models.chat.open import open_chat, open_memory
from models.connect.addresses import has_openai_key, hide_secrets
from models.connect.choose import Choice, choose_chat, find_address
from models.embedded.gguf import is_unpacked
from models.embedded.server import is_gguf
from models.errors import NoModel
from models.explain import explain_fault
from models.faults import MODEL_FAULTS
from ui.command.doctor.finding import Finding, Subject, find_fault

CALL = "Reply with one word: OK"
# Less than a check may take: what is slow is told by name.
CALL_SECONDS = 7.0
RUNTIME = "import xllamacpp"


def check_chat_model(subject: Subject) -> Iterator[Finding]:
    """Which chat model is taken and why, and whether it is there and answers."""
    choice = choose_chat(subject.settings.chat_model)
    told = describe_chat(choice, subject.settings)
    if choice.runs_here:
        yield _check_file(choice, told)
        yield from _check_runtime()
    elif subject.is_offline:
        yield Finding("ok", write_text("doctor.not_asked", told=told))
    else:
        yield _ask_model(choice, subject.settings, told)


def describe_chat(choice: Choice, settings: Settings) -> str:
    """A model, why it was taken, where it is, and what is known of it."""
    known = open_memory(choice, settings.home).known
    parts = [
        describe_choice(choice, is_set=bool(settings.chat_model)),
        known.profile or write_text("doctor.profile_unknown"),
        write_text("doctor.window", tokens=f"{known.window:,}") if known.window else "",
        known.structure if known.is_measured else "",
    ]
    return ", ".join(filter(None, parts))


def describe_choice(choice: Choice, *, is_set: bool) -> str:
    """A model by name, why it was taken, its server and whether there is a key for it."""
    parts = [
        str(choice),
        write_text("doctor.chosen_by_setting") if is_set else "",
        write_text("doctor.chosen_because", reason=choice.reason) if choice.reason else "",
        hide_secrets(find_address(choice) or "") if choice.speaks_openai else "",
        _describe_key(choice),
    ]
    return ", ".join(filter(None, parts))


def _describe_key(choice: Choice) -> str:
    """Whether there is a key for a model of the server that the environment names; never the key."""
    if choice.kind != "openai" or choice.found_at:
        return ""
    return write_text("doctor.key_set") if has_openai_key() else write_text("doctor.key_unset")


def _ask_model(choice: Choice, settings: Settings, told: str) -> Finding:
    """How the model takes one short call."""
    started = time.monotonic()
    try:
        model = open_chat(
            choice, timeout=settings.timeout, meter=open_meter(settings, choice)
        )  # nothing is kept of what it learns: a doctor changes nothing
        asyncio.run(asyncio.wait_for(model.ainvoke(CALL), CALL_SECONDS))
    except TimeoutError:
        slow = write_text("doctor.no_reply", seconds=f"{CALL_SECONDS:g}")
        return Finding("warning", f"{told}: {slow}", write_text("doctor.no_reply_remedy"))
    except MODEL_FAULTS as fault:
        found = find_fault(explain_fault(fault))
        return Finding("error", f"{told}: {found.detail}", found.remedy)
    took = write_text("doctor.replied", seconds=f"{time.monotonic() - started:.1f}")
    return Finding("ok", f"{told}; {took}")


def _check_file(choice: Choice, told: str) -> Finding:
    """Whether the file of a model that runs here is there."""
    if choice.kind == "embedded":
        state = "doctor.unpacked" if is_unpacked() else "doctor.not_unpacked"
        return Finding("ok", f"{told}; {write_text(state)}")
    path = Path(choice.name)
    if path.is_file() and is_gguf(path):
        return Finding("ok", told)
    wrong = write_text("doctor.gguf_wrong")
    return Finding("error", f"{told}: {wrong}", write_text("doctor.gguf_remedy"))


def _check_runtime() -> Iterator[Finding]:
    """Whether what runs the model starts on this processor, in a process that may die of it."""
    done = subprocess.run(
        [sys.executable, "-c", RUNTIME], capture_output=True, timeout=CALL_SECONDS, text=True
    )
    if done.returncode > 0:
        raise NoModel
    if done.returncode < 0:
        died = write_text("doctor.runtime_died", signal=-done.returncode)
        yield Finding("error", died, write_text("doctor.runtime_remedy"))
