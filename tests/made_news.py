"""Four short reports from which cases can be drafted; two tell of one plant."""

from pathlib import Path

NEWS = {
    "bridge.txt": (
        "Holm Bridge to close for repairs\n\n"
        "Holm Bridge was designed by Ada Lund and opened in 1931. Tarn Council will spend 4.2 "
        "million crowns on the repairs. Ada Lund was born in Port Sellin. The bridge is to close "
        "on 3 May 2026.\n\n"
        "“The cables are tired,” said Odo Renn, the chief engineer of Tarn.\n"
    ),
    "bank.md": (
        "---\ntitle: Brannt Bank cuts jobs\nsource: Tarn Courier\ndate: 2025-10-20\n---\n\n"
        "Brannt Bank was founded in 2011 and employs 80 people. It will close its branch in "
        "Eastmere on 14 November 2025. Marit Quellan, who heads the bank, said that the branch had "
        "too few customers.\n"
    ),
    "cells.txt": (
        "Orlen Cells builds in Varnholm\n\n"
        "Orlen Cells was founded in 1998 and makes batteries. Orlen Cells will build a plant in "
        "Varnholm and hire 260 people. Jonas Wede, the mayor of Varnholm, welcomed the plant.\n"
    ),
    "copy.txt": (
        "Orlen Cells comes to town\n\n"
        "Orlen Cells will build a plant in Varnholm and hire 260 people. Work begins in spring, "
        "Orlen Cells told the Courier.\n"
    ),
}


def write_news(folder: Path) -> Path:
    """Write the reports into a new folder, and return it."""
    folder.mkdir()
    for name, text in NEWS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
