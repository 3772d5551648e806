"""How one signs in: at this machine without being asked, else by password or a provider."""

import asyncio
from math import ceil

import chainlit as cl
from chainlit.config import config
from fastapi import HTTPException

from language.catalogue import Text
from ui.access.accounts import Accounts, read_name
from ui.access.delays import Delays
from ui.access.members import LOCAL, as_user, take_provided
from ui.access.passwords import hash_of_nobody
from ui.access.presence import caller_address

# A hash takes 64 MB: no more than these at once.
HASHES_AT_ONCE = 2


class PasswordSignIn:
    """Checks names and passwords, ever more slowly for whoever fails."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        # A whole office may come from one address; a name's owner must not be kept out for long.
        self._by_name = Delays(free=3, longest=60)
        self._by_address = Delays(free=20, longest=900)
        self._turn = asyncio.Semaphore(HASHES_AT_ONCE)

    async def check(self, name: str, password: str) -> cl.User | None:
        """The user of this name and password; HTTPException where they have to wait."""
        name, address = read_name(name), caller_address.get()
        left = max(self._by_name.seconds_left(name), self._by_address.seconds_left(address))
        if left:
            raise _Wait(left)
        self._by_name.count_try(name)
        self._by_address.count_try(address)
        async with self._turn:
            account = await asyncio.to_thread(self._accounts.sign_in, name, password)
        if account is None:
            return None
        self._by_name.forget(name)
        self._by_address.take_back(address)
        return as_user(account)


class _Wait(HTTPException):
    """Somebody failed too often; of this the page shows the status alone, in words of ours."""

    def __init__(self, seconds: float) -> None:
        told = str(Text("access.wait_seconds", seconds=ceil(seconds)))
        super().__init__(429, told, {"Retry-After": str(ceil(seconds))})


def offer_local() -> None:
    """Sign in the person at this machine, if the page asks."""

    @cl.header_auth_callback
    async def welcome_local(headers: object) -> cl.User:
        return LOCAL


def offer_passwords(accounts: Accounts) -> None:
    """Ask for a name and a password."""
    # Made now, so that not even the first unknown name takes longer than a known one.
    hash_of_nobody()
    # Chainlit's own wrapper would keep the HTTPException from the page.
    config.code.password_auth_callback = PasswordSignIn(accounts).check


def offer_providers(domains: list[str]) -> None:
    """Let in those whom a provider sends."""

    @cl.oauth_callback
    async def welcome_provided(
        provider_id: str,
        token: str,
        raw_user_data: dict[str, str],
        default_user: cl.User,
        id_token: str | None = None,
    ) -> cl.User | None:
        return take_provided(provider_id, raw_user_data, default_user, domains)
