"""Which addresses may be fetched: of the web, and of the public internet only.

Names are not looked up here: what they stand for is checked, address by address, by whoever
connects. It must not know HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from yarl import URL

from bot.errors import FetchRefused

IPAddress = IPv4Address | IPv6Address
Allow = Callable[[IPAddress], bool]

LONGEST_ADDRESS = 2_000

# Of the IANA special-purpose registries, what `ipaddress` takes for public, and metadata services
# that live on public addresses.
_NOT_PUBLIC_V4 = tuple(
    map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "198.18.0.0/15"))
)
_UNICAST_V6 = IPv6Network("2000::/3")
_DOCUMENTATION_V6 = IPv6Network("3fff::/20")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052; the last 32 bits are the IPv4 address

_PRIVATE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion")
_NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}\Z")
# What a resolver may take for an IPv4 address: a last label of digits, or hexadecimal.
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\Z")
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")


def nothing(_: IPAddress) -> bool:
    """Allow no address but the public ones."""
    return False


def web_address(address: str, allow: Allow = nothing) -> URL:
    """An address of the web, in one spelling, without its fragment.

    Args:
        address: as somebody wrote it.
        allow: addresses that may be fetched although they are not public.

    Raises:
        FetchRefused: it is none, or not of the public internet; the sentence says why.
    """
    if len(address) > LONGEST_ADDRESS:
        raise FetchRefused(f"The address is longer than {LONGEST_ADDRESS:,} characters.")
    if _CONTROL.search(address.strip()):
        raise FetchRefused("The address holds spaces or control characters; give it without them.")
    try:
        url = URL(address.strip())
        host = (url.raw_host or "").lower().removesuffix(".")
    except ValueError as error:
        raise FetchRefused("This is no address of the web; give one from https:// on.") from error
    if url.scheme not in {"http", "https"}:
        raise FetchRefused("Only addresses that begin with https:// or http:// can be fetched.")
    if url.raw_user is not None or url.raw_password is not None:
        raise FetchRefused("The address holds a user name or password; give it without them.")
    if not host or not url.port:
        raise FetchRefused("The address names no server; give one such as https://example.org.")
    _check_host(host, allow)
    return url.with_host(host).with_fragment(None)


def _check_host(host: str, allow: Allow) -> None:
    if ":" in host or _NUMBER.match(host):
        try:
            found = ip_address(host)
        except ValueError:
            raise FetchRefused(
                f"`{host}` is a number where a server's name is expected; give the name."
            ) from None
        check_public(host, found, allow)
    elif _is_private(host):
        raise FetchRefused(f"`{host}` is a name of a private network; {_GIVE_PUBLIC}")
    elif not _NAME.match(host):
        raise FetchRefused(f"`{host[:80]}` is no server's name; check its spelling.")


_GIVE_PUBLIC = "give an address of the public internet."


def check_public(host: str, address: IPAddress, allow: Allow = nothing) -> None:
    """Refuse an address that is not of the public internet.

    Args:
        host: the name or number it stands for, to be told.

    Raises:
        FetchRefused: it is private, or not one server's.
    """
    if not is_public(address) and not allow(address):
        told = f"`{host}`" if host == str(address) else f"`{host}` ({address})"
        raise FetchRefused(f"{told} is not an address of the public internet; {_GIVE_PUBLIC}")


def is_public(address: IPAddress) -> bool:
    """Whether an address is one server's on the public internet.

    After the IANA special-purpose address registries (RFC 6890). An IPv6 address that wraps an
    IPv4 address (mapped, NAT64, 6to4) is what the wrapped one is.
    """
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            wrapped = IPv4Address(int(address) & 0xFFFF_FFFF)
        if wrapped is not None:
            return is_public(wrapped)
        return address in _UNICAST_V6 and address not in _DOCUMENTATION_V6 and address.is_global
    if any(address in network for network in _NOT_PUBLIC_V4):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_private(host: str) -> bool:
    return "." not in host or any(
        host == name or host.endswith(f".{name}") for name in _PRIVATE_NAMES
    )
