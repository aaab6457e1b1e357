"""`python -m ui`: the web chat."""

import argparse
import os
import signal
import socket
import sys
import threading
import types

from index import Index, IndexFailure
from rag import AnswerFailure, answer
from rag.settings import rag_settings
from ui import strings
from ui.settings import UiSettings, ui_settings

EXAMPLES = """examples:
  python -m ui                            the library in ./library, on this machine only
  python -m ui --library articles.lib     another library; `python -m index` makes one
  python -m ui --port 8080
  FOOTNOTE_AUTH=desk:secret python -m ui --host 0.0.0.0    for a whole newsroom

Every option has a setting: FOOTNOTE_HOME, FOOTNOTE_HOST, FOOTNOTE_PORT, FOOTNOTE_AUTH. A password
is safer there, or in .env, than on the command line, where others on the machine can see it.

exit codes: 0 stopped by Ctrl-C; 2 bad input, a missing library or a port in use"""


def main() -> int:
    """Serve the chat until it is stopped, and return the exit code."""
    arguments = _parser().parse_args()
    try:
        settings = ui_settings(host=arguments.host, port=arguments.port, auth=arguments.auth)
        rag_settings()
        _check_address(settings)
        with Index.open(arguments.library, create=False) as index:
            return _serve_until_stopped(index, settings)
    except (IndexFailure, _CannotServe) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(strings.STOPPED_SERVER)
        return 0


class _CannotServe(Exception):
    """Where the page was to be served, it cannot or must not be."""


def _check_address(settings: UiSettings) -> None:
    """Find out early, before the slow imports, whether the page can be served there."""
    if not settings.is_local and settings.credentials is None:
        raise _CannotServe(strings.NEEDS_AUTH.format(host=settings.host))
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise _port_taken(settings, error) from error


def _port_taken(settings: UiSettings, error: OSError) -> _CannotServe:
    message = strings.PORT_TAKEN.format(
        host=settings.host, port=settings.port, reason=error.strerror or error,
        other=settings.port + 1,
    )
    return _CannotServe(message)


def _serve_until_stopped(index: Index, settings: UiSettings) -> int:
    # Gradio reads this when it is imported, so the import has to wait for it.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    from ui.page import build_page
    from ui.serve import serve
    from ui.shelf import Shelf

    signal.signal(signal.SIGTERM, _interrupt)
    page = build_page(Shelf(index))
    try:
        address = serve(page, settings)
    except OSError as error:
        raise _port_taken(settings, error) from error
    warming = threading.Thread(target=_warm, args=(index,))
    try:
        warming.start()
        print(strings.READY.format(address=address), flush=True)
        print(strings.STOP_HINT, flush=True)
        threading.Event().wait()
    finally:
        page.close(verbose=False)
        # A model that is cut off while it loads would take the whole process down with it.
        warming.join()
    return 0


def _interrupt(number: int, frame: types.FrameType | None) -> None:
    """End on SIGTERM as on Ctrl-C."""
    raise KeyboardInterrupt


def _warm(index: Index) -> None:
    """Load the models by asking one question, so that the first visitor need not wait."""
    try:
        if index.articles():
            answer(strings.QUESTION_HINT, index=index)
    except (AnswerFailure, IndexFailure) as error:
        print(strings.NOT_WARM.format(error=error), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ui",
        description="The web chat: ask your articles, and read every source beside the answer.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--library", metavar="DIR", help="FOOTNOTE_HOME, else ./library")
    parser.add_argument("--host", help="the address to serve on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, help="the port to serve on (default 7860)")
    parser.add_argument("--auth", metavar="USER:PASSWORD", help="asked of every visitor")
    return parser


if __name__ == "__main__":
    sys.exit(main())
