"""`python -m ui`: the web chat."""

import argparse
import getpass
import os
import signal
import socket
import sys
import threading
import time
import types
from contextlib import suppress
from typing import NoReturn

from index import Index, IndexFailure
from index.models import load_embedder, load_reranker
from rag import AnswerFailure, answer
from rag.entailment import load_entailment
from rag.logs import set_up_logging
from ui import strings
from ui.address import address_of, listen
from ui.errors import CannotServe
from ui.health import Readiness
from ui.memory import share_arenas
from ui.passwords import hash_password
from ui.settings import UiSettings, ui_settings
from ui.shelf import Shelf
from ui.temporary import gradio_environment

EXAMPLES = """examples:
  python -m ui                            the library in ./library, on this machine only
  python -m ui --library articles.lib     another library; `python -m index` makes one
  python -m ui --port 8080
  FOOTNOTE_AUTH=desk:secret python -m ui --host 0.0.0.0    for a whole newsroom
  FOOTNOTE_AUTH='ana:scrypt$…,bo:scrypt$…' python -m ui    two users, passwords as hashes

Every option has a setting: FOOTNOTE_HOME, FOOTNOTE_HOST, FOOTNOTE_PORT, FOOTNOTE_AUTH,
FOOTNOTE_MCP, FOOTNOTE_ANSWERS_AT_ONCE. A password is safer there, or in .env, than on the command
line, where others on the machine can see it; as a hash (--hash-password) it is nobody's to read.
Passwords travel as they are: beyond a network that you trust, put a proxy with HTTPS in front.

beside the page: /docs the API, /healthz and /readyz for what watches over the server

exit codes: 0 stopped by Ctrl-C; 2 bad input, a missing library or a port in use"""

LAST_WORDS = 0.5
"""Seconds that answers under way have to come to an end before the library is closed."""


def main() -> int:
    """Serve the chat until it is stopped, and return the exit code."""
    arguments = _parser().parse_args()
    if arguments.hash_password:
        return _print_hash()
    try:
        settings = ui_settings(
            host=arguments.host,
            port=arguments.port,
            auth=arguments.auth,
            mcp=arguments.mcp,
            answers_at_once=arguments.answers_at_once,
        )
        set_up_logging("info")
        share_arenas()
        signal.signal(signal.SIGTERM, _interrupt)
        with (
            listen(settings) as taken,
            Index.open(arguments.library, create=False) as index,
            Shelf(index) as shelf,
        ):
            all_ended = _serve_until_stopped(shelf, settings, taken)
            print(strings.STOPPED_SERVER)
            if not all_ended:
                # A library must not be closed beneath an answer that hangs on its model's server.
                _leave(0)
    except (IndexFailure, CannotServe) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(strings.STOPPED_SERVER)
    return 0


def _leave(code: int) -> NoReturn:
    """End at once: taking apart what torch and its like have set up takes seconds."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _print_hash() -> int:
    """Ask for a password, and print the hash that FOOTNOTE_AUTH takes in its place."""
    if sys.stdin.isatty():
        password = getpass.getpass(strings.TYPE_IT)
        if password and password != getpass.getpass(strings.TYPE_AGAIN):
            print(strings.TYPED_DIFFERENTLY, file=sys.stderr)
            return 2
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        print(strings.TYPED_NOTHING, file=sys.stderr)
        return 2
    print(hash_password(password))
    return 0


def _serve_until_stopped(shelf: Shelf, settings: UiSettings, taken: socket.socket) -> bool:
    """Serve until a signal comes, and say whether every answer under way came to an end."""
    with gradio_environment():
        from ui.app import Server, build_app, build_turnstile
        from ui.page import build_page

        turnstile, readiness = build_turnstile(settings), Readiness()
        page = build_page(shelf, turnstile)
        app = build_app(page, shelf, settings, turnstile=turnstile, readiness=readiness)
        warming = threading.Thread(target=_warm, args=(shelf.open(), readiness))

        def welcome() -> None:
            warming.start()
            print(strings.READY.format(address=address_of(settings)), flush=True)
            print(strings.STOP_HINT, flush=True)

        with suppress(KeyboardInterrupt):  # how the server passes on what stopped it
            Server(app, page, turnstile, welcome).run(sockets=[taken])
        # A model that is cut off while it works would take the whole process down with it.
        if warming.ident is not None:
            warming.join()
        end = time.monotonic() + LAST_WORDS
        while not turnstile.is_empty and time.monotonic() < end:
            time.sleep(0.02)
        return turnstile.is_empty


def _interrupt(number: int, frame: types.FrameType | None) -> None:
    """End on SIGTERM as on Ctrl-C."""
    raise KeyboardInterrupt


def _warm(index: Index, readiness: Readiness) -> None:
    """Load the models by asking one question, so that the first visitor need not wait."""
    try:
        if index.articles():
            answer(strings.QUESTION_HINT, index=index)
        else:
            load_embedder()
            load_reranker()
            load_entailment()
        readiness.models = "loaded"
    except (AnswerFailure, IndexFailure) as error:
        readiness.models = "failed"
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
    parser.add_argument(
        "--auth", metavar="USER:PASSWORD", help="asked of every visitor; several by commas"
    )
    parser.add_argument(
        "--mcp",
        action="store_true",
        default=None,
        help="offer `answer` and `search` to programs by MCP, at /gradio_api/mcp/",
    )
    parser.add_argument(
        "--answers-at-once",
        type=int,
        metavar="N",
        help="answers worked on at the same time (default 2, with a language model 8)",
    )
    parser.add_argument(
        "--hash-password",
        action="store_true",
        help="ask for a password, print the hash to set in its place, and stop",
    )
    return parser


if __name__ == "__main__":
    _leave(main())
