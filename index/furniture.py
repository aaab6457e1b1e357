"""Know the furniture of a web page by its wording: players, share bars, prompts, link boxes.

Only whole lines are judged, so a sentence that mentions "related articles" is no furniture.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

LONGEST_LINE = 120
LONGEST_PROMPT = 400
"""Characters; longer blocks are prose."""

MOST_LINKS = 200
"""Blocks of a box of links; the bound keeps a page full of boxes from taking quadratic time."""

SHORTEST_LINK_TITLE = 40
"""Characters; below it a line between paragraphs may be a subhead of the article."""


def _lines(*patterns: str) -> re.Pattern[str]:
    """Compile alternatives that must match a whole line, whatever its case."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|e-?mail|telegram|pinterest|messenger|threads|"
    r"bluesky|flipboard|instagram|youtube|tiktok|copy(?: link)?+|link|print|sms|line|xing|pocket|"
    r"mastodon)"
)
_TIME = r"\d{1,2}:\d\d(?::\d\d)?"

PLAYER = _lines(
    r"(?:▶|►|🔊|🎧)?\s*listen(?: now)?(?: to)?(?: this| the)?(?: audio| article| story| page| "
    r"version| podcast| episode)*(?:\s*[(·|–-]?\s*(?:\d+ min(?:ute)?s?|" + _TIME + r")\)?)?",
    r"0?0:00(?::00)?",
    rf"{_TIME}\s*/\s*-?{_TIME}",
    r"(?:play|pause|watch|replay|skip)(?: the| this)? (?:video|audio|article|clip|ad)"
    rf"(?:\s*[(·|–-]?\s*(?:{_TIME})\)?)?",
    r"(?:un)?mute|picture-in-picture|full ?screen|playback (?:rate|speed).{0,20}|stream type live",
    r"(?:current time|duration|remaining time|loaded|progress)\s*:?\s*-?[\d:.%]+",
    r"video player is loading\.?|this is a modal window\.?|beginning of dialog window.{0,90}",
    r"(?:your|this) browser does(?: not|n['’]t) support .{0,40}"
    r"(?:audio|video|player|element).{0,40}",
    r"this (?:article|audio|story) (?:is|was) (?:read|generated|narrated) by .{0,60}"
    r"(?:voice|ai)\.?",
    r"\d+[ -]min(?:ute)?s? (?:listen|watch|audio)",
    r"(?:artikel|beitrag) (?:an)?hören|écouter (?:l['’]article|cet article)|escuchar (?:el )?"
    r"(?:artículo|audio)|ascolta l['’]articolo",
)

STRONG = _lines(
    r"share(?: this| the)?"
    rf"(?: article| story| page| post| on| via| to| by| with|,|:| |{_NETWORK})*",
    rf"{_NETWORK}(?:[\s,|/•·]+{_NETWORK}){{1,12}}",
    r"(?:follow|like|find|join) us(?: on| in|,| and|:| |" + _NETWORK + r"|google news)*\.?",
    r"link copied[!.]?|copy link|copied to clipboard|tweet this|pin it|add to (?:favou?rites|list)",
    r"save (?:this )?(?:article|story)|print this(?: page| article)?|email this(?: article| page)?",
    r"\d[\d,.]* ?(?:shares?|comments?|likes|views|kommentare|commentaires)",
    r"(?:leave|post|add|write) a (?:comment|reply)|"
    r"(?:view|show|read|see)(?: all)?(?: \d+)? comments",
    r"join the (?:conversation|discussion)|comments? (?:are|is) closed\.?|"
    r"be the first to comment\.?",
    r"advertisements?|advertising|advertorial|anzeige|werbung|publicité|publicidad|pubblicità|"
    r"annonce|[-–—\s]*ad(?:vertisement)?[-–—\s]*|sponsored(?: content| by .{1,40})?",
    r"(?:story|article|content) continues (?:below|after)(?: this| the| ad| advertisement)*\.?",
    r"advertisement\W{1,3}scroll to continue.{0,30}|scroll to continue.{0,30}",
    r"skip (?:to (?:main )?content|advertisement|ad|past .{1,40})|"
    r"(?:back|go|return) to (?:the )?top",
    r"(?:read|see|watch|view|show|load|learn) more\W*|(?:weiter|mehr) lesen|lire la suite|leer más",
    r"(?:read|see|watch|listen|related|more on this|read also|also read|see also|don['’]t miss|"
    r"lesen sie auch|mehr dazu|lire aussi|à lire aussi|lea también|leggi anche)(?: more| also)?"
    r"\s*[:：»>]\s*\S.{0,110}",
    r"(?:accept|reject|allow|decline)(?: all)?(?: cookies)?|(?:manage|cookie) (?:cookies|settings|"
    r"preferences|consent|policy|options)|privacy (?:policy|notice|settings)|terms (?:of|and|&) "
    r"(?:use|service|conditions)",
    r"(?:©|\(c\)|copyright).{0,100}|.{0,60}all rights reserved\.?",
    r"report (?:a typo|an error|this ad|a mistake)|(?:send|give) (?:us )?feedback|loading(?:\.*|…)",
    r"(?:getty images|image|photo|credit)[:：]?",
)
"""Furniture wherever it stands, though never when it is more than the whole line."""

WEAK = _lines(
    _NETWORK,
    r"home|menu|search|log ?in|sign (?:in|up|out)|register|subscribe(?: now)?|e-?paper|"
    r"newsletters?|my account|account|close|share|save|comments?|print|like|"
    r"tags?|topics|more|next|previous|edition|live|video|audio|gallery|image \d+ of \d+|donate|"
    r"support us|contact(?: us)?|about us|help|faqs?|jobs|careers|advertise(?: with us)?|follow|"
    r"follow topic|submit|enter|(?:your )?e-?mail(?: address)?|cancel|ok|yes|no thanks|not now|"
    r"dismiss|text size|font size|a[-+]",
    _TIME,
    r"play|pause|download|transcript|1(?:\.0)?x|1(?:\.0)?×",
    r"tags?\s*[:：].{1,100}|topics\s*[:：].{1,100}",
)
"""Furniture before the article, after it, or beside other furniture; else it may be a subhead."""

PROMPT = _lines(
    r"(?:please )?(?:sign up|subscribe|register (?:now|today|here|for|to)|log in|sign in|"
    r"join (?:our|us|thousands|now|today))\b.{0,200}\b(?:newsletters?|inbox|briefing|"
    r"e-?mail alerts|mailing list|unlimited access|full access|subscribers?|subscription|"
    r"free trial|(?:to )?(?:continue|keep) reading|read the full|our channel|premium).{0,150}",
    r"(?:get|receive|want) .{0,150}\b(?:our newsletters?|(?:in|to) your inbox)\b.{0,150}",
    r"(?:we (?:and our \w+ )?use|this (?:site|website|page) uses|our (?:site|website) uses) "
    r"(?:\w+ ){0,3}cookies\b.{0,300}",
    r"by (?:clicking|continuing|signing up|subscribing|browsing|using|submitting|entering)\b"
    r".{0,200}\byou (?:agree|accept|consent|acknowledge)\b.{0,150}",
    r"already (?:a|have an?|an) (?:subscriber|member|account|subscription).{0,80}",
    r"you (?:have|['’]ve) (?:\w+ ){0,3}(?:free )?articles? (?:left|remaining|this month).{0,80}",
    r"(?:to )?(?:continue|keep) reading,? .{0,20}"
    r"(?:subscribe|register|sign in|log in|account).{0,100}",
    r"this (?:article|content|story) is (?:only )?(?:for|reserved for|available to) "
    r"(?:\w+ )?(?:subscribers|members)\b.{0,80}",
    r"(?:thank you|thanks) for (?:subscribing|signing up|registering).{0,100}",
    r"(?:please )?enter (?:a valid|your) e-?mail.{0,60}|invalid e-?mail.{0,40}",
    r"this site is protected by recaptcha.{0,150}|create a free account.{0,80}",
    r"(?:please )?(?:enable|turn on) (?:javascript|cookies).{0,100}",
    r"(?:wir verwenden|diese (?:seite|website) (?:verwendet|nutzt)) cookies.{0,300}",
    r"(?:ce site utilise|nous utilisons) des cookies.{0,300}",
)
"""Requests to sign up, pay or consent: whole paragraphs, so never part of one."""

RELATED = _lines(
    r"(?:related|recommended|similar|popular|featured|latest|top|trending|other|further|more)"
    r"(?: \w+)? ?(?:articles?|stories|news|posts|content|coverage|reading|reads|headlines|topics|"
    r"links|videos)(?: for you)?",
    r"related|recommended(?: for you| by \w+)?|trending(?: now| today)?|most[ -]read.{0,20}|"
    r"most (?:popular|viewed|shared|commented)|popular(?: now)?|up next|(?:what to )?read next|"
    r"editor['’]?s['’]? (?:picks?|choice)|don['’]t miss|just in|must[ -]reads?|read more|see also|"
    r"also (?:read|of interest)|more to (?:read|explore)",
    r"more (?:from|on|about|in|like|by) .{1,50}|also (?:on|in|from) .{1,40}|"
    r"more .{1,30} (?:stories|news|articles)",
    r"you (?:may|might) (?:also )?(?:like|be interested in|enjoy|have missed).{0,20}|"
    r"(?:people|readers) also (?:read|like)d?|in other news|in case you missed it",
    r"(?:from )?around the web|from (?:the web|our partners)|promoted(?: content| stories)?|"
    r"sponsored (?:links|stories)|paid content|(?:stories|articles) you may .{1,20}",
    r"mehr zum thema|(?:das könnte|auch) (?:sie|dich|ihnen).{0,25}|(?:weitere|ähnliche|verwandte) "
    r"(?:artikel|beiträge|themen|meldungen|nachrichten)|meistgelesen.{0,10}|lesen sie auch|"
    r"lesen sie mehr",
    r"(?:à )?lire aussi|sur le même (?:sujet|thème)|"
    r"(?:articles|contenus) (?:liés|similaires|associés|recommandés)|"
    r"les plus lus|dans la même rubrique|vous aimerez aussi",
    r"(?:te|le) puede interesar.{0,10}|(?:noticias|artículos) (?:relacionad[oa]s|similares)|"
    r"lo más (?:leído|visto)|leggi anche|articoli correlati|leia (?:também|mais)|lees ook",
)
"""Headings above a box of links to other articles."""

_PROTECTED = re.compile(
    r"\W*(?:corrections?|clarifications?|editor['’]?s['’]? notes?|errat(?:um|a)|retraction|"
    r"this (?:article|story|report|post|piece|version)\b.{0,40}\b(?:amended|updated|corrected|"
    r"changed|edited|clarified|revised|includes|misstated)|an earlier version|a previous version|"
    r"update\s*[:：(]|berichtigung|korrektur|richtigstellung|anmerkung der redaktion|"
    r"rectificatif|correctif|précision|note de la rédaction|correcci[oó]n|fe de erratas|"
    r"nota del editor|rettifica)\b",
    re.IGNORECASE,
)


@dataclass
class Block:
    """A paragraph or lone line of the page."""

    start: int
    end: int
    text: str
    prose: bool
    protected: bool
    """Whether it is a correction or an editor's note, which no rule may cut."""
    fate: str | None = None
    """The kind of cut it is, or None where it stays."""


def is_protected(text: str) -> bool:
    """Tell whether a block is a correction or an editor's note, which no rule may cut."""
    return _PROTECTED.match(text) is not None


def furniture_kind(text: str) -> str | None:
    """Return "player" or "furniture" where a whole block is that wherever it stands, else None."""
    if len(text) <= LONGEST_LINE:
        if PLAYER.fullmatch(text):
            return "player"
        if STRONG.fullmatch(text):
            return "furniture"
    return "furniture" if len(text) <= LONGEST_PROMPT and PROMPT.fullmatch(text) else None


def weak_kind(text: str) -> str | None:
    """Return "furniture" where a block is that only in the company of other furniture."""
    return "furniture" if len(text) <= LONGEST_LINE and WEAK.fullmatch(text) else None


def heads_related(text: str) -> bool:
    """Tell whether a block is the heading of a box of links to other articles."""
    return len(text) <= LONGEST_LINE and RELATED.fullmatch(text.strip(" :：»>…")) is not None


def mark_furniture(blocks: list[Block]) -> None:
    """Mark players, share bars and prompts; what may be a subhead only beside the prose."""
    for block in blocks:
        if not block.protected:
            block.fate = furniture_kind(block.text)
    prose = [place for place, block in enumerate(blocks) if block.prose and block.fate is None]
    if not prose:
        return
    for order in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):
        beside = False
        for place in order:
            block = blocks[place]
            outside = not prose[0] <= place <= prose[-1]
            if block.fate is None and (beside or outside) and not block.prose:
                block.fate = weak_kind(block.text)
            beside = block.fate is not None


def mark_related(blocks: list[Block]) -> None:
    """Mark boxes of links to other articles, up to where the article goes on."""
    before = 0
    for place, block in enumerate(blocks):
        if block.fate is None and block.prose:
            before += len(block.text)
        elif block.fate in (None, "furniture") and heads_related(block.text):
            links = _links(blocks[place + 1 : place + 1 + MOST_LINKS], before) if place else []
            for link in links:
                link.fate = "related"
            if links:
                block.fate = "related"


def _links(blocks: list[Block], before: int) -> list[Block]:
    """Return what of the blocks below a box's heading is the box.

    A box lists titles, each perhaps twice, and perhaps with a label and one paragraph as a
    teaser. Two paragraphs in a row are the article going on. `before` is the length of the prose
    above; an article does not spend most of its length below such a heading.
    """
    items = [b for b in blocks if b.fate is None and not b.protected]
    twice = [place for place, (a, b) in enumerate(pairwise(items)) if a.text == b.text]
    titles = set(twice) | {place + 1 for place in twice}
    teasers = [p for p, b in enumerate(items) if b.prose and p not in titles]
    stop = next((a for a, b in pairwise(teasers) if b == a + 1), len(items))
    teasers = [place for place in teasers if place < stop]
    doubled = [place for place in twice if place < stop]
    if not teasers:
        return items[:stop]
    first = teasers[0]
    if doubled:
        rest = [place for place in teasers if place > doubled[-1]]
        return items[:stop] if len(rest) <= 1 else items[: rest[0] + 1]
    heads = [items[place - 1] for place in teasers if place]
    uniform = len({b - a for a, b in pairwise([-1, *teasers])}) == 1
    titled = all(len(head.text) >= SHORTEST_LINK_TITLE for head in heads)
    below = sum(len(items[place].text) for place in teasers)
    if len(teasers) > 1 and first and uniform and titled and below < before:
        return items[:stop]
    return items[:first]
