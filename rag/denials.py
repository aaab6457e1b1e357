"""Whether a clause denies what another says, says the opposite, or says it more surely.

Told by words alone: models of likeness put "rose" beside "fell", and "not" beside nothing. What is
compared are two clauses that speak of the same thing; see `alignment.py`.
"""

import re
from itertools import chain

from rag.mentions import form, telling_words

NEGATOR = re.compile(
    r"\b(?:no one|nobody|no(?!\s(?:more|fewer|less|later|earlier|longer)\s+than\b)"
    r"|not(?!\sonly\b)|never|nothing|none|neither|nor|without|cannot|unable|refus(?:e|es|ed)|fail(?:s|ed)?|reject(?:s|ed)?"
    r"|den(?:y|ies|ied)|lacks?|ruled? out|hardly|against the advice)\b|n[’']t\b",
    re.IGNORECASE,
)

NOBODY = re.compile(r"\b(?:nobody|no one|none)\b", re.IGNORECASE)
SPARED = re.compile(
    r"\b(?:un(?:hurt|harmed|injured|scathed|damaged|touched|known|clear|able)\w*|only|alone|escaped"
    r"|safe(?:ly)?|spared|free of|last|all but)\b",
    re.IGNORECASE,
)
"""Says without a "no" that somebody or something is not: "all were unhurt"."""

HEDGE = re.compile(
    r"\b(?:may|might|(?<!\bnot one )(?<!\bnone )(?<!\bno one )could(?! not\b)(?!n[’']t)"
    r"|would|should|possibl[ey]|perhaps|maybe|probably|likely|expect\w*"
    r"|plann(?:ed|ing)|plans?(?= (?:to|for)\b)"
    r"|(?<!\bagainst the )(?<!\bunder the )(?<!\bwith the )plans?|propos\w+|alleg\w+|reportedly"
    r"|supposedly|said to|appear(?:s|ed)?|seem(?:s|ed)?|aim(?:s|ed)?|hop(?:es?|ed|ing)|consider\w*"
    r"|estimat\w+|suggest\w*|believ\w+"
    r"|thinks?|thought|reckon\w*|suspect\w*|if|unless|whether|intend\w*|wants?|would like|willing"
    r"|wish\w*|meant to|(?:is|are|was|were) to|yet to|still has to|still have to|provided|assum\w+"
    r"|forecast\w*|predict\w*|potential\w*|fears?|feared|asks?|asked|demand\w*|urg\w+|promis\w+"
    r"|call(?:s|ed|ing)? for)\b",
    re.IGNORECASE,
)
"""Says that something is thought, wished or planned rather than so. "Not one could" says it is."""

CERTAIN = re.compile(
    r"\b(?:certain(?:ly|ty)?|definite(?:ly)?|guarante\w+|confirm\w*|prov(?:ed|en|es)|established"
    r"|undoubtedly|beyond doubt|conclusive(?:ly)?|already|settled)\b",
    re.IGNORECASE,
)

GUILTY = frozenset(("guilty", "convicted"))
CLEARED = frozenset(("innocent", "acquitted", "cleared"))

OPPOSITES = [
    (frozenset(first.split()), frozenset(second.split()))
    for first, second in (
        (
            "rose risen rise rises rising grew grown grow grows growing increased increase "
            "increases climbed climbs gained gain gains jumped soared raised raise higher",
            "fell fallen fall falls falling dropped drop drops declined decline declines decreased "
            "decrease decreases shrank shrunk sank plunged slumped lowered reduced cut lower lost",
        ),
        ("more", "less fewer"),
        ("above exceeds", "below"),
        ("best", "worst"),
        ("hardest toughest", "easiest"),
        ("won win wins winning beat victory", "lost lose loses losing defeat defeats"),
        ("profit", "loss"),
        (" ".join(GUILTY), " ".join(CLEARED)),
        (
            "accepted accepts approved approves backed backs supported supports welcomed welcomes "
            "agreed adopted passed",
            "rejected rejects opposed opposes refused refuses criticised criticises criticized "
            "criticizes condemned condemns dismissed",
        ),
        ("allowed allows permitted permits", "banned bans forbidden forbids prohibited"),
        ("opened opens open reopened reopens reopen", "closed closes close shut"),
        ("strengthened stronger strong", "weakened weaker weak"),
        ("largest biggest highest", "smallest lowest"),
        ("longer", "shorter"),
        ("older", "younger"),
        ("faster", "slower"),
        ("cheaper", "dearer costlier"),
        ("earliest earlier early", "latest later late"),
        ("alive survived", "dead died killed"),
        ("hurt injured wounded", "died killed dead"),
        ("hired appointed", "fired sacked dismissed"),
        ("legal lawful", "illegal unlawful"),
        ("possible", "impossible"),
        ("before", "after"),
        ("because", "despite although"),
        ("least minimum", "most maximum"),
        ("upstream upwards", "downstream downwards"),
        ("indoors", "outdoors"),
        ("domestic", "abroad foreign"),
        ("north northern", "south southern"),
        ("east eastern", "west western"),
        ("began begins begin started starts start", "ended ends end finished stopped stops stop"),
        ("added adds", "removed removes"),
        ("arrived arrives", "departed departs"),
        ("success successful succeeded", "failure failed vain"),
        ("majority", "minority"),
        ("public", "private"),
    )
]
"""Words that news uses for opposite things; each side holds what means the same here."""

SIDES = [*OPPOSITES, *((second, first) for first, second in OPPOSITES)]
WORDS_WITH_OPPOSITE = frozenset(chain.from_iterable(chain.from_iterable(OPPOSITES)))

FEWEST_WORDS = 2
DENIED_WITHIN = 60
"""Characters after a "not" in which the word that it denies is looked for."""

SAME_WORDS = 0.5
"""Share of telling words from which a "not" in one of two clauses counts. Of 571 sound sentences 3
were then taken for denials, of 571 with an error 11; sharing only the shorter one's words, 37 and
48."""

WORD = re.compile(r"\w+")


def is_denied(clause: str, evidence: str) -> bool:
    """Say whether of two clauses in much the same words one says "not"; two cancel out.

    In other words a "not" tells nothing: "fares would not change" means that they stay as they are.
    """
    ours, theirs = (len(NEGATOR.findall(text)) % 2 for text in (clause, evidence))
    return ours != theirs and is_alike(clause, evidence)


def empties(claim: str, evidence: str) -> bool:
    """Say whether a claim is of nobody where its evidence has nothing of the kind."""
    return bool(NOBODY.search(claim)) and not (NEGATOR.search(evidence) or SPARED.search(evidence))


def is_alike(clause: str, evidence: str, least: float = SAME_WORDS) -> bool:
    """Say whether two clauses say much the same, or one has all of the other's telling words.

    A "not" in either aside. A word alone is like nothing.
    """
    ours, theirs = (
        set(map(_stem, telling_words(NEGATOR.sub(" ", text)))) for text in (clause, evidence)
    )
    if len(ours) < FEWEST_WORDS:
        return False
    return ours <= theirs or len(ours & theirs) / len(ours | theirs) >= least


def opposites(clause: str, evidence: str) -> list[tuple[str, str]]:
    """Return the words of a clause of which the evidence has only the opposite, each with it."""
    ours, theirs = (WORD.findall(text.lower()) for text in (clause, evidence))
    said = frozenset(theirs)
    return [
        (word, next(other for other in theirs if other in opposite))
        for word in dict.fromkeys(ours)
        if word in WORDS_WITH_OPPOSITE
        for mine, opposite in SIDES
        if word in mine and said & opposite and not said & mine and not set(ours) & opposite
    ]


def turns_verdict(clause: str, evidence: str) -> bool:
    """Say whether one calls guilty whom the other calls cleared, and neither denies anything."""
    if NEGATOR.search(clause) or NEGATOR.search(evidence):
        return False
    pairs = map(frozenset, opposites(clause, evidence))
    return any(pair & GUILTY and pair & CLEARED for pair in pairs)


def loses_hedge(claim: str, evidence: str) -> bool:
    """Say whether a clause of evidence puts as thought or planned what a claim puts as so.

    The claim as a whole: its "would like to" may stand in another clause than the evidence's.
    """
    return bool(HEDGE.search(evidence)) and not HEDGE.search(claim)


def is_overstated(claim: str, evidence: str) -> bool:
    """Say whether a claim calls certain or done what no evidence calls so."""
    return bool(CERTAIN.search(claim)) and not CERTAIN.search(evidence)


def denied_words(text: str) -> set[str]:
    """Return the stem of the word that each "not" is about: the first telling one after it."""
    words = (
        telling_words(text[match.end() : match.end() + DENIED_WITHIN])[:1]
        for match in NEGATOR.finditer(text)
    )
    return {_stem(word) for found in words for word in found}


def stated_words(text: str) -> set[str]:
    """Return the stems of the words that say something."""
    return set(map(_stem, telling_words(text)))


def _stem(word: str) -> str:
    """Return a word's form without a last "e": "vote" and "voted" are one."""
    return form(word).removesuffix("e")
