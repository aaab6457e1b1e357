"""Sets of claims are read in their published shapes; bad rows are named."""

import json
from pathlib import Path

import pytest

from eval.benches import choose_claims, claim_part, load_claims, sample_claims
from eval.claims_bump import edited_sentences
from eval.claims_own import load_own
from eval.errors import BadData
from eval.types import Claim


def write_lines(path: Path, rows: list) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


WICE_ROWS = [
    {"claim": f"Claim {n}.", "evidence": ["So it is.", " "], "label": label, "meta": {"id": "dev1"}}
    for n, label in enumerate(("supported", "partially_supported", "not_supported"))
]
BUMP_ROW = {
    "id": 0,
    "article_id": 7,
    "article": "One is here. Two is there.",
    "reference_summary": "Two is there. One is here.",
    "edited_summary": "Two is there. One is not here.",
    "error_type": "Intrinsic Predicate",
}
SOURCES = [
    {"source_id": "1", "task_type": "Summary", "source": "CNN/DM", "source_info": "A won. B lost."},
    {
        "source_id": "2",
        "task_type": "QA",
        "source": "MARCO",
        "source_info": {"question": "who won", "passages": "passage 1:A won. B lost.\n\n"},
    },
    {
        "source_id": "3",
        "task_type": "Data2txt",
        "source": "Yelp",
        "source_info": {
            "name": "Mill",
            "attributes": {"WiFi": "no", "Music": None, "Seats": {"outside": True}},
            "review_info": [{"review_text": "Good soup. Slow staff."}],
        },
    },
]


def response(number: int, source: str, **changes: object) -> dict:
    row = {
        "id": str(number),
        "source_id": source,
        "model": "m",
        "temperature": 0.7,
        "labels": [],
        "split": "train",
        "quality": "good",
        "response": f"A won {number} times.",
    }
    return row | changes


SPAN = {"start": 0, "end": 1, "text": "A", "label_type": "Evident Conflict"}


def write_ragtruth(folder: Path, responses: list) -> Path:
    write_lines(folder / "source_info.jsonl", SOURCES)
    write_lines(folder / "response.jsonl", responses)
    return folder


def test_wice_counts_what_is_supported_in_part_as_unsupported(tmp_path: Path) -> None:
    write_lines(tmp_path / "oracle_chunks_dev.jsonl", [*WICE_ROWS, WICE_ROWS[0]])
    bench = load_claims("wice", tmp_path)
    assert [claim.supported for claim in bench.claims] == [True, False, False, True]
    assert [claim.label for claim in bench.claims[:3]] == [row["label"] for row in WICE_ROWS]
    assert bench.claims[0].group == bench.claims[3].group == "Claim 0."
    assert bench.claims[0].evidence == ("So it is.",)
    assert any("partially_supported" in note for note in bench.notes)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"label": "maybe"}, "'maybe' is none of"),
        ({"evidence": "So it is."}, "'evidence' is not a list but str"),
        ({"evidence": [1]}, "something other than texts"),
        ({"claim": ""}, "'claim' is empty"),
    ],
)
def test_a_wice_row_in_another_shape_is_refused(tmp_path: Path, change: dict, cause: str) -> None:
    write_lines(tmp_path / "oracle_chunks_dev.jsonl", [WICE_ROWS[0], WICE_ROWS[1] | change])
    with pytest.raises(BadData, match=rf"oracle_chunks_dev\.jsonl: line 2 .*{cause}"):
        load_claims("wice", tmp_path)


def test_only_edited_sentences_are_compared() -> None:
    before = "The ramp is closed. Repairs cost 3 crowns. It opens soon."
    after = "The ramp is closed. Repairs cost 4 crowns. It opens soon."
    assert edited_sentences(before, after) == ("Repairs cost 3 crowns.", "Repairs cost 4 crowns.")
    assert edited_sentences(before, "The ramp is closed.") == (before, "The ramp is closed.")


def test_bump_is_read_as_its_authors_publish_it_and_as_lines(tmp_path: Path) -> None:
    write_json(tmp_path / "task2_dataset.json", [BUMP_ROW])
    listed = load_claims("bump", tmp_path)
    write_lines(tmp_path / "task2.jsonl", [BUMP_ROW])
    assert load_claims("bump", tmp_path) == listed
    sound, edited = listed.claims
    assert (sound.text, edited.text) == ("One is here.", "One is not here.")
    assert (sound.supported, edited.supported) == (True, False)
    assert (sound.label, edited.label) == ("reference", "Intrinsic Predicate")
    assert sound.evidence == edited.evidence == ("One is here.", "Two is there.")
    assert listed.pairs == ((sound.id, edited.id),)
    assert claim_part("bump", sound) == claim_part("bump", edited)


def test_a_pair_without_an_edit_is_refused(tmp_path: Path) -> None:
    same = BUMP_ROW | {"edited_summary": BUMP_ROW["reference_summary"]}
    write_json(tmp_path / "task2_dataset.json", [BUMP_ROW, same])
    with pytest.raises(BadData, match=r"row 2, counted from 1, .*does not differ"):
        load_claims("bump", tmp_path)


def test_ragtruth_reads_the_good_responses_of_the_train_split(tmp_path: Path) -> None:
    responses = [
        response(1, "2"),
        response(2, "1", labels=[SPAN, SPAN]),
        response(3, "2", split="test"),
        response(4, "2", quality="truncated"),
        response(5, "3"),
    ]
    bench = load_claims("ragtruth", write_ragtruth(tmp_path, responses))
    assert [(claim.id, claim.group, claim.supported) for claim in bench.claims] == [
        ("ragtruth-2", "1", False),
        ("ragtruth-1", "2", True),
        ("ragtruth-5", "3", True),
    ]
    assert [claim.label for claim in bench.claims] == [
        "Summary: Evident Conflict", "QA: sound", "Data2txt: sound",
    ]  # fmt: skip
    assert bench.claims[0].evidence == ("A won.", "B lost.")
    assert bench.claims[1].evidence == ("passage 1:A won.", "B lost.")
    assert bench.claims[2].evidence == (
        "name: Mill",
        "attributes WiFi: no",
        "attributes Music: none",
        "attributes Seats outside: True",
        "review_info review_text: Good soup.",
        "Slow staff.",
    )
    assert bench.by_sentence


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"source_id": "9"}, r"source_info\.jsonl has no source '9'"),
        ({"split": "dev"}, "'dev' is none of"),
        ({"labels": [{"start": 1}]}, "lacks 'label_type'"),
        ({"labels": None}, "'labels' is not a list"),
    ],
)
def test_a_ragtruth_row_in_another_shape_is_refused(
    tmp_path: Path, change: dict, cause: str
) -> None:
    write_ragtruth(tmp_path, [response(1, "1"), response(2, "1") | change])
    with pytest.raises(BadData, match=rf"response\.jsonl: line 2 .*{cause}"):
        load_claims("ragtruth", tmp_path)


def test_our_own_claims_come_in_pairs_about_one_story() -> None:
    bench = load_own()
    by_id = {claim.id: claim for claim in bench.claims}
    assert len(bench.claims) == 2 * len(bench.pairs) > 100
    assert all(by_id[a].group == by_id[b].group for a, b in bench.pairs)
    assert all(by_id[a].supported and not by_id[b].supported for a, b in bench.pairs)


def claims_of(groups: int, size: int) -> list[Claim]:
    return [
        Claim(id=f"{g}-{n}", group=f"g{g}", text="So.", evidence=("So.",), supported=True)
        for g in range(groups)
        for n in range(size)
    ]


def test_a_sample_of_claims_keeps_groups_whole_and_grows_by_adding() -> None:
    claims = claims_of(20, 3)
    few, more = sample_claims(claims, 10), sample_claims(claims, 20)
    assert len(few) == 12
    assert [claim for claim in more if claim in few] == few
    assert all(claim in few for claim in claims if claim.group in {c.group for c in few})
    assert sample_claims(claims, None) == sample_claims(claims, 60) == claims


def test_parts_of_claims_never_share_a_group() -> None:
    claims = claims_of(60, 2)
    parts = [choose_claims("wice", claims, part) for part in ("fit", "calibrate", "report")]
    groups = [{claim.group for claim in part} for part in parts]
    assert sum(map(len, parts)) == len(claims)
    assert not groups[0] & groups[1]
    assert not groups[2] & (groups[0] | groups[1])
    assert choose_claims("wice", claims, "all") == claims


def test_half_a_character_does_not_stop_a_set(tmp_path: Path) -> None:
    line = json.dumps(WICE_ROWS[0]).replace("Claim 0.", "Claim \\ud83d.")
    (tmp_path / "oracle_chunks_dev.jsonl").write_text(line, encoding="utf-8")
    (claim,) = load_claims("wice", tmp_path).claims
    assert claim.text.encode()
