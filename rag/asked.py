"""What kind of thing a question asks for: an amount, a day, a name, or how something came out."""

import re
from dataclasses import dataclass
from typing import Literal

from index.types import Value
from rag.measures import CURRENCIES, MEASURES, Amount
from rag.mentions import form

Dimensions = tuple[str, ...] | frozenset[str]
Kind = Literal["amount", "day", "name", "outcome"]

PERSON = re.compile(
    r"(?:people|person|man|men|woman|women|child|children|boy|girl|bab(?:y|ies)|pupil|adult|victim|"
    r"employee|guest|crew|staff|dead|injur\w*|hurt|wound\w*|kill\w*|peopl|famil(?:y|ies)|fan|"
    r"body|bodies|casualt(?:y|ies)|refugee|member|other|name|\w{2,}(?:er|or|ist|ant|ent|ian|man|"
    r"men|woman|women|ee|eur|mate|folk))s?",
    re.IGNORECASE,
)
"""Words for people, as forms: most end like "passenger", "occupant" or "resident"."""

ANY = frozenset[str]()
"""Amounts of whatever dimension."""

LASTS = re.compile(
    r"\b(?:last(?:ed|s)?|take|taken|took|stay|stayed|stuck|wait\w*|shut|closed|held|jail\w*|prison|"
    r"sentence\w*|sent|trapped|miss\w*|delay\w*|run|serve\w*|banned|under|work\w*|live\w*)\b"
)
HOW = re.compile(r"\bhow (?P<what>\w+)(?: (?P<noun>\w+))?")
HOW_DIMENSIONS: dict[str, Dimensions] = {
    "old": ("age", "duration", ""),
    "late": ("duration",),
    "far": ("length",),
    "high": ("length", "money", "share", ""),
    "tall": ("length",),
    "deep": ("length",),
    "wide": ("length",),
    "thick": ("length",),
    "fast": ("speed",),
    "heavy": ("mass",),
    "big": ANY,
    "large": ANY,
    "strong": ANY,
    "hot": ("temperature",),
    "cold": ("temperature",),
    "warm": ("temperature",),
    "expensive": ("money", ""),
    "often": ("count",),
    "much": ANY,
}
"""What "how ..." asks for; "how many" and "how long" depend on what follows."""

WHAT = re.compile(
    r"\b(?:what|which)\b(?:\W+\w+){0,4}?\W+(?P<noun>share|percentage|percent|proportion|part|"
    r"magnitude|strength|price|prices|cost|costs|salary|profit|loss|sum|amount|fine|budget|revenue|"
    r"turnover|pay|wage|fee|fare|reward|debt|value|ransom|term|sentence|length|duration|distance|"
    r"height|depth|width|weight|speed|temperature|number|size|area|rate|age|score|result|time|toll|"
    r"turnout|capacity)\b"
)
WHAT_DIMENSIONS = {
    noun: tuple(dimensions.split(","))
    for nouns, dimensions in {
        "share percentage percent proportion part rate turnout": "share,",
        "magnitude strength": ",",
        "price prices cost costs salary profit loss sum fine budget revenue turnover pay wage fee "
        "fare reward debt value ransom": "money,",
        "term sentence duration": "duration",
        "length": "length,duration",
        "distance height depth width": "length",
        "weight": "mass",
        "speed": "speed",
        "temperature": "temperature",
        "number toll capacity": "count,",
        "area": "area",
        "age": "age,duration,",
        "score result": "score",
        "time": "clock",
    }.items()
    for noun in nouns.split()
}
"""What "what ..." asks for; a noun that is not among them may be of any dimension."""

COSTS = re.compile(r"\bwhat (?:\w+\W+){1,8}?(?:cost|pay|paid|charge|earn)\b")
WHEN = re.compile(
    r"(?:\A|,|\band |\bsince |\buntil |\bby )(?:so )?when\b|\bhow soon\b"
    r"|\b(?:what|which) (?:day|days|date|month|year|weekday|season|decade)\b"
)
NAMED = re.compile(
    r"\bwhat (?:company|firm|country|city|town|village|team|club|party|place|airline|bank|name|"
    r"island|street|station|ship|school|university|author|group|state|region|nation|is the name)\b"
    r"|(?:\A|[,;:?.] |\band )(?:(?:in|to|by|for|from|with|at|on|of) )?"
    r"(?:who|whom|whose|which|where)\b"
)
YES_OR_NO = re.compile(
    r"(?:\A|[,;:.?!]\s*)(?:and |but |so )?(?:did|was|were|is|are|has|have|had|will|does|do|can|"
    r"could|would|should|may|must)(?:n[’']t)?\s+\w"
)
COURSE = re.compile(
    r"\bwhat (?:happened|became|caused|was the (?:verdict|outcome|cause|decision))\b"
    r"|\bhow did (?:\w+\W+){1,6}?(?:decide|vote|end|rule|plead|react|die|start|begin)\b"
    r"|\bwhat did (?:\w+\W+){1,6}?(?:decide|rule|find)\b|\bwhy\b"
    r"|\bwhat made\b|\breasons?\b"
)


@dataclass(frozen=True, kw_only=True)
class Asked(Value):
    """One thing that a question asks for."""

    kind: Kind
    dimensions: frozenset[str] = ANY
    """Of an amount: see `rag.amounts.Amount`; "money" stands for every currency."""

    noun: str = ""
    """The form of what "how many" counts."""
    counts_people: bool = False
    """Whether it is people that are counted."""

    def takes(self, amount: Amount) -> bool:
        """Say whether an amount may be the answer, by what it measures and counts."""
        if self.counts_people and amount.noun and not PERSON.fullmatch(amount.noun):
            return False
        return not self.dimensions or amount.dimension.partition(" ")[0] in self.dimensions


def read_asked(question: str) -> tuple[Asked, ...]:
    """Return what a question asks for, each kind once; nothing where its words do not tell."""
    text = " ".join(question.lower().split())
    found = _amounts(text)
    if WHEN.search(text):
        found.append(Asked(kind="day"))
    if NAMED.search(text) and not WHEN.search(text) and not found:
        found.append(Asked(kind="name"))
    if YES_OR_NO.search(text) or COURSE.search(text):
        found.append(Asked(kind="outcome"))
    return tuple(dict.fromkeys(found))


def _amounts(text: str) -> list[Asked]:
    """Return the amounts that each "how ..." or "what ..." of a question asks for."""
    found: list[Asked] = []
    for match in HOW.finditer(text):
        what, noun = match["what"], match["noun"] or ""
        if what == "many":
            people = bool(PERSON.fullmatch(noun))
            found.append(_amount(_counted(noun), form(noun) if noun else "", people))
        elif what == "long":
            lasts = LASTS.search(text, match.end("what"))
            found.append(_amount(("duration",) if lasts else ("length", "duration")))
        elif what in HOW_DIMENSIONS:
            found.append(_amount(HOW_DIMENSIONS[what]))
    found += [_amount(WHAT_DIMENSIONS.get(match["noun"], ANY)) for match in WHAT.finditer(text)]
    if COSTS.search(text) and not found:
        found.append(_amount(WHAT_DIMENSIONS["cost"]))
    return found


def _amount(dimensions: Dimensions, noun: str = "", counts_people: bool = False) -> Asked:
    return Asked(
        kind="amount", dimensions=frozenset(dimensions), noun=noun, counts_people=counts_people
    )


def _counted(noun: str) -> tuple[str, ...]:
    """Return what "how many ..." asks for: a number of hours is a duration."""
    for word in (noun, noun.removesuffix("s"), form(noun) if noun else ""):
        if word in MEASURES:
            return (MEASURES[word][0],)
    if noun in {"percent", "per"}:
        return ("share",)
    if noun.removesuffix("s") in CURRENCIES:
        return ("money", "")
    return ("count", "")
