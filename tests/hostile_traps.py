"""What in a folder is no file at all, or leads out of it."""

import os
import socket
from pathlib import Path

from hostile_texts import MEGA, PROSE


def set_traps(folder: Path, outside: Path) -> list[Path]:
    """Put into a folder what is no file at all, or a way out; return what must be reported."""
    outside.mkdir()
    secret = outside / "secret.txt"
    secret.write_text("The secret of Zyxwu is kept outside the folder.", encoding="utf-8")
    trap = folder / "traps"
    trap.mkdir()
    links = {
        "absolute.txt": secret, "relative.md": Path("../../outside/secret.txt"),
        "twice.html": Path("absolute.txt"), "nowhere.pdf": Path("missing.pdf"),
        "itself.txt": Path("itself.txt"), "ping.txt": Path("pong.txt"), "pong.txt":
        Path("ping.txt"), "passwd.txt": Path("/etc/passwd"), "zero.txt": Path("/dev/zero"),
        "folder": outside, "up": Path(".."), "here": Path(), "process.txt":
        Path("/proc/self/environ"), "folder.txt": outside,
    }  # fmt: skip
    for name, target in links.items():
        (trap / name).symlink_to(target)
    os.mkfifo(trap / "pipe.jsonl")
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(trap)  # the path of a socket may be only 107 bytes long
        try:
            bound.bind("socket.txt")
        finally:
            os.chdir(here)
    for name in ("sparse.txt", "sparse.jsonl", "sparse.pdf"):
        with (trap / name).open("wb") as file:
            file.truncate(1 << 40)
    with (trap / "sparse-small.txt").open("wb") as file:
        file.truncate(15 * MEGA)
    (trap / os.fsdecode(b"n\xffme.txt")).write_text(PROSE, encoding="utf-8")
    make_deep(trap / "d", 130)
    return [trap / name for name in links] + [trap / "pipe.jsonl", trap / "socket.txt"]


def make_deep(folder: Path, depth: int) -> None:
    """Make folders within folders, deeper than a path can name, with a text in the last."""
    here = Path.cwd()
    folder.mkdir()
    os.chdir(folder)
    try:
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("deep.txt").write_text(PROSE, encoding="utf-8")
    finally:
        os.chdir(here)
