"""What a killed upload left half written goes with an erasure, whatever the clock says."""

import os
import time

import pytest

from index import Index
from index.uploads import Uploads

TEXT = b"The harbour of Elmsund was closed for zebrafish on Monday, its master said.\n"


@pytest.mark.parametrize(("seconds", "goes"), [(-7_200, True), (7_200, True), (-60, False)])
def test_an_old_part_goes_with_an_erasure(index: Index, seconds: int, goes: bool) -> None:
    uploads = Uploads(index)
    (info,) = uploads.keep("harbour.txt", TEXT).articles
    part = uploads.folder / f".{'a' * 32}.part"
    part.write_bytes(TEXT[:40])
    then = time.time() + seconds
    os.utime(part, (then, then))
    uploads.erase(info.id)
    assert part.exists() is not goes, "one that is being written now is somebody else's"
