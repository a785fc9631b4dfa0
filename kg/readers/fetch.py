"""Fetching what the user names, and nothing else: http(s), public addresses, bounded in size, time and redirects."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

import httpx

from kg.errors import InputError
from kg.readers.encodings import one_line
from kg.readers.options import ReadOptions

AGENT: Final = "korean-news-kg"
HEADERS: Final = {
    "User-Agent": f"{AGENT}/1.0 (+https://w3id.org/korean-news-kg/)",
    "Accept-Encoding": "gzip, deflate",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "ko,en;q=0.5",
}
ROBOTS_BYTES: Final = 512 * 1024
NO_ADDRESS: Final = "not a web address; write it as https://host/path"
PRIVATE: Final = "a private or local address is not fetched; allow it with --allow-private if it is yours"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent: the bytes, the final address, the media type and the encoding it declares."""

    data: bytes
    url: str
    media: str
    charset: str | None


def _resolve(host: str, port: int, allow_private: bool) -> str:
    """The address to connect to: every address of the host must be public, and the checked one is the one used."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"the host {one_line(host)[:80]} is not found; check the address and the network") from error
    addresses = [str(item[4][0]).split("%")[0] for item in found]
    if not allow_private:
        for text in addresses:
            address = ipaddress.ip_address(text)
            mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
            if not address.is_global or address.is_multicast or (mapped is not None and not mapped.is_global):
                raise InputError(PRIVATE)
    return addresses[0]


def _check(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address that may be fetched at all."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError as error:
        raise InputError(NO_ADDRESS) from error
    if scheme not in ("http", "https"):
        raise InputError("only http and https addresses are fetched")
    if not host:
        raise InputError(NO_ADDRESS)
    return scheme, host, port


class Watch:
    """Cuts the connection of a request when its time is up, even between two bytes of a header.

    A read timeout alone starts anew with every byte, and a server that sends one now and then is never late.
    """

    def __init__(self, deadline: float) -> None:
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(max(0.01, deadline - time.monotonic()), self._cut)
        self._timer.daemon = True
        self.is_over = False

    def __enter__(self) -> Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def note(self, event: str, info: dict[str, Any]) -> None:
        """Keep the socket of a connection that was just made."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._sockets.append(info["return_value"].get_extra_info("socket"))

    def _cut(self) -> None:
        self.is_over = True
        for item in self._sockets:
            with suppress(OSError):
                item.shutdown(socket.SHUT_RDWR)


class Fetcher:
    """Fetches pages one at a time, asking each site's robots.txt once; close it, or use it in a ``with``."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        # No proxy from the environment: behind one the address that is checked would not be the one that is reached.
        self._client = httpx.Client(
            headers=HEADERS,
            follow_redirects=False,
            trust_env=False,
            timeout=min(10.0, options.timeout),
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self._robots: dict[str, RobotFileParser] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def fetch(self, url: str) -> Reply:
        """The document at an address, after at most ``max_redirects`` redirects, each checked like the first.

        Raises ``InputError`` for another scheme, a private address, a site that forbids it, an error status, and for
        what is too large or too slow.
        """
        deadline = time.monotonic() + self._options.timeout
        _check(url)
        for _ in range(self._options.max_redirects + 1):
            self._ask_robots(url, deadline)
            reply, target = self._get(url, self._options.max_bytes, deadline)
            if target is None:
                return reply
            url = target
            _check(url)
        raise InputError(f"more than {self._options.max_redirects} redirects; give the final address")

    def _ask_robots(self, url: str, deadline: float) -> None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self._robots.get(origin)
        if rules is None:
            rules = RobotFileParser()
            rules.parse(self._robots_lines(f"{origin}/robots.txt", deadline))
            self._robots[origin] = rules
        if not rules.can_fetch(AGENT, url):
            raise InputError("the site's robots.txt forbids fetching this page; save it by hand and give the file")

    def _robots_lines(self, url: str, deadline: float) -> list[str]:
        for _ in range(self._options.max_redirects + 1):
            try:
                reply, target = self._get(url, ROBOTS_BYTES, deadline)
            except StatusError as error:
                # A missing robots.txt allows all; a site whose robots.txt fails is left alone (RFC 9309).
                return [] if error.status < 500 else ["User-agent: *", "Disallow: /"]
            if target is None:
                return reply.data.decode("utf-8", "replace").splitlines()
            url = target
        return []

    def _get(self, url: str, limit: int, deadline: float) -> tuple[Reply, str | None]:
        """One request: the reply, or the address that it redirects to."""
        scheme, host, port = _check(url)
        parts = urlsplit(url)
        address = _resolve(host, port or (443 if scheme == "https" else 80), self._options.allow_private)
        shown = f"[{address}]" if ":" in address else address
        try:
            name = host.encode("idna").decode("ascii") if not host.isascii() else host
            pinned = urlunsplit((scheme, f"{shown}:{port}" if port else shown, parts.path or "/", parts.query, ""))
            header = f"[{name}]" if ":" in name else name
            headers = {"Host": f"{header}:{port}" if port else header}
            watch = Watch(deadline)
            request = self._client.build_request(
                "GET", pinned, headers=headers, extensions={"sni_hostname": name, "trace": watch.note}
            )
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise InputError(NO_ADDRESS) from error
        late = InputError(f"no whole answer within {self._options.timeout:g} seconds; try again later")
        try:
            with watch, closing(self._client.send(request, stream=True)) as response:
                result = self._take(response, url, limit)
        except httpx.TimeoutException as error:
            raise late from error
        except (httpx.HTTPError, OSError, ValueError) as error:
            if watch.is_over:
                raise late from error
            name = type(error).__name__
            raise InputError(f"cannot be fetched ({name}); check the address and the network") from error
        if watch.is_over:  # a connection that was cut may look like the end of the answer
            raise late
        return result

    def _take(self, response: httpx.Response, url: str, limit: int) -> tuple[Reply, str | None]:
        if response.status_code in (301, 302, 303, 307, 308) and "location" in response.headers:
            return Reply(b"", url, "", None), urljoin(url, response.headers["location"]).partition("#")[0]
        if response.status_code != 200:
            raise StatusError(response.status_code)
        length = response.headers.get("content-length", "")
        too_large = InputError(f"larger than {limit} bytes; save it and give a part of it")
        if length.isdigit() and int(length[:20]) > limit:
            raise too_large
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > limit:
                raise too_large
        media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Reply(bytes(data), url, media, response.charset_encoding), None


class StatusError(InputError):
    """A reply that is an error: "HTTP 404"."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the server answers HTTP {status}; check the address")
        self.status = status
