"""Who is welcome: the person at this machine, or those with an account or a provider's word."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from chainlit.user import User

from ui.access.accounts import Account, Accounts

LOCAL = User("local")


class Members(Protocol):
    """Whoever may use the chat."""

    async def welcome(self, user: User) -> bool:
        """Whether somebody who was signed in still is."""
        ...


class LocalMembers:
    """The person at this machine, and nobody else."""

    async def welcome(self, user: User) -> bool:
        """Whether it is them."""
        return user.identifier == LOCAL.identifier


@dataclass(frozen=True)
class AccountMembers:
    """Those with an account, and those whom a configured provider sends."""

    accounts: Accounts
    providers: Collection[str] = ()

    async def welcome(self, user: User) -> bool:
        """Whether their account is the one they signed in to, or their provider is still asked."""
        if ":" in user.identifier:
            return user.identifier.partition(":")[0] in self.providers
        account = await asyncio.to_thread(self.accounts.find, user.identifier)
        return account is not None and account.version == user.metadata.get("version")


def as_user(account: Account) -> User:
    """An account as Chainlit knows it; its token carries the account's version."""
    metadata = {"version": account.version, "is_admin": account.is_admin}
    return User(account.identifier, metadata=metadata)


def take_provided(
    provider: str, told: Mapping[str, Any], user: User, domains: Collection[str]
) -> User | None:
    """Somebody whom a provider sends, under a name that no account has; None: not let in."""
    if domains and not any(one in domains for one in _list_domains(told)):
        return None
    name = user.display_name or user.identifier
    return User(f"{provider}:{user.identifier}", name, {"provider": provider})


def _list_domains(told: Mapping[str, Any]) -> set[str]:
    """The domains of the mail addresses that the provider has made sure of."""
    is_sure = told.get("email_verified") is True or told.get("verified_email") is True
    sure = [told.get("email")] if is_sure else []
    sure += [one.get("email") for one in told.get("emails", []) if one.get("verified") is True]
    # Of Microsoft's, the name of an account is within a domain that its tenant owns.
    sure.append(told.get("userPrincipalName"))
    return {str(address).rpartition("@")[2].lower() for address in sure if address}
