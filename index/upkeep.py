"""Keep what is derived from the catalogue in step with it: search base, vectors, room on the disk.

Every change ends with it. What a kill or a full disk leaves undone, the next change does.
"""

import logging
from pathlib import Path

from index.base import is_usable, sweep_bases, write_base
from index.catalogue import Catalogue
from index.errors import BrokenLibrary, DiskFailure
from index.vectors import VectorStore

log = logging.getLogger(__name__)

ERASING = "erasing"
"""A fact that is "yes" from an erasure's commit until its last trace is gone from the disk."""

STILL_READ = (
    "%s is still read by another program. What was erased is found no more, and leaves the disk "
    "with the next change after that program is done: run `python -m index add`."
)

SMALLEST_STALE_TAIL = 200
"""Passages; below it a tail is searched faster than a new base is written."""

STALE_SHARE = 0.1
"""A tail above this share of the base calls for a new base; so do as many rows that are gone."""

SPARE_VECTORS = 50
"""Vectors without a passage that even a small library keeps: 77 kB."""


class Upkeep:
    """Keeps a library in order. The caller holds the writer's lock."""

    def __init__(self, folder: Path, catalogue: Catalogue, vectors: VectorStore) -> None:
        """Look after the library in a folder."""
        self.folder = folder
        self.catalogue = catalogue
        self.vectors = vectors

    def bump(self) -> None:
        """Tell readers that what is searchable changed."""
        revision = int(self.catalogue.fact("revision") or 0) + 1
        self.catalogue.set_fact("revision", str(revision))

    def keep_up(self, *, force: bool = False) -> None:
        """Renew the base after a change, which stands and is found even where this fails."""
        try:
            self.renew_base(force=force)
        except (BrokenLibrary, DiskFailure) as error:
            log.warning("%s", error)

    def renew_base(self, *, force: bool = False) -> None:
        """Write a new base when the tail has outgrown the old one, or the old one is broken.

        Raises:
            BrokenLibrary: the new one failed its check, or a vector is lost; the old one serves.
            DiskFailure: the disk is full, or fails.
        """
        name = self.catalogue.fact("base")
        total = self.catalogue.count_passages()
        if total and (
            force or not name or self._is_stale(total) or not is_usable(self.folder / name)
        ):
            rows = self.catalogue.vectors()
            new = write_base(
                self.folder, [i for i, _ in rows], self.vectors.get([key for _, key in rows])
            )
            with self.catalogue.transaction():
                self.catalogue.set_base(new.name, new.found)
                self.catalogue.set_fact("base_size", str(new.size))
                self.catalogue.set_fact("base_found", str(len(new.found)))
                self.catalogue.set_fact("base_left_out", str(total - len(new.found)))
                self.catalogue.merge_words()
                self.bump()
        elif name and not total:
            with self.catalogue.transaction():
                self.catalogue.set_fact("base", "")
                self.bump()
        sweep_bases(self.folder, self.catalogue.fact("base"))
        self._tidy()

    def _is_stale(self, total: int) -> bool:
        """Say whether too many passages are not in the base, or too many that it holds are gone."""
        tail = self.catalogue.count_passages("base IS NOT ?", self.catalogue.fact("base"))
        kept = total - tail
        tail_at_first = int(self.catalogue.fact("base_left_out") or 0)
        dead = int(self.catalogue.fact("base_found") or 0) - kept
        return max(tail - tail_at_first, dead) > max(SMALLEST_STALE_TAIL, STALE_SHARE * kept)

    def _tidy(self) -> None:
        """Let go of vectors and words that no passage needs, and give their place on the disk back.

        The vectors of what has just gone are worth keeping, since it may come back; not for ever.
        """
        needed = self.catalogue.count_vectors()
        if self.vectors.count() - needed > max(SPARE_VECTORS, STALE_SHARE * needed):
            self.vectors.keep_only(key for _, key in self.catalogue.vectors())
            with self.catalogue.transaction():
                self.catalogue.merge_words()
        for database in (self.catalogue.database, self.vectors.database):
            database.tidy()

    def finish_erasure(self) -> None:
        """Have what was erased leave the disk; the next writer does what a kill broke off."""
        if self.catalogue.fact(ERASING) != "yes":
            return
        self.vectors.keep_only(key for _, key in self.catalogue.vectors())
        databases = (self.catalogue.database, self.vectors.database)
        kept = [database.path for database in databases if not database.compact()]
        self.keep_up(force=self.catalogue.fact("base") == "")
        kept += sweep_bases(self.folder, self.catalogue.fact("base"))
        if kept:
            log.warning(STILL_READ, kept[0])
            return
        with self.catalogue.transaction():
            self.catalogue.set_fact(ERASING, "no")
