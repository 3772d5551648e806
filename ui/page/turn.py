"""One question being answered: its steps, the answer as it is written, and how it ends."""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import aclosing
from dataclasses import asdict
from typing import Any, cast

import chainlit as cl
from chainlit.session import WebsocketSession
from chainlit.utils import utc_now
from langchain_core.messages import HumanMessage

from graph.record import record_answer
from graph.run import Event, Finished, Run, Started, Waiting, Words
from language.catalogue import write_text
from retrieval.errors import UserError
from ui.conversations.conversation import Conversation
from ui.notices import write_notices
from ui.page.buttons import make_answer_buttons, make_retry_button
from ui.page.costs import write_cost
from ui.page.markdown_text import escape_text
from ui.page.service import ChatService
from ui.page.spending import tell_of_budget
from ui.page.step_trace import StepTrace
from ui.page.steps import sum_up_steps
from ui.page.tracing.made_with import describe_making
from ui.page.trouble import find_trouble
from ui.page.written import WrittenAnswer
from ui.preferences.preferences import Preferences, apply_model
from ui.preferences.speaking import read_user

logger = logging.getLogger("munheon.chat")


def begin_turn(work: Coroutine[Any, Any, None]) -> None:
    """Answer beside the click that asked for it, so that the page shows it as under way."""

    async def run() -> None:
        await cl.context.emitter.task_start()
        try:
            await work
        except asyncio.CancelledError:
            pass  # as when Chainlit itself runs a question: its reader has been told
        finally:
            await cl.context.emitter.task_end()

    cl.context.session.current_task = asyncio.create_task(run())


class Turn:
    """A question, and the message that answers it; it outlives the tab in which it was asked."""

    def __init__(
        self,
        question: cl.Message,
        *,
        conversation: Conversation,
        service: ChatService,
        chosen: Preferences,
    ) -> None:
        self.question = question
        self._conversation = conversation
        self._service = service
        self._chosen = chosen
        self._settings = apply_model(service.settings, chosen.model)
        self._message = cl.Message("")
        self._trace = StepTrace(parent=self._message.parent_id, is_open=chosen.steps == "open")
        self._session = cast(WebsocketSession, cl.context.session)
        self._reader = read_user().identifier
        self._task = asyncio.current_task()
        self._written = WrittenAnswer(self._message)

    async def run(self) -> None:
        """Answer; whatever goes wrong, the next question is welcome."""
        async with self._conversation.turn:
            self._conversation.running = self
            try:
                await self._answer()
                await tell_of_budget(self._service.settings, cl.Message)
            except UserError as error:
                await self._fail(error.write())
            except Exception:
                logger.exception("A question failed")
                await self._fail(write_text("conversation.unexpected"))
            except asyncio.CancelledError:
                await self._end_stopped()
                raise
            finally:
                self._written.end()
                self._conversation.running = None

    @property
    def steps(self) -> list[dict[str, Any]]:
        """What it has shown of its steps, which are kept when it ends."""
        return self._trace.steps

    def stop(self) -> None:
        """Stop it, and the model that works for it."""
        if self._task:
            self._task.cancel()

    def follow_in(self, session: WebsocketSession) -> None:
        """Show the rest in another tab, whose button stops it as well."""
        self._session.emit = lambda event, data: session.emit(event, data)
        session.current_task = self._task

    async def _answer(self) -> None:
        """Show the steps, the answer as it is written, and at the end its sources."""
        options = await asyncio.to_thread(self._service.choose_options, self._reader, self._chosen)
        opening = self._service.openings.find(self._chosen.model)
        graph = await opening.graph(on_progress=self._trace.load)
        await find_trouble().clear()
        await self._conversation.forget_unanswered(graph)
        run, asked = Run(), HumanMessage(self.question.content, id=self.question.id)
        # Closed when the reader stops it: else the model goes on.
        thread = self._conversation.memory
        async with aclosing(run.stream(graph, [asked], options=options, thread=thread)) as events:
            async for event in events:
                await self._show_event(event, run)
        self._written.end()
        cost = write_cost(run, self._settings)
        await self._trace.sum_up(sum_up_steps(run.state, cost))
        await self._show_answer(run)

    async def _show_event(self, event: Event, run: Run) -> None:
        match event:
            case Words(text):
                self._written.add(text)
            case Waiting(ahead):
                await self._trace.wait(ahead)
            case Started():
                await self._trace.start(event)
            case Finished():
                await self._trace.finish(event, run)

    async def _show_answer(self, run: Run) -> None:
        """Keep the answer, then show it: whoever has seen it finds it again."""
        notices = write_notices(run.state["cut"], run.state["left_out"])
        lines = [run.state["messages"][-1].text, *(f"({notice})" for notice in notices)]
        self._message.created_at = self._message.created_at or utc_now()
        self._message.streaming = False
        answer = await self._conversation.add(
            self._message.to_dict(),
            steps=self.steps,
            question=self.question.id,
            text="\n\n".join(lines),
            citations=run.state["citations"],
            record=await self._record(run),
        )
        self._message.content = answer.shown
        number = len(self._conversation.answers) - 1
        self._message.actions = make_answer_buttons(number, answer)
        self._message.persisted = True
        await self._message.send()

    async def _record(self, run: Run) -> dict[str, Any]:
        """How the answer came about, and with what it was made."""
        viewer = self._service.find_viewer(self._reader)
        made_with = await asyncio.to_thread(describe_making, self._settings, viewer=viewer)
        told = record_answer(run, id=self.question.id, question=self.question.content)
        replaced = [asdict(one) for one in run.state["replaced"]]
        why = {"dropped": run.state["dropped"], "replaced": replaced}
        return {**told, **why, "made_with": made_with}

    async def _fail(self, line: str) -> None:
        await self._trace.end_early(is_error=True)
        self._message.is_error = True
        await self._end_without_answer(escape_text(line))

    async def _end_stopped(self) -> None:
        """Keep what stood, and say that its sources were not checked."""
        await self._trace.end_early(is_error=False)
        stood = f"{self._written.text}\n\n" if self._written.text else ""
        key = "conversation.stopped_answer" if stood else "conversation.stopped"
        await self._end_without_answer(f"{stood}*{write_text(key)}*")

    async def _end_without_answer(self, text: str) -> None:
        self._written.end()
        self._message.content = text
        self._message.actions = [make_retry_button(self.question.id)]
        await self._message.send()
        try:
            await self._conversation.keep_steps(self.steps)
        except UserError as error:
            logger.warning("%s", error)
