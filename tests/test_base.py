"""The base is written once, proved before it is used, and swept only when nobody reads it."""

from pathlib import Path

import numpy as np
import pytest

from index.base import Base, base_problem, sweep_bases, write_base
from index.base_scrub import HEADER, scrub
from index.errors import BrokenLibrary


def unit_vectors(count: int) -> np.ndarray:
    rows = np.random.default_rng(7).normal(size=(count, 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def rows() -> tuple[list[str], np.ndarray]:
    return [f"passage-{n}" for n in range(600)], unit_vectors(600)


def test_every_row_finds_itself_with_its_cosine(
    tmp_path: Path, rows: tuple[list[str], np.ndarray]
) -> None:
    ids, vectors = rows
    base = Base(tmp_path / write_base(tmp_path, ids, vectors).name, 600)
    assert base.size == 600
    for n in range(0, 600, 60):
        best, cosine = base.search(vectors[n], 3)[0]
        assert best == ids[n]
        assert cosine == pytest.approx(1.0, abs=1e-4)
    base.close()


def test_a_base_of_another_size_or_without_its_files_is_a_problem(
    tmp_path: Path, rows: tuple[list[str], np.ndarray]
) -> None:
    folder = tmp_path / write_base(tmp_path, *rows).name
    assert base_problem(folder, 600) is None
    assert "600 passages, not 601" in str(base_problem(folder, 601))
    (folder / "chroma.sqlite3").unlink()
    assert base_problem(folder, 600) is not None
    with pytest.raises(BrokenLibrary):
        Base(folder, 600)


def test_a_base_that_cannot_be_tried_in_time_is_a_problem(
    tmp_path: Path, rows: tuple[list[str], np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / write_base(tmp_path, *rows).name
    monkeypatch.setattr("index.base_trial.SECONDS", 0.01)
    assert "came to no end" in str(base_problem(folder, 600))


def test_an_old_base_is_swept_when_its_last_reader_leaves(
    tmp_path: Path, rows: tuple[list[str], np.ndarray]
) -> None:
    old, new = write_base(tmp_path, *rows).name, write_base(tmp_path, *rows).name
    reader = Base(tmp_path / old, 600)
    sweep_bases(tmp_path, new)
    assert (tmp_path / old).is_dir()
    reader.close()
    sweep_bases(tmp_path, new)
    assert not (tmp_path / old).exists()
    assert (tmp_path / new).is_dir()


@pytest.mark.parametrize("count", [1, 99, 100, 101, 600])
def test_no_memory_of_this_process_is_written_beside_the_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr("index.base.BATCH", 100)  # of 101 rows one is alone in the last batch
    vectors = unit_vectors(count)
    folder = tmp_path / write_base(tmp_path, [str(n) for n in range(count)], vectors).name
    (header,) = folder.rglob("header.bin")
    _, _, _, rows, size = HEADER.unpack_from(header.read_bytes())
    assert rows == count
    for name, row in (("data_level0.bin", size), ("length.bin", 4)):
        content = header.with_name(name).read_bytes()
        assert not any(content[rows * row :])
    written = {path: path.read_bytes() for path in folder.rglob("*.bin")}
    reader = Base(folder, count)
    assert [found for found, _ in reader.search(vectors[-1], 1)] == [str(count - 1)]
    reader.close()
    assert {path: path.read_bytes() for path in folder.rglob("*.bin")} == written
    header.with_name("length.bin").write_bytes(b"x")
    with pytest.raises(BrokenLibrary, match="form that is not known"):
        scrub(folder)
