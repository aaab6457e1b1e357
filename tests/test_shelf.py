"""Several libraries: found by name, kept apart, never anything but a folder of ours."""

from pathlib import Path

import pytest

from index import Index
from ui.errors import LibraryFailure, UnknownLibrary
from ui.shelf import BENEATH, Shelf


def test_a_library_is_made_found_again_and_kept_apart(index: Index, articles: Path) -> None:
    with Shelf(index) as shelf:
        assert shelf.names() == [shelf.main_name] == ["library"]
        shelf.make("Küste  & Hafen").sync([articles])
    with Shelf(index) as shelf:
        assert shelf.names() == ["library", "Küste & Hafen"]
        assert len(shelf.open("Küste & Hafen").articles()) == 3
        assert shelf.open("library").articles() == shelf.open().articles() == []
        assert shelf.open("Küste & Hafen") is shelf.open("Küste & Hafen")


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        "../library",
        "a/b",
        "a\\b",
        "/etc",
        "~",
        ".hidden",
        "a\0b",
        "a\nb",
        "a" * 61,
        "a.",
        "-a",
        "\u202eabc",
        "con:",
        "a*b",
        "<b>",
    ],
)
def test_no_name_leads_out_of_the_shelf(index: Index, name: str) -> None:
    with Shelf(index) as shelf:
        if name not in {"", "a\nb"}:
            with pytest.raises(UnknownLibrary, match="library"):
                shelf.open(name)
        if name != "a\nb":
            with pytest.raises(LibraryFailure, match="cannot name"):
                shelf.make(name)
        assert not (index.folder / BENEATH).exists()


def test_a_name_is_taken_once_whatever_its_case(index: Index) -> None:
    with Shelf(index) as shelf:
        shelf.make("Harbour")
        for taken in ("harbour", "HARBOUR", "Library"):
            with pytest.raises(LibraryFailure, match="already"):
                shelf.make(taken)


def test_a_link_to_another_folder_is_no_library(index: Index, tmp_path: Path) -> None:
    (index.folder / BENEATH).mkdir()
    (index.folder / BENEATH / "elsewhere").symlink_to(tmp_path)
    with Shelf(index) as shelf:
        assert shelf.names() == ["library"]
        with pytest.raises(UnknownLibrary, match="no library"):
            shelf.open("elsewhere")
