"""What a command takes for a document: a path, an address, a number at arXiv."""

import click

from retrieval.fetching.addresses import is_address, read_address
from retrieval.sources import Source
from ui.command.measure import PATH


class _SourceType(click.ParamType[Source]):
    """Addresses as such, all else as paths."""

    name = "source"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Source:
        """The source that is meant; UserError for an address that is none."""
        if isinstance(value, str) and is_address(value):
            return read_address(value)
        path: Source = PATH.convert(value, param, ctx)
        return path


SOURCE = _SourceType()
