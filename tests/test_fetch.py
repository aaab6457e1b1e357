"""Pages are fetched from the public web alone, whatever an address, a name or a server says."""

import datetime
import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpcore
import pytest
from web_server import PUBLIC, Names, Network, WebServer, always, reply

from index.addresses import is_public, literal, read_address
from index.errors import FetchFailure
from index.fetch import MOST_BYTES, fetch, fetch_page
from index.guard import resolve
from index.types import FetchedPage

INSIDE = (
    "127.0.0.1 127.8.9.10 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 "
    "169.254.169.254 172.16.0.1 172.31.255.254 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 "
    "192.168.0.1 192.168.255.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 "
    "240.0.0.1 255.255.255.255 168.63.129.16 "
    ":: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 "
    "64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 64:ff9b:1::808:808 100::1 "
    "2001::1 2001:0:7f00:1::1 2001:db8::1 2002:7f00:1::1 2002:a9fe:a9fe::1 2002:0808:0808::1 "
    "3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 ff0e::1 4000::1"
).split()
OUTSIDE = (
    "8.8.8.8 93.184.216.34 1.1.1.1 172.32.0.1 100.128.0.1 11.0.0.1 2606:4700::1111 "
    "2a00:1450:4001:80b::200e ::ffff:8.8.8.8 64:ff9b::808:808"
).split()

SPELLINGS = [
    *r"""
    http://127.0.0.1/ http://127.0.0.1:80/ https://127.0.0.1/ http://127.1/ http://127.0.1/
    http://2130706433/ http://0x7f000001/ http://0x7f.0.0.1/ http://0x7F.1/ http://017700000001/
    http://0177.0.0.1/ http://0177.1/ http://127.0.0.01/ http://127.000.000.001/
    http://00000177.0x0.0.1/ http://127.0.0.1./ http://127.0.0.1../ http://0/ http://0x0/
    http://0.0.0.0/ http://3232235521/ http://0xc0a80001/ http://0251.0376.0251.0376/
    http://2852039166/ http://169.254.169.254/latest/meta-data/ http://169.254.43518/
    http://4294967297/ http://999.1.1.1/ http://1.2.3.4.5/ http://0x/
    http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/
    http://[::ffff:7f00:1]/ http://[::ffff:a9fe:a9fe]/ http://[::127.0.0.1]/
    http://[64:ff9b::127.0.0.1]/ http://[64:ff9b::a9fe:a9fe]/ http://[64:ff9b:1::8.8.8.8]/
    http://[2002:7f00:1::]/ http://[2001:0:7f00:1::]/ http://[fe80::1]/ http://[fe80::1%25lo]/
    http://[::1%25lo]/ http://[fd00:ec2::254]/ http://[fec0::1]/ http://[v1.x]/ http://[::1]./
    http://localhost/ http://LOCALHOST/ http://localhost./ http://localhost../
    http://user@127.0.0.1/ http://user:pass@example.org/ http://example.org@127.0.0.1/
    http://127.0.0.1%40example.org/ http://example.org%00.127.0.0.1/
    http://example.org%2f@inside/ http://127.0.0.1\@example.org/
    http://example.org\.inside.example/ http://127.0.0.1#@example.org/
    http://127.0.0.1?@example.org/ http://@127.0.0.1/ http://:@localhost/
    http://１２７.0.0.1/ http://127。0。0。1/ http://⑯⑨。②⑤④。⑯⑨。②⑤④/ http://ⓛocalhost/
    http://loc%61lhost/ http://%31%32%37.0.0.1/ http://0x7f。1/
    http://inside.example/ https://inside.example/ http://INSIDE.example./
    http://mixed.example/ http://mapped.example/ http://nat.example/ http://six.example/
    http://linklocal.example/ http://example.org:22/ http://example.org:8080/
    http://example.org:443/ https://example.org:80/ http://example.org:0/
    http://example.org:65536/ http://example.org:-1/ http://127.0.0.1:8000/
    file:///etc/passwd ftp://example.org/ gopher://127.0.0.1/ data:text/html,x
    javascript:alert(1) view-source:http://127.0.0.1/ ws://127.0.0.1/
    unix:///var/run/docker.sock //127.0.0.1/ http:127.0.0.1 http:/127.0.0.1/
    http:///127.0.0.1/ http:\\127.0.0.1\ http:// https: 127.0.0.1 localhost example.org
    http://[::ffff:0:127.0.0.1]/ http://[64:ff9b::10.0.0.5]/ http://[2002:a00:5::1]/
    http://[2002:c0a8:101::]/ http://[0:0:0:0:0:ffff:7f00:1]/ http://[::1%251]/ http://[ff02::1]/
    http://[100::1]/ http://[2001:db8::1]/ http://0300.0250.1.1/ http://0xa9fea9fe/
    http://3732/ http://teredo.example/ http://sixtofour.example/ http://zero.example/
    dict://127.0.0.1:11211/ ldap://127.0.0.1/ jar:http://127.0.0.1!/ blob:http://127.0.0.1/a
    http://a..example/ http://.example/ http://-a.example/ http://exa_mple-.org/
    http://example.org:80:80/ http://[::1 http://[127.0.0.1]/
    """.split(),
    "",
    " ",
    "http://exa mple.org/",
    "http://example.org\n.inside.example/",
    "http://127.0.0.1\t/",
    "http://example.org\r\nHost: inside/",
    "http://\x00127.0.0.1/",
    f"http://{'a' * 64}.example/",
    f"http://{'a.' * 130}example/",
    f"http://example.org/{'a' * 2_000}",
]

NAMES = {
    "localhost": [["127.0.0.1"], ["::1"]],
    "inside_example": [["10.0.0.5"]],
    "inside": [["10.0.0.5"]],
    "mixed_example": [[PUBLIC, "10.0.0.5"]],
    "mapped_example": [["::ffff:10.0.0.5"]],
    "nat_example": [["64:ff9b::a9fe:a9fe"]],
    "six_example": [["2606:4700::1111", "fd00::1"]],
    "teredo_example": [["2001:0:7f00:1::1"]],
    "sixtofour_example": [["2002:a00:5::1"]],
    "zero_example": [["0.0.0.0"]],
    "linklocal_example": [["fe80::1%lo"]],
}  # fmt: skip


def get(url: str, network: Network, names: Names | None = None, seconds: float = 10.0
        ) -> FetchedPage:  # fmt: skip
    return fetch(url, names or Names(), network, seconds)


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_networks_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_other_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_there_are_many_hostile_spellings() -> None:
    assert len(set(SPELLINGS)) == len(SPELLINGS) >= 110


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_hostile_address_is_connected_to(url: str) -> None:
    with WebServer() as server:
        network = Network(server)
        with pytest.raises(FetchFailure) as failure:
            get(url, network, Names(**NAMES))
        assert network.asked == []
        assert server.asked == []
    assert str(failure.value).endswith((".", "file."))


def test_no_hostile_address_reaches_the_loopback_by_the_systems_own_resolver() -> None:
    class OtherPort(httpcore.SyncBackend):
        """Connects for real, but to the port of a server that must hear nothing."""

        def connect_tcp(self, host: str, port: int, *more: Any, **limits: Any) -> Any:
            assert literal(host), "only an address that was checked is connected to"
            return super().connect_tcp(host, server.port, *more, **limits)

    loopback = [url for url in SPELLINGS if "example" not in url]
    assert len(loopback) >= 60
    with WebServer() as server:
        for url in loopback:
            with pytest.raises(FetchFailure):
                fetch(url, resolve, OtherPort(), 10.0)
        assert server.asked == []


def test_no_kind_of_hostile_address_connects(figure: Any) -> None:
    """The cases above once more in one go, since the table wants their number."""
    direct = redirected = 0
    with WebServer() as server:
        network = Network(server)
        for url in SPELLINGS:
            with pytest.raises(FetchFailure):
                get(url, network, Names(**NAMES))
            direct += 1
        assert network.asked == []
        assert server.asked == []
    for url in [url for url in SPELLINGS if url.startswith(("http", "//", "file"))][::3]:
        with WebServer(moved(url)) as server:
            network = Network(server)
            with suppress(FetchFailure):  # without its scheme, it is a path of the same host
                get("http://news.example/", network, Names(**NAMES))
            assert {host for host, _ in network.asked} == {PUBLIC}
            redirected += 1
    for number in range(20):
        inside = [[INSIDE[number % len(INSIDE)]]]
        rebinding = Names(news_example=[[PUBLIC], *inside])
        with WebServer(moved("/again")) as server:
            network = Network(server)
            with pytest.raises(FetchFailure):
                get("http://news.example/", network, rebinding)
            assert network.asked == [(PUBLIC, 80)]
    figure(14, f"{direct} addresses, {redirected} redirects, 20 names that change, {len(INSIDE)} "
               "private addresses: 0 connections")  # fmt: skip


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/"])
def test_the_public_function_refuses_too(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pytest.raises(FetchFailure, match="public"):
        fetch_page(url)


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        (" https://Example.ORG/a?b=1#part ", "https://example.org/a?b=1"),
        ("http://example.org.", "http://example.org/"),
        ("http://example.org:80/x y", "http://example.org/x%20y"),
        ("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700:0::1111]/", "http://[2606:4700:0::1111]/"),
    ],
)
def test_good_addresses_have_one_spelling(given: str, canonical: str) -> None:
    assert str(read_address(given)) == canonical


def test_a_page_comes_with_its_address_and_encoding() -> None:
    body = "<p>Straße</p>".encode("latin-1")
    page = reply(body, content_type="Text/HTML; charset=ISO-8859-1")
    with WebServer(always(page)) as server:
        network = Network(server)
        names = Names()
        found = get("http://News.example./a?b#c", network, names)
        (request,) = server.asked
    assert found == FetchedPage(
        url="http://news.example/a?b", body=body, media_type="text/html", charset="iso-8859-1"
    )
    assert network.asked == [(PUBLIC, 80)]
    assert names.asked == ["news.example"]
    lines = request.decode().lower().split("\r\n")
    assert lines[0] == "get /a?b http/1.1"
    assert "host: news.example" in lines
    assert not any(line.startswith(("cookie", "authorization", "referer")) for line in lines)


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with WebServer() as proxy, WebServer() as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert get("http://news.example/", Network(server)).body == b"<p>Found.</p>"
        assert proxy.asked == []


@pytest.mark.parametrize("media_type", ["application/xhtml+xml", "text/plain", "application/pdf"])
def test_what_can_be_read_is_taken(media_type: str) -> None:
    with WebServer(always(reply(b"x", content_type=media_type))) as server:
        assert get("http://news.example/", Network(server)).media_type == media_type


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (reply(b"x", content_type="image/png"), "image/png"),
        (reply(b"x", content_type="garbage"), "garbage"),
        (b"HTTP/1.1 200 OK\r\n\r\nx", "no page"),
        (reply(b"x", status="404 Not Found"), "404"),
        (reply(b"", status="301 Moved", location=""), "301"),
        (reply(b"x", status="206 Partial Content"), "206"),
        (reply(b"x", content_encoding="br"), "'br'"),
        (reply(b"x", content_encoding="gzip, gzip"), "'gzip, gzip'"),
        (reply(b"x", content_encoding="gzip"), "damaged"),
        (reply(gzip.compress(b"word " * 999)[:-9], content_encoding="gzip"), "breaks off"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "cannot be fetched"),
        (b"", "cannot be fetched"),
        (reply(b"short", content_length="500"), "cannot be fetched"),
        (reply(b"x", filler="x" * 200_000), "cannot be fetched"),
    ],
)
def test_what_cannot_be_used_is_named_with_a_remedy(answer: bytes, words: str) -> None:
    with WebServer(always(answer)) as server, pytest.raises(FetchFailure, match=words) as failure:
        get("http://news.example/", Network(server))
    assert "'http://news.example/'" in str(failure.value)
    assert any(way in str(failure.value) for way in ("Save", "save it", "Try again"))


def test_a_host_that_is_not_there_is_named() -> None:
    with pytest.raises(FetchFailure, match=r"gone\.example is not found"):
        get("http://gone.example/", Network(), Names(gone_example=[[]]))
    network = Network()
    names = Names(down_example=[["2606:4700::1111", PUBLIC]])
    with pytest.raises(FetchFailure, match="nobody is there"):
        get("https://down.example/", network, names)
    assert network.asked == [("2606:4700::1111", 443), (PUBLIC, 443)]


# Redirects and names that change.


def moved(*locations: str) -> Any:
    """Return a script that redirects to each location in turn, and then gives a page."""
    left = list(locations)

    def script(request: bytes, closing: threading.Event) -> list[bytes]:
        if left:
            return [reply(status="302 Found", location=left.pop(0))]
        return [reply(b"<p>There.</p>")]

    return script


def test_redirects_are_followed_to_the_page() -> None:
    with WebServer(moved("/b", "b2?c", "http://other.example/d", "//third.example/e", "#f")
                   ) as server:  # fmt: skip
        network, names = Network(server), Names()
        page = get("http://news.example/a/b", network, names)
    assert page.url == "http://third.example/e"
    assert page.body == b"<p>There.</p>"
    assert len(network.asked) == len(names.asked) == 6
    with WebServer(moved(*"abcdef")) as server, pytest.raises(FetchFailure, match="5 times"):
        get("http://news.example/", Network(server))


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://localhost/",
        "http://[::1]/", "http://inside.example/", "//127.1/", "http://2130706433/",
        "http://news.example:8080/", "file:///etc/passwd", "ftp://news.example/", "javascript:1",
        "http://user:pass@news.example/", "data:text/html,x", "http://127.0.0.1\\@news.example/",
        "http://mixed.example/", "http://[", "\\\\127.0.0.1\\", "http://" + "a" * 3_000,
    ],
)  # fmt: skip
def test_a_redirect_passes_the_same_check(location: str) -> None:
    with WebServer(moved(location)) as server:
        network = Network(server)
        if location.startswith("\\"):  # to us, an odd path on the same host
            assert get("http://news.example/", network, Names(**NAMES)).body == b"<p>There.</p>"
            assert network.asked == [(PUBLIC, 80)] * 2
            return
        with pytest.raises(FetchFailure):
            get("http://news.example/", network, Names(**NAMES))
        assert network.asked == [(PUBLIC, 80)]
        assert len(server.asked) == 1


def test_a_name_that_changes_its_address_leads_nowhere_else() -> None:
    rebinding = Names(news_example=[[PUBLIC], ["127.0.0.1"]])
    with WebServer(moved("/again")) as server:
        network = Network(server)
        with pytest.raises(FetchFailure, match="inside a network"):
            get("http://news.example/", network, rebinding)
        assert network.asked == [(PUBLIC, 80)], "the address that was checked, and no name"
    flipping = Names(news_example=[["8.8.8.8"], ["1.1.1.1"]])
    with WebServer(moved("/again")) as server:
        network = Network(server)
        get("http://news.example/", network, flipping)
        assert network.asked == [("8.8.8.8", 80), ("1.1.1.1", 80)]
        assert flipping.asked == ["news.example"] * 2


# Encryption.


class _Recording(httpcore.MockStream):
    hostname: str | None = None

    def start_tls(self, context: ssl.SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:  # fmt: skip
        _Recording.hostname = server_hostname
        assert context.verify_mode == ssl.CERT_REQUIRED
        assert context.check_hostname
        return self


def test_a_certificate_is_asked_for_the_name_and_not_for_the_address() -> None:
    class Encrypted(Network):
        def connect_tcp(self, host: str, port: int, *more: Any, **limits: Any) -> Any:
            self.asked.append((host, port))
            return _Recording([reply(b"<p>Safe.</p>")])

    network = Encrypted()
    assert get("https://news.example/", network).body == b"<p>Safe.</p>"
    assert network.asked == [(PUBLIC, 443)]
    assert _Recording.hostname == "news.example"


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody signed."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "own.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ) + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return path


def encrypted(server: WebServer, certificate: Path) -> WebServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    return server


def test_a_server_that_cannot_prove_its_name_is_refused(own_certificate: Path) -> None:
    with encrypted(WebServer(), own_certificate) as server:
        with pytest.raises(FetchFailure, match="certificate"):
            get("https://news.example/", Network(server))
        assert server.asked in ([], [b""])


def test_a_server_that_proves_its_name_is_heard_by_that_name_alone(
    own_certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(own_certificate))
    with encrypted(WebServer(), own_certificate) as server:
        network = Network(server)
        assert get("https://news.example/", network).body == b"<p>Found.</p>"
        assert network.asked == [(PUBLIC, 443)]
        with pytest.raises(FetchFailure, match="certificate"):
            get("https://other.example/", network)


# Slow and huge.


def dripping(first: bytes, piece: bytes, seconds: float) -> Any:
    def script(request: bytes, closing: threading.Event) -> Iterator[bytes]:
        yield first
        while not closing.wait(seconds):
            yield piece

    return script


@pytest.mark.parametrize(
    "script",
    [
        dripping(b"", b"H", 9.0),
        dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.05),
        dripping(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
        dripping(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a", 0.05),
        dripping(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"1\r\na\r\n", 0.05,
        ),
    ],
    ids=["silent", "headers", "continue", "body", "chunks"],
)  # fmt: skip
def test_a_slow_server_costs_no_more_than_the_limit(script: Any) -> None:
    began = time.monotonic()
    with WebServer(script) as server:
        with pytest.raises(FetchFailure, match="did not answer within 1 seconds"):
            get("http://news.example/", Network(server), seconds=1.0)
        assert time.monotonic() - began < 3.0


def test_a_slow_handshake_and_slow_redirects_count_as_well() -> None:
    began = time.monotonic()
    with WebServer(dripping(b"", b"\x16", 0.1)) as server, pytest.raises(FetchFailure):
        get("https://news.example/", Network(server), seconds=1.0)

    def slow(request: bytes, closing: threading.Event) -> Iterator[bytes]:
        closing.wait(0.4)
        yield reply(status="302 Found", location="/again")

    with WebServer(slow) as server, pytest.raises(FetchFailure, match="within 1 seconds"):
        get("http://news.example/", Network(server), seconds=1.0)
    assert time.monotonic() - began < 5.0


def test_a_slow_resolver_costs_no_more_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *given, **more: held.wait(30) and [])
    network = Network()
    with pytest.raises(FetchFailure, match="within 1 seconds"):
        fetch("http://news.example/", resolve, network, 1.0)
    held.set()
    assert network.asked == []


def test_what_is_too_large_is_left_off_early() -> None:
    sent = 0

    def endless(request: bytes, closing: threading.Event) -> Iterator[bytes]:
        nonlocal sent
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        while not closing.is_set():
            sent += 100_000
            yield b"a" * 100_000

    with WebServer(endless) as server, pytest.raises(FetchFailure, match="larger than 5,000,000"):
        get("http://news.example/", Network(server))
    assert sent < 4 * MOST_BYTES

    exact = reply(b"a" * MOST_BYTES)
    with WebServer(always(exact)) as server:
        assert len(get("http://news.example/", Network(server)).body) == MOST_BYTES


def test_a_bomb_does_not_burst() -> None:
    small = gzip.compress(b"<p>word</p>")
    with WebServer(always(reply(small, content_encoding="gzip"))) as server:
        assert get("http://news.example/", Network(server)).body == b"<p>word</p>"
    bomb = gzip.compress(bytes(300_000_000), compresslevel=9)
    assert len(bomb) < 400_000
    began = time.monotonic()
    with (
        WebServer(always(reply(bomb, content_encoding="gzip"))) as server,
        pytest.raises(FetchFailure, match="larger than"),
    ):
        get("http://news.example/", Network(server))
    assert time.monotonic() - began < 2.0
