"""The settings of evaluation, read from `FOOTNOTE_` variables and from `.env`."""

from collections.abc import Iterable
from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings

from eval.errors import BadOption
from index.errors import BadValue
from index.settings import CONFIG, Address, Key, Words, read_settings
from rag.settings import RagSettings


class EvalSettings(BaseSettings):
    """Which language model judges answers; none does unless it is named and asked for."""

    model_config = CONFIG

    judge_base_url: Address = Field(
        default=None, description="an OpenAI-compatible server, up to and with its /v1"
    )
    judge_model: Words = Field(
        default=None, description="the judge's name there, with its version; never the writer's"
    )
    judge_api_key: Key = Field(default=None, description="where the server asks for one")

    @property
    def as_writer(self) -> RagSettings:
        """The same server as the client of `rag.model` takes it."""
        return RagSettings(
            llm_base_url=self.judge_base_url,
            llm_model=self.judge_model,
            llm_api_key=self.judge_api_key,
        )


@cache
def eval_settings() -> EvalSettings:
    """Read the settings once.

    Raises:
        BadValue: a value cannot be used, or a server is named without a model or the reverse.
    """
    settings = read_settings(EvalSettings)
    if (settings.judge_base_url is None) != (settings.judge_model is None):
        raise BadValue(
            "A judge needs both FOOTNOTE_JUDGE_BASE_URL and FOOTNOTE_JUDGE_MODEL. Set both, or "
            "unset both to measure without a judge."
        )
    return settings


def refuse_judge(settings: EvalSettings, writers: Iterable[str]) -> None:
    """Refuse a judge that would grade itself; best before anything is asked.

    Args:
        settings: Which model judges.
        writers: What writes, or wrote, the answers.

    Raises:
        BadOption: no judge is named, or it is a writer of the answers.
    """
    if settings.judge_model is None:
        raise BadOption(
            "No judge is named. Set FOOTNOTE_JUDGE_BASE_URL and FOOTNOTE_JUDGE_MODEL, or leave out "
            "--judge."
        )
    if _plain(settings.judge_model) in map(_plain, writers):
        raise BadOption(
            f"{settings.judge_model} writes these answers, so it cannot judge them. Name another "
            "model in FOOTNOTE_JUDGE_MODEL."
        )


def _plain(name: str) -> str:
    """Return a model's name without its owner, "latest" and case: "org/Qwen3:latest" is "qwen3"."""
    return name.strip().casefold().rsplit("/", maxsplit=1)[-1].removesuffix(":latest")
