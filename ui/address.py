"""Where the page is served: taken early, before the slow imports, so that a fault shows at once."""

import socket

from ui import strings
from ui.errors import CannotServe
from ui.settings import UiSettings


def listen(settings: UiSettings) -> socket.socket:
    """Take the address that is to be served on; who comes before the server is up waits.

    Raises:
        CannotServe: it is taken, is none of this machine's, or must not be served without a
            password.
    """
    if not settings.is_local and settings.users is None:
        raise CannotServe(strings.NEEDS_AUTH.format(host=settings.host))
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, family=socket.AF_INET, type=socket.SOCK_STREAM
        )[0]
        return _bound(socket.socket(family, kind), address)
    except OSError as error:
        raise CannotServe(
            strings.PORT_TAKEN.format(
                host=settings.host,
                port=settings.port,
                reason=error.strerror or error,
                other=settings.port + 1,
            )
        ) from error


def address_of(settings: UiSettings) -> str:
    """Return the address at which this machine's browser finds the page."""
    host = "localhost" if settings.host == "0.0.0.0" else settings.host  # noqa: S104
    return f"http://{host}:{settings.port}"


def allowed_hosts(settings: UiSettings) -> list[str]:
    """Return the names by which the server may be called; any where it is open to others."""
    return [settings.host, "localhost", "127.0.0.1"] if settings.is_local else ["*"]


def _bound(taken: socket.socket, address: tuple[object, ...]) -> socket.socket:
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen()
    except OSError:
        taken.close()
        raise
    return taken
