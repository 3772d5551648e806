"""The chat says once a day that the budget comes to its end."""

from graph.settings import Settings
from graph.spending import open_ledger
from tests.ui.page.test_underway import Chat
from ui.page.markdown_text import escape_text
from ui.page.spending import tell_of_budget


async def test_four_fifths_of_the_budget_are_told_in_one_message():
    settings, chat = Settings(budget_usd=1.0), Chat()
    open_ledger(settings).add_amount(0.9)

    for _ in range(2):
        await tell_of_budget(settings, chat.new_message)

    [message] = chat.messages
    [shown] = message.shown
    assert shown == escape_text("오늘 예산의 90%를 썼습니다: $0.90/$1.00")


async def test_nothing_is_told_without_a_budget():
    settings, chat = Settings(), Chat()
    open_ledger(settings).add_amount(0.9)

    await tell_of_budget(settings, chat.new_message)

    assert chat.messages == []
