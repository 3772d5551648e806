"""What models have cost today, and what is said of the day's budget."""

import click

from graph.settings import Settings
from graph.spending import open_ledger
from models.cost.prices import write_usd


def print_spent(settings: Settings) -> None:
    """Say what today has cost, where something was spent or a budget is set."""
    spent, budget = open_ledger(settings).read_today(), settings.budget_usd
    if spent or budget:
        click.echo(
            f"오늘 쓴 비용: {write_usd(spent)}" + (f" / {write_usd(budget)}" if budget else "")
        )


def tell_of_budget(settings: Settings) -> None:
    """Say, once a day, that the budget comes to its end, and what is not counted."""
    for line in open_ledger(settings).take_notes():
        click.echo(str(line), err=True)
