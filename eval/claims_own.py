"""Our own claims: sound sentences about short reports, and the same with one planted error.

{"story", "title" or none, "text", "rests_on" or none, "sound", "planted", "kind"} a line, in three
files. The check is fitted on `claims_learnt.jsonl`; on `claims.jsonl` it is not, but rules were
made with them in sight; `claims_held_out.jsonl` is for figures alone. They are no public set.
"""

from pathlib import Path

from eval.bench_files import ClaimBench, rows_of, sentences_of, text_of
from eval.types import Claim

OWN_FILE = Path(__file__).with_name("claims.jsonl")
LEARNT_FILE = Path(__file__).with_name("claims_learnt.jsonl")
HELD_OUT_FILE = Path(__file__).with_name("claims_held_out.jsonl")


def load_own(path: Path = OWN_FILE, *, narrow: bool = False) -> ClaimBench:
    """Return each sound sentence, followed by itself with one planted error.

    Args:
        path: The file.
        narrow: Whether each stands beside the sentences that the sound one rests on alone, as a
            footnote is narrowed to them, instead of the whole report.
    """
    claims: list[Claim] = []
    pairs: list[tuple[str, str]] = []
    for number, (place, row) in enumerate(rows_of(path), start=1):
        with place:
            title = [text_of(row, "title")] if "title" in row else []
            sentences = sentences_of(text_of(row, "text"))
            if narrow:
                evidence = tuple(sentences[i] for i in row["rests_on"])
            else:
                evidence = (*title, *sentences)
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
