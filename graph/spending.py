"""The day's spending on the models that the settings name."""

from graph.settings import Settings
from models.connect.choose import Choice
from models.cost.meter import Meter
from models.cost.prices import FREE, find_price
from models.cost.spending import SpendingLedger


def open_ledger(settings: Settings) -> SpendingLedger:
    """The spending of all who use the library, with the budget of the settings."""
    return SpendingLedger(settings.home, settings.budget_usd)


def open_meter(settings: Settings, choice: Choice) -> Meter:
    """What counts the calls of a model; of one that is free, nothing."""
    price = find_price(choice, settings.prices)
    return Meter() if price == FREE else Meter(str(choice), price, open_ledger(settings))
