"""How newspapers say who said something: patterns for `attribution.py`, each linear in length."""

import re
from re import Pattern

ABBREVIATED = re.compile(
    r"\b(Dr|Mr|Mrs|Ms|Mx|Sgt|Lt|Col|Maj|Capt|Cmdr|Gen|Adm|Rep|Sen|Gov|Pres|Prof|Rev|Hon|St|Jr|Sr|"
    r"[A-Z])\.(?= )"
)
"""Titles and initials, which go on."""

WORD = r"[\w’'.\u2024&-]+"
CAPITAL = r"(?-i:[A-ZÀ-ÖØ-Þ])[\w’'\u2024&-]*\.?"
NAME = (
    rf"{CAPITAL}(?: (?:(?:de|da|del|della|di|van|von|der|den|ter|bin|ibn|al|el|la|le|du|dos|and|of|"
    rf"of the|for|&) )?{CAPITAL}){{0,5}}"
)


def _any(*patterns: str, flags: int = re.IGNORECASE) -> Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


VERB = _any(
    r"\b(?:said|says|say|told|tells|added|adds|asked|asks|wrote|writes|warned|warns|argued|argues|"
    r"argue|noted|notes|confirmed|confirms|announced|announces|reported|reports|explained|explains|"
    r"insisted|insists|claimed|claims|admitted|admits|acknowledged|conceded|stressed|emphasi[sz]ed|"
    r"predicted|promised|replied|responded|answered|cautioned|declared|stated|denied|complained|"
    r"recalled|concluded|testified|tweeted|remarked|suggested|observed|wondered|estimated|"
    r"estimates|"
    r"maintained|maintains|continued|joked|repeated|revealed|disclosed|alleged|alleges)\b"
)

TELLING = frozenset("told tells warned warns asked asks".split())
"""Verbs whose object is who listens."""

BLOCKED_BEFORE = _any(
    r"\b(?:to|be|been|being|is|are|was|were|am|not|never|would|will|could|can|cannot|may|might|"
    r"must|"
    r"should|do|does|did|get|got|and|or|but|as|that|than|n[’']t|[a-z]+n[’']t|of|by|for|no|nor|who|"
    r"which|whom|nothing|little|what|police) \Z(?<!police )",
    r"\A\s*\Z",
)
"""Before a verb: it is passive, denied, wished for, or no verb at all."""

NOT_SAID_BEFORE = _any(
    r"\bneither\b[^.]{1,120}\bnor\b",
    r"\b(?:hardly|scarcely|barely|nowhere|falsely)\s*\Z",
    r"\b(?:den(?:y|ies|ied)|regret(?:s|ted)?|disput(?:es?|ed)|(?:can)?not recall) (?:ever )?having "
    r"\Z",
    r"\A\W*(?:had|if|were|should|suppose|imagine)\b[^,;:]{1,80}\Z",
)
"""Before a verb: nobody says it, or it is only supposed."""

NOT_SAID = _any(
    r"\b(?:playing|impersonating|imitating|posing as|dressed(?: up)? as|pretending to be)\b",
    r"\baccording to an? (?:[\w-]+ ){0,3}?(?:hoax|forged|forgery|fakes?|faked|fabricated|spoof|"
    r"parody|falsely|bogus|doctored|invented)\b",
)
"""A sentence in which somebody is played, or words are forged."""

FILLERS = _any(
    r"(?: (?:also|later|then|has|have|had|repeatedly|previously|recently|once|immediately|quickly|"
    r"bluntly|simply|earlier|again|still|nevertheless|meanwhile|publicly|privately|further|both|"
    r"all|"
    r"each|initially|now|even|already|himself|herself|themselves|itself|rightly|only|always|"
    r"often|sometimes|just|today|yesterday|tonight|reportedly|"
    r"allegedly|this week|last week|last night)"
    r"){1,4}\s*\Z"
)

DAY = (
    r"(?:(?:early|late|last|this|next|on|in|by|at|since|before|after) ){0,3}(?:the )?"
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|week|month|year|spring|summer|autumn|"
    r"winter|noon|midnight|yesterday|today|morning|afternoon|evening|night)"
    r"(?: (?:morning|afternoon|evening|night|\d{1,4}|january|february|march|april|may|june|july|"
    r"august|september|october|november|december))?"
)

LEAD_IN = _any(
    r"\A(?:but|and|yet|so|still|meanwhile|then|however|later|also|as|now|instead|nevertheless|"
    r"earlier|separately|although|though|while|whereas) (?=\S)",
    rf"\A(?:(?:on|in|by|at|last|late|early|this|since|earlier) )?(?:{DAY})(?: |\Z)",
    r"\A(?:on|in|by|at|since) \d{1,4}(?: |\Z)",
)
"""What may stand before a subject."""

DETERMINER = (
    r"(?:the|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|most|both|his|"
    r"her|its|their|our|my|another|these|those|this|that|senior|local|former)"
)
NOUN_PHRASE = _any(
    r"he|she|they|it",
    rf"{DETERMINER} (?:{WORD} ){{0,12}}{WORD}",
    rf"{NAME}(?:[’']s?)? (?:{WORD} ){{0,8}}{WORD}",
    NAME,
)

NO_SPEAKER = _any(
    r"(?:it|he|she|there|that|what|who)[’']s\b",
    r"(?:we|i|you|what|who|which|that|when|where|if|because|there|how|why|nobody|none|no)\Z",
    r"(?:what|who|which|when|where|if|because|there|how|why|nobody|none|no|in|on|at|by|for|from|"
    r"with|after|before|during|since|under|despite|speaking|asked|like|unlike) ",
    r"an? (?:earlier|previous) (?:version|report|article)\b",
)
"""Beginnings of what is a clause, or words from inside a quotation."""

INNER_VERB = _any(
    r" (?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|that|"
    r"which|who|whom|when|while|because|if|but|not|said|says|told|than|what|how|why|it|he|she|they|"
    r"there|did|does|do|came|went|made|took|fell|rose|[a-z]+n[’']t) ",
    flags=0,
)
"""A word that a plain noun phrase does not hold."""

STRAY_DETERMINER = _any(
    r"(?<!\bof)(?<!\bat)(?<!\bin)(?<!\bfor)(?<!\bfrom)(?<!\bwith)(?<!\bon)(?<!\bby)(?<!\bto)"
    r"(?<!\band)(?<!\bover)(?<!\bnear)(?<!\bunder)(?<!\bbehind)(?<!\bof both)(?<!\ball)"
    r" (?:the|an?|his|her|its|their) "
)
"""Begins another noun phrase, so that two stand side by side."""

NAME_ALONE = re.compile(rf"(?:(?:Dr|Mr|Mrs|Ms|Prof)\.? )?{NAME}", re.IGNORECASE)

APPOSITIVE = _any(
    rf"(?:the|an?|its|his|her|their|who|whose|which|one of|also|then|now|former|formerly|head|"
    r"chair\w*|"
    rf"director|president|mayor|minister|secretary|spokes\w+|professor|founder|owner|leader|"
    r"editor) "
    rf"(?:{WORD} ){{0,12}}{WORD}",
    rf"{NAME}[’']s? (?:{WORD} ){{0,8}}{WORD}",
)

TIME_OR_PLACE = (
    rf"(?: (?:{DAY}|(?:on|in|at) \d{{1,4}}|in (?:the )?{CAPITAL}|in a \w+|earlier|again|"
    r"yesterday|here|afterwards|later|"
    r"after(?:wards)? [^,.]{1,40}|when [^,.]{1,40}|to (?!\w+ing\b)[^,.]{1,40}|in (?:an?|his|her|"
    r"its|their) [^,.]{1,60}|"
    r"at (?:a|an|the) [^,.]{1,40}|during [^,.]{1,40}|with [^,.]{1,30}))"
)
ADJUNCT = _any(
    rf"(?:{TIME_OR_PLACE}){{0,2}}(?: ¤)?[,.;:?!]",
    rf"(?:{TIME_OR_PLACE}){{0,2}}\s*(?:¤\s*)?\Z",
)
"""After a verb: the time or the place, and no more is said."""

NO_CONTENT = _any(r" (?:nothing|little|no more|goodbye|yes|no|so|hello|much|sorry|it all|to)\b")

CONTENT = _any(
    r"(?: (?!(?:in|at|of|on|for|by|with|from|to) (?:that|what|who|which|where)\b)[^ ,.;:]+){0,6}?"
    r" (?:that|whether|why|how|what|if|where|when|who)\b",
    r"(?: [^ ,.;:]+){0,5} (?:about|against)\b",
    r"(?: [^ ,.;:]+){0,5}[,:]? ?¤",
    r"(?: [^ ,.;:]+){0,5}: ",
    r" (?:he|she|it|they|there|we) ",
    r"(?: (?!and\b)[^ ,.;:]+){1,6} (?:was|is|were|are|would|will|had|has|have|could|can|must)\b",
)
"""After a verb of class "warned": the words that were said."""

STOP = (
    r"that|on|in|at|why|how|what|whether|if|when|where|he|she|it|they|there|the|an?|about|of|"
    r"against|"
    r"last|late|early|during|after|before|to|not|for|who|this|by|with|as|earlier|from|and|so"
)
LISTENER = re.compile(
    r" (?P<to>(?P<who>(?:(?:the|an?|his|her|their|its|this) )?(?:"
    r"(?:(?-i:[A-Z])[\w’'.&-]*|\d\w+)(?:(?: (?:of|de|del|di|della|dello|la|le))? "
    r"(?-i:[A-Z0-9])[\w’'.&-]*){0,5}(?! (?-i:[A-Z])| de[lw]?| dell[ao])|"
    rf"(?!(?:{STOP})\b)(?!\w+ing\b)(?!(?-i:[A-Z])\S* (?-i:[A-Z])){WORD}"
    rf"(?: (?:of (?:the )?)?(?!(?:{STOP})\b){WORD}){{0,3}}?))"
    r"(?: (?:in|at) (?!an? \w*(?:letter|statement|interview|note))"
    rf"(?:the )?(?:{WORD} ){{0,2}}?{WORD}"
    rf"(?=[,.]?\s*(?:¤|\Z)|,))?)(?= (?:(?:{STOP})\b|(?-i:[A-Z]))|\s?[,.:;¤]|\s*\Z)",
    re.IGNORECASE,
)
"""Who listens, and where: "the court", "reporters in Ostend"."""

OUTLETS = (
    r"Reuters|AFP|AP|dpa|EFE|ANSA|TASS|Xinhua|Kyodo(?: News)?|Nikkei(?: Asia)?|Bloomberg|"
    r"BBC(?: [A-Z]\w+)*|CNN|"
    r"CNBC|NPR|Politico|Axios|Al Jazeera|Der Spiegel|Le Monde|El País|NHK|Yonhap|Interfax|"
    r"Northwire|"
    r"Newswire|ITV(?: News)?|Sky News|ABC|NBC(?: News)?|CBS(?: News)?|Fox News|Forbes|Variety"
)
PAPER = (
    r"Times|Post|Courier|Herald|Gazette|Tribune|Journal|Guardian|Telegraph|Chronicle|Star|Mail|"
    r"Mirror|"
    r"Observer|Examiner|Independent|Economist|Standard|Bulletin|Dispatch|Inquirer|Globe|Sun|Echo|"
    r"Press|Press Agency|News|News Agency|Newspaper|Radio|Weekly|Daily|Echo|Argus|Mercury"
)
OUTLET = re.compile(
    rf"(?:[Tt]he )?(?:(?:{OUTLETS})|(?:[A-Z][\w’'&-]*(?: of)? ){{0,3}}(?:{PAPER}))(?: newspaper)?|"
    r"(?:the )?(?:newspaper|news agency|state media|state television|agency)"
)
NAMED_OUTLET = (
    r"(?P<{name}>(?:the )?(?-i:[A-Z])[\w’'&-]*(?: (?-i:[A-Z])[\w’'&-]*){{0,4}}|"
    r"the (?:paper|newspaper|agency))"
)

ACCORDING = _any(r"\baccording to (?!(?:plan|schedule|whether|how|what)\b)")
AS_REPORTED = re.compile(
    rf"\AAs (?:reported|quoted) by {NAMED_OUTLET.format(name='outlet')},", re.IGNORECASE
)
AS_SAID = re.compile(r"(?:.*[,;:¤] ?)?(?:but |and )?as", re.IGNORECASE)
"""Before a subject: "as the Star reported"."""

QUOTED_BY = re.compile(
    rf"(?:as )?(?:quoted|cited) (?:by|in) {NAMED_OUTLET.format(name='outlet')}", re.IGNORECASE
)
QUOTED_AS_SAYING = re.compile(
    r" (?:was|were|is|has been) (?:quoted|cited) "
    rf"(?:by {NAMED_OUTLET.format(name='first')} )?as saying"
    rf"(?: by {NAMED_OUTLET.format(name='second')})?",
    re.IGNORECASE,
)
CITING = re.compile(
    rf"(?:\AC|, c)iting (?P<who>(?:{WORD} ){{0,10}}?{WORD})(?=[,.]|\Z)", re.IGNORECASE
)
ASKED_BY = re.compile(
    rf"\AAsked by (?P<who>(?:the |an? )?{WORD}(?: {WORD}){{0,3}}?) "
    r"(?:what|whether|why|how|if|about|who|when|where|for)\b",
    re.IGNORECASE,
)

MEDIA = (
    r"(?:letter|e-?mail|statement|interview|speech|address|memo|report|note|post|filing|article|"
    r"message|press release|newsletter|podcast|book|blog|briefing)"
)
A_MEDIUM = rf"in (?:an?|his|her|its|their|the) (?:[\w’'-]+ ){{0,3}}?{MEDIA}"
MEDIUM_FIRST = re.compile(
    rf"\A(?P<medium>{A_MEDIUM}(?: (?:to|with|that|which) [^,.;:¤]{{1,60}})?),", re.IGNORECASE
)
MEDIUM_SEEN = re.compile(
    rf"(?P<medium>\b{A_MEDIUM} (?:that|which) [^,.;:¤]{{1,40}} (?:has|have|had) seen)\b",
    re.IGNORECASE,
)
MEDIUM = re.compile(
    rf"(?:{VERB.pattern})(?: to [^,.;:¤]{{1,30}}| (?:{DAY}))?,? "
    rf"(?P<medium>{A_MEDIUM}(?: (?:to|with) [^,.;:¤]{{1,40}}?)?)(?=[,.;:¤]| that\b| ¤|\s*\Z)",
    re.IGNORECASE,
)

STOPS_NAME = re.compile(
    rf" (?:(?:{DAY})\b|when\b|after\b|before\b|while\b|as\b|during\b|to\b|with\b|in (?:an?|his|her|"
    r"its|their|the)\b|at (?:an?|the) (?:\w+ )?(?:meeting|conference|rally|press|news|hearing|"
    r"event)|"
    r"adding\b|shortly\b|later\b|yesterday\b|today\b)",
    re.IGNORECASE,
)
"""Ends a speaker's name after the verb."""
