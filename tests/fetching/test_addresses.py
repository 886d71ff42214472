from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchRefused
from bot.fetching.addresses import is_public, web_address


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.org", "https://example.org"),
        ("  https://Example.ORG./a?b=c#d ", "https://example.org/a?b=c"),
        ("http://example.org:80/", "http://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
        ("https://93.184.215.14/", "https://93.184.215.14/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://1.example.org/", "https://1.example.org/"),
    ],
)
def test_an_address_of_the_web_has_one_spelling(written: str, read: str) -> None:
    assert str(web_address(written)) == read


@pytest.mark.parametrize(
    "address",
    [
        "", "example.org", "//example.org/", "file:///etc/passwd", "ftp://example.org/",
        "javascript:alert(1)", "http:///x", "http:example", "http://example.org:0/",
        "http://example.org:99999/", "http://me@example.org/", "http://me:secret@example.org/",
        "http://:@example.org/", "http://exa mple.org/", "http://exa\tmple.org/",
        "http://example.org\\@127.0.0.1/", "http://a..b/", "http://-/", "http://[::1", "http://[x]/",
        "http://example.org%00/", "http://%31%32%37.0.0.1/", "https://example.org/" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(FetchRefused):
        web_address(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.0.0.1.",
        "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "0", "0.0.0.0", "10.0.0.1", "172.16.0.1",
        "192.168.1.1", "100.64.0.1", "169.254.169.254", "169.254.1.1", "168.63.129.16",
        "100.100.100.200", "192.0.0.192", "198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "1.2.3.4.5", "256.1.1.1", "example.org.0x7f", "[::]", "[::1]",
        "[::1.2.3.4]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:7f00:1]", "[64:ff9b::7f00:1]",
        "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::808:808]", "[2002:7f00:1::]", "[2002:a00:1::1]",
        "[2001::1]", "[fe80::1]", "[fe80::1%25eth0]", "[2606:4700::1%251]", "[fc00::1]",
        "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]",
        "localhost", "LOCALHOST.", "a.localhost", "metadata", "metadata.google.internal",
        "printer.local", "router.lan", "nas.home.arpa", "intranet",
    ],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_private_address_is_refused_in_every_spelling(scheme: str, host: str) -> None:
    with pytest.raises(FetchRefused):
        web_address(f"{scheme}://{host}/latest/meta-data/")


def test_an_address_may_be_allowed_by_hand() -> None:
    mine = ip_address("127.0.0.2")
    assert web_address("http://127.0.0.2:1/", lambda found: found == mine).port == 1
    with pytest.raises(FetchRefused):
        web_address("http://127.0.0.3:1/", lambda found: found == mine)


@given(st.ip_addresses(v=4))
def test_an_address_within_an_address_is_judged_by_the_inner_one(inner: IPv4Address) -> None:
    mapped = IPv6Address(0xFFFF_0000_0000 | int(inner))
    translated = IPv6Address(int(IPv6Address("64:ff9b::")) | int(inner))
    tunnelled = IPv6Address(0x2002 << 112 | int(inner) << 80)
    assert {is_public(one) for one in (mapped, translated, tunnelled)} == {is_public(inner)}


@given(st.ip_addresses())
def test_no_address_that_python_knows_as_special_is_public(
    address: IPv4Address | IPv6Address,
) -> None:
    if is_public(address):
        assert not address.is_loopback
        assert not address.is_link_local
        assert not address.is_multicast
        assert not address.is_unspecified
        if isinstance(address, IPv4Address):
            assert not address.is_private


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for written in (text, f"http://{text}", f"https://{text}/"):
        try:
            found = web_address(written)
        except FetchRefused:
            continue
        assert found.scheme in {"http", "https"}
        assert web_address(str(found)) == found
