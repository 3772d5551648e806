"""The steps of a question as the chat shows them, each from its start to its end."""

from datetime import UTC, datetime

import chainlit as cl

from graph.run import Finished, Run, Started
from ui.page import steps

LOADING = "모델을 불러오는 중…"
LOADED = "모델 준비됨"


class StepTrace:
    """At most one step is under way; `parent` is the run that all belong to."""

    def __init__(self, *, parent: str | None) -> None:
        self._parent = parent
        self._step: cl.Step | None = None

    async def load(self, line: str) -> None:
        """Show that the model is being opened, and how far that is."""
        step = self._step or await self._begin(LOADING, icon="cpu")
        step.name = f"{LOADING} {line}".strip()
        await step.update()

    async def start(self, started: Started) -> None:
        """Show a node of the graph as under way."""
        if self._step:
            await self._end(LOADED)
        await self._begin(steps.NAMES[started.node], icon=steps.ICONS[started.node])

    async def finish(self, finished: Finished, run: Run) -> None:
        """Show what a node did."""
        node, state = finished.node, run.state
        await self._end(steps.summarise_step(node, state), steps.describe_step(node, state))

    async def end_early(self, *, is_error: bool) -> None:
        """Show that the step under way went no further."""
        if self._step:
            self._step.is_error = is_error
            await self._end(self._step.name)

    async def _begin(self, name: str, *, icon: str) -> cl.Step:
        # `tool`: for other types the page shows a cursor of its own beside the step.
        step = cl.Step(name=name, type="tool", icon=icon, parent_id=self._parent)
        step.start = _now()
        self._step = step
        await step.send()
        return step

    async def _end(self, name: str, text: str = "") -> None:
        if step := self._step:
            step.name, step.output, step.end = name, text, _now()
            self._step = None
            await step.update()


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
