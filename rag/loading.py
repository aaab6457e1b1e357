"""Loads what an answer reads beside the search for it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from index.models import load_bundled
from index.settings import BUNDLED, index_settings
from rag.entailment import load_entailment
from rag.late_interaction import load_token_encoder


def load_ahead() -> None:
    """Load the models in a thread, and return at once.

    A question would load them in turn, after Chroma, whose import takes one core: a second of six,
    from a cold start. A model that cannot be loaded is not spoken of here: the
    question meets it again, and says so.
    """
    loads: list[Callable[[], object]] = [load_token_encoder, load_entailment]
    if index_settings().reranker == BUNDLED:
        loads.append(lambda: load_bundled("reranker_en"))
    ahead = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load-ahead")
    for load in loads:
        ahead.submit(load)
    ahead.shutdown(wait=False)
