"""The steps of a question as the chat shows them: one line, which unfolds into each from start to end."""

from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

import chainlit as cl
from chainlit.step import StepDict

from graph.run import Finished, Run, Started
from language.catalogue import write_text
from ui.conversations.writing import write_now
from ui.page import steps

ICON = "list-tree"


@dataclass(kw_only=True)
class ShownStep:
    """A step as the page shows it. (Chainlit's own class sleeps when one is made, and all chats with it.)"""

    name: str
    icon: str
    parent: str | None
    thread: str
    is_open: bool = False
    is_error: bool = False
    output: str = ""
    end: str | None = None
    id: str = field(default_factory=lambda: str(uuid4()))
    start: str = field(default_factory=write_now)

    def to_dict(self) -> dict[str, Any]:
        """As Chainlit sends and keeps it."""
        return {
            "id": self.id,
            "threadId": self.thread,
            "parentId": self.parent,
            "name": self.name,
            "type": "tool",  # for other types the page shows a cursor of its own beside the step
            "metadata": {"icon": self.icon},
            "input": "",
            "output": self.output,
            "isError": self.is_error,
            "streaming": False,
            "createdAt": self.start,
            "start": self.start,
            "end": self.end,
            "defaultOpen": self.is_open,
            "autoCollapse": False,
            "showInput": "json",
        }


class StepTrace:
    """The line, and below it the steps; at most one is under way. `parent` is the run of all.

    They are sent to the page and kept in memory alone, until their question ends.

    `is_open`: the line is unfolded from the start.
    """

    def __init__(self, *, parent: str | None, is_open: bool = False) -> None:
        self._parent, self._is_open = parent, is_open
        self._shown: list[ShownStep] = []
        self._line: ShownStep | None = None
        self._step: ShownStep | None = None

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The line and its steps as they are shown now."""
        return [step.to_dict() for step in self._shown]

    async def load(self, progress: str) -> None:
        """Show that the model is being opened, and how far that is."""
        words = " ".join([write_text("steps.loading"), progress]).strip()
        step = self._step or await self._begin(words, icon="cpu")
        step.name = words
        await _update_step(step)
        await self._rename_line(words)

    async def wait(self, ahead: int) -> None:
        """Show how many questions the model answers first; 0: none any more."""
        if ahead:
            words = write_text("steps.waiting", ahead=ahead)
            step = self._step or await self._begin(words, icon="hourglass")
            step.name = words
            await _update_step(step)
            await self._rename_line(words)

    async def start(self, started: Started) -> None:
        """Show a node of the graph as under way."""
        if self._step:
            await self._end(write_text("steps.loaded"))
        await self._begin(steps.name_step(started.node), icon=steps.ICONS[started.node])

    async def finish(self, finished: Finished, run: Run) -> None:
        """Show what a node did."""
        node, state = finished.node, run.state
        await self._end(steps.summarise_step(node, state), steps.describe_step(node, state))

    async def sum_up(self, words: str) -> None:
        """Let the line say what all steps together did."""
        if line := self._line:
            line.name, line.end = words, write_now()
            await _update_step(line)

    async def end_early(self, *, is_error: bool) -> None:
        """Show that the step under way went no further."""
        if self._step and self._line:
            self._step.is_error = self._line.is_error = is_error
            await self._end(self._step.name)
        await self.sum_up(write_text("steps.ended_early"))

    async def _begin(self, name: str, *, icon: str) -> ShownStep:
        if self._line is None:
            self._line = await self._send_step(
                name, icon=ICON, parent=self._parent, is_open=self._is_open
            )
        await self._rename_line(f"{name}…")
        self._step = await self._send_step(name, icon=icon, parent=self._line.id)
        return self._step

    async def _end(self, name: str, text: str = "") -> None:
        if step := self._step:
            step.name, step.output, step.end = name, text, write_now()
            self._step = None
            await _update_step(step)

    async def _rename_line(self, words: str) -> None:
        if self._line:
            self._line.name = words
            await _update_step(self._line)

    async def _send_step(
        self, name: str, *, icon: str, parent: str | None, is_open: bool = False
    ) -> ShownStep:
        step = ShownStep(
            name=name,
            icon=icon,
            parent=parent,
            thread=cl.context.session.thread_id,
            is_open=is_open,
        )
        self._shown.append(step)
        await cl.context.emitter.send_step(cast(StepDict, step.to_dict()))
        return step


async def _update_step(step: ShownStep) -> None:
    await cl.context.emitter.update_step(cast(StepDict, step.to_dict()))
