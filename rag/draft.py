"""Check someone else's text: footnote what the articles support, and flag what they do not.

The answering machinery turned round: each sentence is looked for in the articles, what was found
is narrowed to the spans that cover it best, and the support check says whether these carry it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from index import Hit, Index
from rag.answer import FOUND, default_library
from rag.citations import Footnotes, cite_span
from rag.draft_evidence import DraftEvidence, Finding
from rag.draft_lines import DraftLine, read_lines
from rag.erasures import anew_if_erased
from rag.errors import BadDraft, EmptyLibrary
from rag.evidence import rerank
from rag.logs import logged
from rag.mentions import is_mentioned, mentioned_forms, names_in
from rag.period import Period, read_period, undated_notice
from rag.prompts import (
    DRAFT_NOT_TEXT,
    DRAFT_SUMMARY,
    DRAFT_TOO_LONG,
    EMPTY_DRAFT,
    EMPTY_LIBRARY,
    SILENT,
    WHO_IS_MEANT,
)
from rag.types import Answer, Citation, Sentence, Support
from rag.verbatim import VerbatimText
from rag.windows import Window

LONGEST_DRAFT = 50_000
"""Characters, some 8,000 words; at two or three sentences a second they take a few minutes."""

PASSAGES_RANKED = 6
"""For a line; more than for a question, since nobody waits for the first line of a draft."""

NEAR_LOGIT = 0.0
"""The cross-encoder's logit of the best passage, below which no article speaks of a sentence.

Of sentences about the sample articles, those of which they speak had 0.2 at least (35, false ones
too), the nine others -0.9 at most.
"""

NEAR_COVERAGE = 0.7
"""Mean cosine by which the nearest span covers a sentence; below it, too, they are silent.

The least of those 35 was .74. It counts where a sentence is looked for with the one before, which
raises the logit.
"""

REACH = 500
"""Characters before a span in which the person that a draft's "he" means must be named."""

NO_FIRST_WORD = "then"
"""Put before a sentence so that its first word counts as a name, too, if it has a capital."""

WRITER = "draft"


def check_draft(
    text: str,
    *,
    index: Index | None = None,
    since: str | None = None,
    until: str | None = None,
    sources: Sequence[str] | None = None,
    articles: Sequence[str] | None = None,
) -> Answer:
    """Check a text against a library's articles, sentence by sentence.

    Args:
        text: The draft, plain text.
        index: The library; the one that the settings name by default.
        since: First day of publication.
        until: Last day of publication. Under any limit of time undated articles are left out.
        sources: Outlets to check against.
        articles: Ids of articles to check against; no other is looked at.

    Returns:
        An answer whose sentences are the draft's lines in order, each as it stands there.
        "supported": the footnotes carry it. "partly" or "unsupported" with footnotes: the
        nearest span differs, and the reasons say how. "unsupported" without footnotes, for the
        reason `prompts.SILENT`: no article speaks of it. "unchecked": a heading, a question, a
        greeting. `question` is the draft.

    Raises:
        AnswerFailure: the draft or the period cannot be used, or there are no articles.
        IndexFailure: the library cannot be searched.
    """
    *_, last = stream_draft(
        text, index=index, since=since, until=until, sources=sources, articles=articles
    )
    return last


@logged("draft")
@anew_if_erased
def stream_draft(
    text: str,
    *,
    index: Index | None = None,
    since: str | None = None,
    until: str | None = None,
    sources: Sequence[str] | None = None,
    articles: Sequence[str] | None = None,
) -> Iterator[Answer]:
    """Yield what `check_draft` returns as it grows by sentences; the last is complete."""
    lines = [*read_lines(_usable(text))]
    library = index or default_library()
    known = library.articles()
    if not known:
        raise EmptyLibrary(EMPTY_LIBRARY)
    period = read_period(since, until, None)
    undated = (
        sum(
            article.published is None and (not articles or article.id in articles)
            for article in known
        )
        if period
        else 0
    )
    grown = Answer(
        question=text,
        asked=text,
        period=period,
        writer=WRITER,
        complete=False,
        notices=(undated_notice(undated),) if undated else (),
    )
    checker = _DraftChecker(library, period, sources, articles)
    for line in lines:
        grown = replace(grown, sentences=(*grown.sentences, checker.check(line)))
        yield grown
    notices = (*grown.notices, _summary(grown.sentences))
    yield replace(grown, notices=notices, hits=tuple(checker.cited.values()), complete=True)


def is_silent(sentence: Sentence) -> bool:
    """Say whether a draft's sentence was flagged because no article speaks of it."""
    return SILENT in sentence.support.reasons


class _DraftChecker:
    """Checks the lines of one draft; each piece of evidence is encoded once for all of them."""

    def __init__(
        self,
        library: Index,
        period: Period | None,
        sources: Sequence[str] | None,
        articles: Sequence[str] | None,
    ) -> None:
        """Start with nothing read."""
        self.cited: dict[str, Hit] = {}
        """The passages that were cited, by id."""
        self._library = library
        since, until = period or (None, None)
        self._search = partial(
            library.search, k=FOUND, since=since, until=until, sources=sources, articles=articles
        )
        self._evidence = DraftEvidence()
        self._footnotes = Footnotes()
        self._texts: dict[str, VerbatimText] = {}

    def check(self, line: DraftLine) -> Sentence:
        """Return a line with its footnotes, or with the reasons why it has none."""
        if line.unchecked:
            support = Support(verdict="unchecked", reasons=(line.unchecked,))
            return Sentence(text=line.text, citations=(), support=support)
        asked = f"{line.context} {line.claim}".strip()
        found = self._search(asked)
        citation = self._verbatim(line, found)
        if citation is not None:
            return self._said(line, [citation], Support(verdict="supported", score=1.0))
        return self._compared(line, rerank(asked, found, PASSAGES_RANKED))

    def _verbatim(self, line: DraftLine, found: Sequence[Hit]) -> Citation | None:
        """Return a footnote to the article that says a line word for word, or None."""
        for hit in {hit.article.id: hit for hit in reversed(found)}.values():
            article = self._library.article(hit.article.id)
            if article.id not in self._texts:
                self._texts[article.id] = VerbatimText(article)
            span = self._texts[article.id].find(line.claim)
            if span is not None:
                self._note(hit)
                return cite_span(article, *span, number=0)
        return None

    def _compared(self, line: DraftLine, passages: Sequence[Hit]) -> Sentence:
        """Return a line with what the best of the passages say about it."""
        findings = self._evidence.weigh(line.of_someone, passages)
        if not findings or not _comes_near(findings[0], passages[0]):
            score = findings[0].support.score if findings else 0.0
            silent = Support(verdict="unsupported", score=score, reasons=(SILENT,))
            return self._said(line, [], silent)
        for finding in findings:
            citations = [self._cite(window) for window in finding.windows]
            if self._is_named(line, citations):
                break
        return self._said(line, citations, finding.support)

    def _said(self, line: DraftLine, citations: Sequence[Citation], support: Support) -> Sentence:
        """Return a line with its numbered footnotes."""
        if support.verdict == "supported" and not self._is_named(line, citations):
            unclear = WHO_IS_MEANT.format(pronoun=line.pronoun)
            support = replace(support, verdict="partly", reasons=(unclear,))
        sentence = Sentence(text=line.text, citations=tuple(citations), support=support)
        return self._footnotes.numbered(sentence)

    def _cite(self, window: Window) -> Citation:
        self._note(window.hit)
        article = self._library.article(window.hit.article.id)
        return cite_span(article, window.start, window.end, number=0)

    def _is_named(self, line: DraftLine, citations: Sequence[Citation]) -> bool:
        """Say whether the cited text names whom or what a line's leading pronoun stands for.

        Where the sentence before names nobody, this cannot be told, and counts as named.
        """
        if not line.pronoun:
            return True
        names = names_in(f"{NO_FIRST_WORD} {line.context}")
        forms = frozenset[str]()
        for citation in citations:
            text = self._library.article(citation.article_id).text
            forms |= mentioned_forms(text[max(0, citation.start - REACH) : citation.end])
        return not names or any(is_mentioned(name, forms) for name in names)

    def _note(self, hit: Hit) -> None:
        self.cited.setdefault(hit.passage.id, hit)


def _comes_near(finding: Finding, best: Hit) -> bool:
    """Say whether an article speaks of a sentence: carries it, or says something like it."""
    if finding.carries:
        return True
    return best.score >= NEAR_LOGIT and finding.coverage >= NEAR_COVERAGE


def _usable(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" or character == "\x00" for character in text):
        raise BadDraft(DRAFT_NOT_TEXT)
    if not any(map(str.isalnum, text)):
        raise BadDraft(EMPTY_DRAFT)
    if len(text) > LONGEST_DRAFT:
        raise BadDraft(DRAFT_TOO_LONG.format(given=f"{len(text):,}", most=f"{LONGEST_DRAFT:,}"))
    return text


def _summary(sentences: Sequence[Sentence]) -> str:
    checked = [s for s in sentences if s.support.verdict != "unchecked"]
    supported = sum(s.support.verdict == "supported" for s in checked)
    silent = sum(map(is_silent, checked))
    return DRAFT_SUMMARY.format(
        checked=len(checked),
        supported=supported,
        silent=silent,
        differing=len(checked) - supported - silent,
        unchecked=len(sentences) - len(checked),
    )
