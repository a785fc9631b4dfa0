"""Whom the server answers: programs of this machine and its own pages, and no page of another place."""

from __future__ import annotations

import re
from typing import Final

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request

# A page of elsewhere may point its own name at this machine; the name it then sends is still its own.
_HERE: Final = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
DATA_POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"


def find_objection(request: Request) -> str | None:
    """Why a request is not answered at all; None where nothing speaks against it."""
    host = request.headers.get("Host", "")
    if _HERE.fullmatch(host) is None:
        return "this server answers to the names 127.0.0.1, localhost and [::1] only"
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        return "this server answers no page of another place"
    if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.headers.get("Sec-Fetch-Mode") != "navigate":
        return "this server answers no page of another place"
    return None


def add_protection(headers: Headers) -> None:
    """Tell a browser what a response may do; a policy that is there already stays."""
    headers.setdefault("Content-Security-Policy", DATA_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-cache")
