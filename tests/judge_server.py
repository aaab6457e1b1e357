"""A judge on a server of our own, and what it makes of runs made by hand."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from made_runs import outcome, run_of, written
from model_server import ModelServer, Reply
from pydantic import SecretStr

from eval.judge import judge_report
from eval.judge_verdicts import LIMITS, JudgeModel
from eval.settings import EvalSettings
from eval.types import Nugget, Outcome, Report
from rag.model import Limits

KEY = "sk-judge-secret"


class Judge(ModelServer):
    """Answers by what it is asked, since cases are judged side by side."""

    def __init__(self, say: Callable[[str], Reply]) -> None:
        super().__init__()
        self.say = say

    def reply_to(self, number: int, request: dict[str, Any]) -> Reply:
        return self.say(request["messages"][-1]["content"])


def settings_for(url: str, name: str = "judge-2026-01-01") -> EvalSettings:
    return EvalSettings(judge_base_url=url, judge_model=name, judge_api_key=SecretStr(KEY))


def judged_by(
    report: Report, say: Callable[[str], Reply], limits: Limits = LIMITS
) -> tuple[Report, Judge]:
    with Judge(say) as server:
        settings = settings_for(server.url)
        judged = judge_report(report, settings, model=JudgeModel(settings, limits))
    assert KEY not in json.dumps(judged.to_dict())
    return judged, server


def word(text: str) -> Callable[[str], Reply]:
    return lambda asked: Reply(text=text)


def case_of(number: int, *texts: str, **fields: Any) -> Outcome:
    made = outcome(number, *(written(text) for text in texts))
    return replace(made, case=replace(made.case, **fields))


def run(n: int = 3) -> Report:
    nuggets = (Nugget(text="3.4 million crowns"), Nugget(text="opens in May", vital=False))
    return run_of(
        *(
            case_of(
                i, f"Repair {i} costs 3.4 million crowns.", nuggets=nuggets, reference="3.4 million"
            )
            for i in range(n)
        )
    )


def scores_of(report: Report, metric: str) -> list[float | None]:
    return [score.value for score in report.scores if score.metric == metric]


def reasons_of(report: Report, metric: str) -> set[str | None]:
    return {score.reason for score in report.scores if score.metric == metric}
