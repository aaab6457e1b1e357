"""What `python -m eval --bench` does with a set of claims, and what it prints below the figures."""

from collections.abc import Mapping
from typing import Any

from eval.bench_files import ClaimBench
from eval.benches import PartAsked, choose_claims, fitting_note, load_claims, sample_claims
from eval.check_claims import check_claims, report_claims
from eval.errors import MissingData
from eval.figures import UNDEFINED, show_value
from eval.markdown import markdown_table
from eval.published import published_for
from eval.types import ClaimOutcome, Report
from index.progress import Progress

MOST_LABELS = 20
"""Labels of claims in the table; what is rarer than these tells little."""


def measure_claims(
    name: str,
    folder: str,
    *,
    part: PartAsked,
    limit: int | None,
    settings: Mapping[str, Any],
    progress: Progress,
) -> Report:
    """Check the claims of a public set, and return the report.

    Raises:
        MissingData: the folder does not hold the set's files.
        BadData: a file is not in the shape that its authors publish; names the row.
    """
    bench: ClaimBench = load_claims(name, folder)
    inside = choose_claims(name, bench.claims, part)
    if not inside:
        raise MissingData(f"{folder} holds no claim of --part {part}. Ask for --part all.")
    kept = {claim.id for claim in inside}
    outcomes = check_claims(
        sample_claims(inside, limit), by_sentence=bench.by_sentence, progress=progress
    )
    return report_claims(
        outcomes,
        pairs=bench.pairs,
        others=[claim for claim in bench.claims if claim.id not in kept],
        settings=settings,
        notes=(*bench.notes, *filter(None, [fitting_note(name, part)])),
    )


def labels_to_markdown(report: Report) -> str:
    """Return, by what people said of the claims, how many pass the check; "" without claims."""
    by_label: dict[str, list[ClaimOutcome]] = {}
    for outcome in report.claims:
        by_label.setdefault(outcome.claim.label, []).append(outcome)
    if not by_label:
        return ""
    rows = [["label", "claims", "supported", "accepted"]]
    largest = sorted(by_label.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_LABELS]
    for label, outcomes in largest:
        accepted = sum(outcome.support.verdict == "supported" for outcome in outcomes)
        sound = "yes" if outcomes[0].claim.supported else "no"
        rows.append([label, str(len(outcomes)), sound, f"{accepted / len(outcomes):.3f}"])
    return markdown_table(rows)


def published_to_markdown(name: str, report: Report) -> str:
    """Return what others have published on a set beside ours; "" where nothing is known."""
    published = published_for(name)
    if not published:
        return ""
    rows = [["published by others", "measure", "figure", "ours here", "measured on", "source"]]
    for each in published:
        ours = UNDEFINED
        if each.metric:
            metric = report.metric(each.metric)
            ours = show_value(metric.value, metric.unit)
        figure = f"{each.value:.3f}"
        rows.append([each.who, each.measure, figure, ours, each.on, each.source])
    return (
        "Published by others. Their splits differ from ours, as the column says: near, not like "
        f"for like.\n\n{markdown_table(rows)}"
    )
