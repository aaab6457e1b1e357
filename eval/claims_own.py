"""Our own claims: sound sentences about short reports, and the same with one planted error.

`claims.jsonl`: {"story", "title", "text", "sound", "planted", "kind"}. Nothing is fitted on them,
but rules of the check were made with them in sight, so they are no public set.
"""

from pathlib import Path

from eval.bench_files import ClaimBench, rows_of, sentences_of, text_of
from eval.types import Claim

OWN_FILE = Path(__file__).with_name("claims.jsonl")


def load_own(path: Path = OWN_FILE) -> ClaimBench:
    """Return each sound sentence, followed by itself with one planted error."""
    claims: list[Claim] = []
    pairs: list[tuple[str, str]] = []
    for number, (place, row) in enumerate(rows_of(path), start=1):
        with place:
            evidence = (text_of(row, "title"), *sentences_of(text_of(row, "text")))
            sound, planted = (
                Claim(
                    id=f"own-{number}-{key}",
                    group=text_of(row, "story"),
                    text=text_of(row, key),
                    evidence=evidence,
                    supported=key == "sound",
                    label=text_of(row, "kind"),
                )
                for key in ("sound", "planted")
            )
            claims += [sound, planted]
            pairs.append((sound.id, planted.id))
    return ClaimBench(claims, pairs=tuple(pairs))
