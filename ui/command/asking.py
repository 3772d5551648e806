"""Ask one question on the command line: the answer appears as it is written."""

import click
from langchain_core.messages import HumanMessage

from graph import record
from graph.run import Graph, Run, Words
from nodes.state import RunOptions
from ui.command.answers import print_citations
from ui.command.waiting import tell_of_silence
from ui.notices import write_notices


async def stream_answer(graph: Graph, question: str, *, options: RunOptions | None = None) -> None:
    """Print an answer as it is written, then its sources."""
    run = Run()
    written = ""
    with tell_of_silence() as note_word:
        async for event in run.stream(graph, [HumanMessage(question)], options=options):
            note_word()
            if isinstance(event, Words):
                if event.text is None and written:
                    click.echo("\n---")
                written = (written + event.text) if event.text else ""
                click.echo(event.text or "", nl=False)
    final = run.state["messages"][-1].text
    if written.strip() != final:
        click.echo(("\n---\n" if written else "") + final, nl=False)
    click.echo()
    print_citations(record.record_citations(run.state["citations"]))
    for line in write_notices(run.state["cut"], run.state["left_out"]):
        click.echo(f"주의: {line}", err=True)
