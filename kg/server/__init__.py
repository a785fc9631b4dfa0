"""Serving a graph on this machine: SPARQL 1.1 Protocol, a page to ask in, the graph's page, and the articles."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.server.serving import HOST, Server, open_server

__all__ = ["HOST", "Server", "open_server"]


def __getattr__(name: str) -> object:
    """The processes that answer import this package too and need none of the web."""
    if name in __all__:
        from kg.server import serving

        return getattr(serving, name)
    raise AttributeError(f"module 'kg.server' has no attribute {name!r}")
