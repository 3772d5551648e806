"""What keeps questions from being answered: told in the chat until it is mended, and not kept with it."""

import chainlit as cl

from ui.page.markdown_text import escape_text


class Trouble:
    """The lines that one tab shows."""

    def __init__(self) -> None:
        self._shown: list[cl.Message] = []

    async def tell(self, line: str) -> None:
        """Show what is wrong, with what to do, once."""
        message = cl.Message(escape_text(line))
        if message.content in [one.content for one in self._shown]:
            return
        if cl.context.session.thread_id_to_resume:
            # The page takes what was said from the server as a whole, and would drop the message.
            await cl.context.emitter.send_toast(line, "error")
            return
        self._shown.append(message)
        # Not message.send: with the conversation it would be kept, and told long after it is mended.
        await cl.context.emitter.send_step(message.to_dict())

    async def clear(self) -> None:
        """Show nothing any more."""
        while self._shown:
            await cl.context.emitter.delete_step(self._shown.pop().to_dict())


def find_trouble() -> Trouble:
    """That of this tab."""
    trouble = cl.user_session.get("trouble")
    if not isinstance(trouble, Trouble):
        trouble = Trouble()
        cl.user_session.set("trouble", trouble)
    return trouble
