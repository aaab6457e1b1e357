"""Notes every attempt of a process to reach another: put this folder on PYTHONPATH.

Python tells of each connection, name looked up and datagram before it is made; what goes to a
file, and not to a list, is kept when the process ends in any way.
"""

import os
import sys

NOTED = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.getnameinfo",
    "socket.sendto",
    "socket.sendmsg",
    "urllib.Request",
)


def note(event: str, arguments: tuple[object, ...]) -> None:
    if event in NOTED:
        line = f"{event} {[given for given in arguments if isinstance(given, str | tuple | int)]}\n"
        with open(os.environ["ATTEMPTS"], "a", encoding="utf-8") as file:  # noqa: PTH123 - early
            file.write(line)


sys.addaudithook(note)
