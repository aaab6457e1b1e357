"""Two reports of which one says that a thing came out one way, and one the other way.

Told by words alone, from the sentences that cover the question best: one has a word for one
outcome, the other for its opposite; or one denies what the other states.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from rag.denials import NEGATOR, denied_words, stated_words
from rag.facts import Reader, Report
from rag.rivals import Rival
from rag.windows import Window

GOES_ON = 3
"""Sentences, the best one included, in which an outcome is looked for."""

LEAST_COVERAGE = 0.72
"""Below it a sentence does not speak of what is asked."""

DENIED = re.compile(rf"(?:{NEGATOR.pattern})(?:\s+\w+){{0,3}}\s+$", re.IGNORECASE)
"""What stands before an outcome that did not come: "was not approved"."""


@dataclass(frozen=True)
class Contrast:
    """Words for one outcome, and words for the opposite."""

    one: re.Pattern[str]
    other: re.Pattern[str]


def _contrast(one: str, other: str) -> Contrast:
    return Contrast(
        re.compile(rf"\b(?:{one})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{other})\b", re.IGNORECASE),
    )


CONTRASTS = tuple(
    _contrast(one, other)
    for one, other in (
        (
            r"approv\w+|passe[sd]|pass(?= )|adopt(?:s|ed)?|accept(?:s|ed)?|agree[sd]?(?: to)?|"
            r"vot(?:e|es|ed|ing) (?:for|in favou?r)|backed|backs|green light|go-ahead|"
            r"grant(?:s|ed)?|allow(?:s|ed)?|permit(?:s|ted)?|ratified|in favou?r",
            r"reject\w*|turn(?:s|ed|ing) (?:it |them |the \w+ )?down|refus\w+|block(?:s|ed)|"
            r"vot(?:e|es|ed|ing) (?:\w+ )?(?:against|down)|threw out|thrown out|veto\w*|"
            r"defeated|declin\w+|den(?:y|ied|ies)|banned|forb\w+|voted down|struck down",
        ),
        (
            r"surviv\w+|alive|lived through|saved|rescued alive|out of danger|recover(?:s|ed|ing)",
            r"dead|die[sd]?|dying|death|killed|perished|bod(?:y|ies)|drowned|succumbed|fatal\w*",
        ),
        (
            r"arson\w*|deliberate(?:ly)?|on purpose|set alight by|was set|started by someone|"
            r"intentional(?:ly)?|sabotage\w*|foul play|murder\w*|bomb\w*|crime|attack",
            r"accident\w*|electrical|short[- ]circuit|overheat\w*|technical|natural causes|"
            r"nobody set|no (?:sign|trace|evidence|hint)s? of|lightning|mishap|defect\w*|faulty",
        ),
        (
            r"open(?:s|ed)?|reopen\w*|open again|resum\w+|back in (?:service|operation)|running|"
            r"in operation|passable",
            r"clos(?:e|es|ed|ure)|shut|blocked|suspended|halted|out of (?:service|operation)|"
            r"impassable|sealed",
        ),
        (
            r"guilty(?<!not guilty)|convict\w+|condemned|sentenced",
            r"acquit\w+|not guilty|cleared|innocent|walk(?:s|ed) free|exonerated",
        ),
        (
            r"(?:a )?second (?:person|body|man|woman|passenger|victim|suspect|driver)|"
            r"another (?:person|body|man|woman|passenger)|two (?:people|bodies|men|women)|"
            r"accomplices?|companions?|passengers?|others",
            r"no ?(?:one|body) else|alone|on (?:his|her|their) own|only person|sole|"
            r"no (?:other|further|second)|without (?:accomplices|company)",
        ),
        (
            r"arrest\w*|detain\w*|in custody|held|caught|captured|behind bars|taken into",
            r"releas\w+|freed|let go|at large|on the run|escaped|set free|nobody has been|"
            r"no arrests?|still (?:looking|searching|hunting)|bail",
        ),
        (
            r"w[io]ns?|winn(?:er|ers|ing)|victor(?:y|ious)|beat|beats|triumph\w*|champions?",
            r"los[et]s?|lost|defeat\w*|beaten|draw|drawn|drew|stalemate",
        ),
        (
            r"resign\w*|step(?:s|ped|ping)? (?:down|aside)|quit|quits|leav(?:e|es|ing)|"
            r"hand(?:s|ed) in|gave up|gives up|departs?",
            r"stay(?:s|ed|ing)?|remain\w*|in office|hold on|carry on|carries on|will not go|"
            r"keep(?:s|ing)?|refus\w+ to",
        ),
        (
            r"end(?:s|ed)?|over|call(?:s|ed)? off|given up|stopped|halted|finished|settled|"
            r"brought to an end|under control|extinguished|lifted|out",
            r"continu\w+|go(?:es|ing)? on|went on|still|resum\w+|ongoing|carry on|"
            r"prolonged|not (?:yet )?(?:over|ended)|out of control|no end|burning",
        ),
        (
            r"cancel\w*|call(?:s|ed)? off|scrapp\w+|abandon\w*|dropped|will not take place|"
            r"axed|shelved",
            r"go(?:es|ing)? ahead|take(?:s)? place|as planned|on schedule|was held|will be held|"
            r"took place|went ahead|kept to",
        ),
        (
            r"safe|harmless|clean|drinkable|fit to drink|no danger|no risk|unpolluted|below",
            r"dangerous|harmful|unsafe|contaminat\w+|pollut\w+|toxic|poison\w*|unfit|above|"
            r"exceed\w*|hazard\w*|bacteria",
        ),
        (
            r"injur\w+|hurt|wounded|wounds?|casualties|hospital",
            r"unhurt|uninjured|unharmed|unscathed|no ?(?:one|body) (?:was|is|were) (?:hurt|injured|"
            r"harmed)|no (?:injuries|casualties)|escaped without",
        ),
        (
            r"confirm(?:s|ed)?|admit\w*|acknowledg\w+|confess\w*|plead(?:s|ed)? guilty",
            r"den(?:y|ies|ied)|reject\w*|dismiss\w*|refut\w+|disput\w+|plead(?:s|ed)? not guilty",
        ),
        (
            r"sign(?:s|ed)?|deal|agreement reached|reached (?:an )?agreement|agreed|struck|sealed|"
            r"merge[sd]?|success\w*",
            r"no deal|without (?:a deal|agreement|result)|broke (?:down|off)|collapse[sd]?|fail\w*|"
            r"fell through|fallen through|called off",
        ),
        (
            r"work(?:s|ed)|effective|success\w*|protected|succeed\w*|passed",
            r"fail\w*|ineffective|no effect|unsuccessful\w*|missed|did not work|no better",
        ),
        (
            r"ris(?:e|es|en|ing)|rose|grew|grown|increas\w+|climb\w*|higher|more|gain\w*|up|"
            r"raise[sd]?|dearer",
            r"f[ae]ll(?:s|en|ing)?|drop\w*|declin\w+|decreas\w+|lower\w*|fewer|less|shrank|down|"
            r"cut|cuts|reduc\w+|cheaper",
        ),
        (
            r"reached|arriv\w+|landed|docked|in orbit|made it|found|discovered|recovered",
            r"missing|not (?:been )?found|lost|vanish\w*|no trace|in vain|"
            r"never (?:reached|arrived)|crashed|without (?:a )?trace|turned back",
        ),
        (
            r"insured|licen[cs]ed|valid|legal\w*|lawful\w*|permitted|had a (?:licence|permit)",
            r"uninsured|unlicen[cs]ed|invalid|illegal\w*|unlawful\w*|without an? "
            r"(?:licence|license|permit|insurance)|no (?:licence|license|permit|insurance)",
        ),
        (
            r"sober|no alcohol|not been drinking",
            r"drunk\w*|alcohol|over the limit|intoxicated|had been drinking",
        ),
        (
            r"collapsed|destroyed|sank|sunk|gutted|burned down|wrecked|demolish\w*|torn down|"
            r"pulled down",
            r"intact|afloat|undamaged|unscathed|still stands?|spared|preserved|restored|kept|"
            r"saved|repaired|renovated",
        ),
    )
)
"""Words that news uses for opposite outcomes, gathered beside the development pairs."""


def rival_outcomes(reader: Reader, first: Report, second: Report) -> Rival | None:
    """Return the sentences with which two reports answer a yes-or-no question unlike."""
    ours, theirs = (_to_the_point(reader, report) for report in (first, second))
    asked = [
        (contrast.one, contrast.other)
        for contrast in CONTRASTS
        if contrast.one.search(reader.question) or contrast.other.search(reader.question)
    ]
    both_ways = [*asked, *((other, one) for one, other in asked)]
    for size, (one, other) in product((1, GOES_ON), both_ways):
        left, right = _only(ours[:size], one, other), _only(theirs[:size], other, one)
        if left and right:
            return _rival(reader, left, right)
    return _denial(reader, ours[:1], theirs[:1])


def _to_the_point(reader: Reader, report: Report) -> list[Window]:
    """Return the sentence that covers the question best, and those after it that go on from it.

    "Councillors voted on the quarry" is followed by "After three hours it was turned down".
    """
    sentences = list(report.sentences)
    covered = [reader.coverage(sentence) for sentence in sentences]
    if not covered or max(covered) < LEAST_COVERAGE:
        return []
    best = covered.index(max(covered))
    return sentences[best : best + GOES_ON]


def _only(
    sentences: Sequence[Window], one: re.Pattern[str], other: re.Pattern[str]
) -> tuple[Window, str] | None:
    """Return the sentence that tells one outcome, if none tells the other or denies this one."""
    if any(other.search(sentence.text) for sentence in sentences):
        return None
    found = [(sentence, match) for sentence in sentences for match in one.finditer(sentence.text)]
    if any(DENIED.search(sentence.text[: match.start()]) for sentence, match in found):
        return None
    return next(((sentence, match.group()) for sentence, match in found), None)


def _denial(reader: Reader, ours: list[Window], theirs: list[Window]) -> Rival | None:
    """Return the sentences of which one denies a word of the question that the other states."""
    asked = stated_words(reader.question)
    for denying, stating, turned in ((ours, theirs, False), (theirs, ours, True)):
        for sentence in denying:
            denied = denied_words(sentence.text) & asked
            for other in stating:
                word = next(iter(sorted(denied & stated_words(other.text))), None)
                if word and not any(word in denied_words(each.text) for each in stating):
                    pair = ((sentence, f"not {word}"), (other, word))
                    return _rival(reader, *(pair[::-1] if turned else pair))
    return None


def _rival(reader: Reader, left: tuple[Window, str], right: tuple[Window, str]) -> Rival:
    strength = min(reader.coverage(left[0]), reader.coverage(right[0]))
    return Rival(first=left[0], second=right[0], words=(left[1], right[1]), strength=strength)
