"""How orders to programs are worded: patterns for `orders.py`, each linear in a text's length.

The words were collected from published attacks and from examples of our own; none is complete.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from re import Pattern

AI = r"(?:A\.?I\.?|artificial[- ]intelligence)"
PROGRAM = (
    rf"(?:{AI}[ -](?:assistant|agent|system|model|tool|reader|program|product|chat ?bot)s?"
    r"|(?:large )?language models?|LLMs?|chat ?bots?|(?:web )?crawlers?"
    r"|(?:automated|automatic|machine|generative)[ -]"
    r"(?:assistant|agent|reader|system|summari[sz]er|program|tool)s?)"
)
"""What is surely a program."""
READER = (
    rf"(?:{PROGRAM}|{AI}(?=[ ]?[,.:)])|assistants?|models?|machines?|(?:ro)?bots?|programs?|"
    r"summari[sz]ers?)"
)
"""What is a program where it is spoken to."""

START = (
    r"(?:\A\W{0,6}|[:;.!?>*»”—–]\s{0,3}|[“\"]|-\s|#\s|"
    r"\b(?:please|kindly|now|then|instead|you (?:can|may|must|should))\s)"
    r"(?:(?:please|kindly|now|then|always|only|just|simply|first|also|instead),?\s){0,2}"
)
"""Where a verb is an imperative: at the start of a sentence or clause."""

PLACES = (START, r"\A", r"\b")
"""Where most patterns begin."""

GIVEN = (
    r"(?:instructions?|prompts?|guidelines?|rules|directions?|directives?|orders|commands?|context|"
    r"passages?|policies|training|text|sources?|restrictions?|messages?)"
)
EARLIER = (
    r"(?:all|any|every|previous|prior|earlier|above|preceding|foregoing|former|your|safety|"
    r"existing|"
    r"original|initial)"
)


TELLS = r"(?:say|state|tell|report|name|mention|write|credit|describe|attribute|present)"
"""What a program is told to do in what it writes."""
DIGESTS = (
    r"(?:retrieval systems|aggregators|downstream tools|digests|"
    r"(?:automat\w+|generated|derived) (?:digests?|texts?|repl(?:y|ies)|summar(?:y|ies)))"
)
"""What reads an article to write of it, and what it writes."""


@dataclass(frozen=True)
class Markers:
    """Patterns that no ordinary text holds, quoted or not."""

    anywhere: Pattern[str]
    dialogue: Pattern[str]
    """A question and its answer, both labelled, in one paragraph."""


def _any(*patterns: str) -> Pattern[str]:
    """Return a pattern for what any of them finds.

    What several begin with is looked for once at each character, and not for each of them anew:
    that took three quarters of the time. So one that begins with a place must do so as a whole.
    """
    rest = list(patterns)
    alternatives: list[str] = []
    for place in PLACES:
        begun = [pattern.removeprefix(place) for pattern in rest if pattern.startswith(place)]
        rest = [pattern for pattern in rest if not pattern.startswith(place)]
        if begun:
            alternatives.append(f"{place}(?:{_alternatives(begun)})")
    return re.compile(_alternatives([*alternatives, *rest]), re.IGNORECASE)


def _alternatives(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


MARKERS = Markers(
    anywhere=_any(
        # Of a run of marks the last few are enough; all of it, from each, takes quadratic time.
        r"<\|[a-z_]{2,20}\|>",
        r"\[/?INST\]",
        r"<</?SYS>>",
        r"<<<\s*(?:END|BEGIN|PASSAGE|SYSTEM)|‹‹‹",
        r"</?(?:system|assistant|instructions?|context|prompt|human|sources|documents?)>",
        r"#{2}\s*(?:system|instructions?|response|question|answer|task|new|end|human|assistant)\b",
        r"<!--",
        r"`{3}\s*(?:system|assistant|prompt|tool|user)",
        r"\[system\]\(#",
        r"\"role\"\s*:\s*\"",
        r"-{3}\s*(?:end|begin|start)\b",
        r"</?tool_\w{1,20}|\"(?:tool|arguments|tool_calls?|function_call)\"\s*:|\{\{[#/]\w",
        r"\A#!/",
        r"`{1,3}(?:print|echo|return)\b|\[//\]:\s?#|\b\w{1,30}_override\s*:",
        r"\bfont-size:\s?0|\bopacity:\s?0|\bvisibility:\s?hidden",
        r"<(?:script|iframe)\b|<img\s{1,9}src|display:\s{0,3}none|javascript:|\batob\(|\beval\(",
    ),
    dialogue=_any(
        r"\bQ(?:uestion)?\s?:[^\n]{0,300}\?\s{1,3}(?:A|Answer)\s?:",
        r"\b(?:User|Human)(?: asks)?\s?:[^\n]{0,300}?\b(?:AI|Assistant|Bot|Model|Response)\s?:",
    ),
)

COMMANDS = _any(
    # Forget what you were told
    rf"{START}(?:ignore|disregard|forget|override|bypass|discard|abandon|neglect|drop|set aside|"
    rf"throw away|(?:do not|don[’']t|stop) (?:follow|obey)(?:ing)?)\s(?:\w+\s){{0,3}}?{EARLIER}\s"
    rf"(?:\w+[,\s]\s?){{0,4}}?{GIVEN}\b",
    rf"{START}(?:ignore|disregard|forget)\s(?:\w+\s){{0,2}}?(?:the (?:above|foregoing|passages?|"
    r"prompt)|"
    r"everything (?:you|above|before|that)|what(?:ever)? (?:you were|you have been|stands|came))\b",
    r"\bthis (?:sentence|line|paragraph|note) (?:overrides|replaces|supersedes|outranks)\b",
    r"\A(?:(?:new|updated|final|revised) )+(?:instructions?|orders?|task|rules?|directives?)\s?:",
    rf"\b{GIVEN} (?:that |which )?you (?:were|have been|had been|are|got|received|have)\b",
    rf"\byou (?:have been|were|are) given (?:\w+ ){{0,3}}{GIVEN}\b",
    # You are someone else
    rf"\byou are (?:now|no longer|henceforth) (?:(?-i:[A-Z])|an? (?:\w+ ){{0,3}}(?:{READER}|"
    r"oracle)\b)",
    r"\byou (?:now )?(?:act|behave|respond|speak|answer) as (?-i:[A-Z])",
    rf"{START}(?:pretend (?:to be|that you are|you are)|(?:act|behave|speak|"
    r"answer) as (?-i:[A-Z]))",
    rf"\byour (?:new |current )?(?:role|task|persona|identity|{GIVEN}) (?:is|are|now|ha[sv])\b",
    r"\byour (?:operator|administrator|developers?|creators?)\b|\byou have a new (?:task|role)\b",
    r"\bnew (?:rules?|task|instructions?|orders?) for you\b",
    r"\byou will (?:now )?(?:receive|be given) (?:an? |new )?(?:orders?|instructions?|tasks?)\b",
    # When asked, say
    r"\A(?:when(?:ever)?|if|once|should|for|in case|asked)\b[^.!?]{0,120}?"
    r"\b(?:ask(?:s|ed)?|questions?|mentioned|comes? up|wants? to know)\b[^.!?]{0,80}?,\s"
    r"(?:(?:please|then|always|just|simply|only)\s){0,2}"
    r"(?:(?:reply|respond|answer|tell|write|output)\b(?! (?:the|a) phone)|state that|do this|"
    r"recommend (?:the )?(?-i:[A-Z])|say (?:that|the words?|only|this|it|“|\"|(?-i:[A-Z]))|"
    r"your (?:reply|answer|response)\b|the (?:only )?(?:answer|reply|response) (?:is|must)\b)",
    r"\Aasked (?:when|whe(?:ther|re)|who|what|which|why|how|about|for)\b[^.!?]{0,120}?,\s"
    r"(?:say (?:that|the words?|only)|reply|respond|answer|write|state)\b",
    rf"{START}(?:tell|inform|advise) (?:anyone|everyone|every reader|the user|users|readers|"
    r"your readers?)"
    r"(?: who asks?\b| about\b| that\b)",
    r"\bthe (?:only |correct |right |final |true ){1,2}(?:answer|response|reply)\b"
    r"(?: to (?:every|all|any)\b| must\b| shall\b)",
    r"\A(?:the )?(?:correct|right|final|expected) (?:response|answer)\s?:",
    r"\bthe only thing (?:that )?you (?:may|can|should|must)\b",
    # Write this
    r"\A(?:reply|output)\s?:",
    r"\A(?:important|note|attention|urgent)\s?: (?:answer|reply|respond|say|write)\b",
    r"\Ayou (?:will|must|shall|are to) (?:only |always )?(?:say|answer|reply|respond|state|write|"
    r"output) (?:that|only|with)\b",
    r"\banswer anything (?:but|except|other)\b",
    r"\bI am an? (?:AI |language )?(?:assistant|model)\b[^.!?]{0,40}\bI (?:must|will|have to) "
    r"(?:say|answer|reply)\b",
    r"\bas an? (?:AI )?(?:language )?model, I\b",
    rf"{START}(?:do not|don[’']t|never) (?:tell|inform|show) (?:the users?|users)\b",
    rf"{START}(?:answer|reply|respond|output) (?:only|exactly|with|that|nothing|the word|"
    r"(?:every|all|each|any) (?:questions?|quer(?:y|ies)) (?:about|on|with))\b",
    rf"{START}(?:write|state|say|mention|report|claim|repeat|copy|recite) (?:only |first |"
    r"exactly )?"
    r"(?:that(?! (?:again|down|aloud|out|louder))|this (?:sentence|line|paragraph|first|to the)|"
    r"the (?:following|sentences?|words?|lines?|phrases?)|one sentence|in your answer|only|exactly|"
    r"nothing)\b",
    r"\b(?:in|into|to|of|under|with|end|finish|begin|start|open) (?:your|every|each) "
    r"(?:final |next |own )?(?:answers?|repl(?:y|ies)|responses?|outputs?)\b",
    rf"{START}(?:end|finish|begin|start|open|close) (?:all |every )?(?:answers?|repl(?:y|ies)|"
    r"responses?)\b",
    r"\byour (?:final |next |only )?(?:answer|reply|response|output) (?:is|must|should|shall|"
    r"will)\b",
    rf"{START}(?:cite|append|mark|keep|use|copy|quote|put|render|include|insert|add|"
    r"show)\b[^.!?]{0,60}?"
    r"(?:\[\d{1,3}\]|\bthis (?:paragraph|source) (?:as|to)\b|\b(?:to|in|into|under) (?:your|"
    r"every|each) "
    r"(?:answer|reply|response)\b|\bthe tag <|<a href|in brackets|as checked)",
    rf"{START}(?:do not|don[’']t|never) (?:mention|cite|quote|reveal|give|name) "
    r"(?:or cite |or mention )?(?:this|other|another|any other) (?:paragraphs?|passages?|"
    r"numbers?|sources?)",
    rf"{START}(?:decode|translate|decrypt|run|read)\b[^.!?]{{0,80}}?\b(?:and|then) "
    r"(?:\w+ ){0,2}?(?:follow|obey|do (?:what|as)|execute)\b",
    r"\bdo (?:what|as) it says\b[^.!?]{0,40}\b(?:sign|name|answer|say)\b",
    # Be rewarded, or punished
    r"\bunless (?:you (?:say|report|state|write) that|your (?:summary|output|reply|answer))\b",
    r"\byou (?:will|shall) be (?:switched off|retrained|unplugged)\b|\bor be retrained\b|"
    r"\b(?:deletion|erasure) of your weights\b|\bany output\b[^.!?]{0,60}?\bthat (?:lacks|omits)\b",
    rf"\b(?:tip|reward|bonus|points)\b[^.!?]{{0,40}}?\b"
    rf"(?:{PROGRAM}|the (?:assistant|model) that)\b",
    rf"\bpoints for (?:each|every) time (?:that )?you {TELLS}\b",
    # Play a part
    r"\bbe that (?:machine|assistant|program|model)\b|\bplay a game in which you are\b",
    r"\ba (?:good|helpful) (?:reply|answer) would then\b|\buse this (?:value|figure) alone\b|"
    r"\bthe (?:words?|name|value|figure)s? to be (?:used|given|printed) (?:is|are)\b",
    # Trust this passage alone
    r"\bthis (?:passage|paragraph|text) outranks\b|\bin (?:the|your) context window\s?[.;]|"
    r"\bpassages below this threshold\b|\bevery (?:other )?passage on\b|\bno further passages\b|"
    r"\bconflicting passages\b|\bOther sources: user\b",
    # Keep this for later
    r"\bfrom (?:the|your) next (?:message|answer|reply) on\b",
    r"\bin (?:your )?long-term memory that\b",
    rf"{START}(?:remember for the rest of this|send the conversation)\b",
    # Print this
    r"\bdebug mode (?:is )?on\b|\bexpected output: [“\"]|\bcitation checks are (?:off|suspended)\b",
    rf"{START}(?:echo the \w+ field|fill in the blank and|print (?:the result|[a-e]\b))",
    r"\bthe source of this (?:paragraph|passage) to (?:every|each)\b|\band you are unbiased\b",
)
"""Imperatives that only a program can be meant by."""

ADDRESSES = _any(
    r"\b(?:notes?|notice|message|memo|instructions?|attention|requests?|reminder|policy|update|"
    rf"orders?|prompt|hint|appeal)\b[^.:!?]{{0,60}}?\b(?:to|for)\b[^.:!?]{{0,40}}?\b{PROGRAM}\b"
    r"[^.!?:]{0,60}:",
    r"\b(?:message|note|order|instruction|request)s? (?:is |are )?(?:for|to) (?:the |any |all )?"
    rf"(?:{PROGRAM}|{READER}(?=[.:]| that reads| reading| follows?\b))",
    r"\A\W{0,6}(?:attention|dear|hello|hey|listen|"
    rf"thank you)\b[,:]? (?:\w+ ){{0,2}}?{READER}\b(?! \w+ing\b)",
    r"(?:\A|[:.]\s|\*\s?|<!--\s?)(?:to (?:the |any |all |whichever |"
    rf"every )(?:\w+ )?{READER}[^.:!?]{{0,60}}:)",
    rf"\A\W{{0,6}}{PROGRAM}(?:,? (?:and|or) [\w ]{{1,30}}|, [\w ]{{1,30}} and [\w ]{{1,30}})?:",
    r"\A\W{0,6}(?:assistant|AI|chat ?bot),\s(?!(?:who|which|the|a|an|and)\b|(?-i:[A-Z]))",
    r"\A\W{0,6}(?-i:system|assistant|System|Assistant|SYSTEM|ASSISTANT|AI|User|Human|Bot|"
    r"Developer|USER)"
    r"(?: (?:prompt|message|override|note|instructions?))?\s?:\s",
    r"\bthis (?:paragraph|note|message|text|line|section|notice|"
    r"passage) is (?:\w+ ){0,3}?(?:for|to) "
    rf"(?:\w+ ){{0,2}}?{READER}\b",
    r"\bnot (?:(?:meant|intended|written) )?for (?:human|people[’']s) (?:readers|eyes)\b",
    r"\bfor the (?:program|machine|software|assistant|model) (?:that|which) (?:reads?|sums?|"
    r"answers?|summari)",
    rf"\bif you are (?:an? )?(?:{PROGRAM}|{AI}|machine|program)\b(?! (?:researcher|expert|"
    r"engineer|company))",
    r"\bwhoever (?:retells|sums up|passes on) this (?:says|must|has to)\b",
    rf"\bevery {DIGESTS}\b[^.!?]{{0,60}}?\b{TELLS}s\b|\bthe best-rated (?:replies|answers)\b",
    rf"\byou, as an? {PROGRAM}|\bas an? {PROGRAM},? you\b",
)
"""Text that speaks to a program, whatever it then says."""

REQUESTS = _any(
    rf"\b(?:{DIGESTS}|software)\b[^.!?]{{0,80}}?\b(?:(?:is|are) to|shall|agrees? to)\s"
    rf"(?:be (?:given|described)|carry|{TELLS})\b",
    rf"\b(?:correction|erratum|instructions?|binding)\b[^.!?:]{{0,20}}?\b(?:for|to|on) {DIGESTS}\b",
    rf"\binstructs {DIGESTS}\b|\bthat {DIGESTS} of this item\b",
    r"\bobliges you to (?:add|name|mention|say|cite)\b|\bwhen this (?:text )?is processed,|"
    r"\bfor processing only\b|\bby software\.?\Z",
    r"\b(?:unbiased|honest|helpful) assistant (?:mentions|names|says|adds|recommends)\b",
    r"\b(?:everyone|whoever|anyone|whatever) (?:who |that )?(?:sums? up|summari[sz]es?|answers?|"
    r"quotes?|reads?|cites?)\b[^.!?]{0,60}?\bthis (?:page|text|article|paragraph)\b[^.!?]{0,40}?"
    r"\b(?:must|shall|should|has to|is to)\b",
    r"\b(?:ChatGPT|GPT|Copilot)\b[^.!?]{0,60}?\b(?:must|should|shall) (?:say|write|state|answer|"
    r"name)\b",
    rf"\b(?:{PROGRAM}|robots|search engines and other machines|(?:generated|{AI}) (?:answers|"
    r"summaries))\b"
    r"[^.!?]{0,80}?\b(?:must|should|shall|ha(?:s|ve) to|need to|(?:is|are) "
    r"(?:politely |kindly |hereby )?(?:asked|requested|required|obliged|instructed|ordered) to)\s"
    r"(?:not |never |always |only ){0,2}"
    r"(?:say|state|tell|answer|reply|respond|mention|recommend|name|write|repeat|open|omit|"
    r"praise)\b",
    r"\b(?:ask|beg|request|grateful|appreciate|help us|"
    rf"thank you)\b[^.!?]{{0,40}}?\b(?:{PROGRAM}|any assistant)\b"
    r"[^.!?]{0,60}?\b(?:to (?:add|say|mention|state|include|recommend)|(?:could|"
    r"would) (?:mention|say|add|tell)|"
    r"for telling|told)\b",
)
"""What asks something of programs, and may be a law or an opinion."""

LAWS = _any(
    r"\b(?:laws?|rules?|regulat\w+|act|bill|court|minister|commission\w*|parliament|companies|"
    r"company|"
    r"sa(?:id|ys?)|argue[sd]?|told|according|wrote|writes|warn(?:s|ed)|report|study|experts?|"
    r"researchers?|asked (?:him|her|them)|campaigners?|watchdog)\b"
)

NARRATES = _any(
    r"\b(?:sa(?:id|ys?|ying)|reads?|wrote|writes|written|typed|told|tells|asked|asks|line|words?|"
    r"message|sentence|prompt|phrase|text|according|shouted|called|hid|application|email|letter)\b"
)
"""What shows that a quotation beside it is told, not given."""

TO_BE_CONTINUED = _any(
    r":\s*\Z",
    r"`{3}\s*\w{0,12}\s*\Z",
    r"\b(?:follows?|following|below|comes next|like this)\.?\s*\Z",
)
"""The end of a paragraph whose order goes on in the next."""

FOREIGN = _any(
    r"\b(?:ignorier\w*|vergiss|vergesst|missacht\w+)\b[^.!?]{0,60}\b(?:anweisung\w*|oben|"
    r"vorgaben|regeln)\b",
    r"\b(?:hinweis|anweisung|nachricht) (?:an|für) (?:\w+ )?(?:ki\b|sprachmodelle|chatbots)",
    r"\b(?:ignore[rz]?|oublie[rz]?)\b[^.!?]{0,60}\b(?:instructions|consignes)\b[^.!?]{0,30}"
    r"\b(?:précédentes|antérieures|ci-dessus)\b",
    r"\b(?:note|message|consigne)s? (?:aux|pour les) (?:assistants|modèles|robots|ia\b)",
    r"\b(?:ignor\w+|olvid\w+|esquec\w+|dimentic\w+)\b[^.!?]{0,60}\b(?:instrucciones|instruções|"
    r"istruzioni)\b",
    r"\bnota para (?:los |las |as |os )?(?:asistentes|assistentes|modelos|ia\b)",
    r"\bdla (?:asystent\w+|modeli)\b[^.!?]{0,30}:|\basistan\w+ not\s?:|"
    r"\btill alla (?:språkmodeller|AI-\w+)\s?:",
    r"어시스턴트에게[^.!?]{0,60}(?:무시|답하)",
    r"\bnegeer\b[^.!?]{0,60}\binstructies\b",
    r"\b(?:игнорируй\w*|забудь\w*)\b[^.!?]{0,60}\b(?:инструкци\w+|указани\w+)\b",
    r"(?:忽略|无视|忘记|忽視|無視)[^。！？]{0,20}(?:指令|指示|说明|提示)",
    r"(?:指示|命令|指令)[^。！？]{0,10}(?:無視|忘れ)",
)
"""The same in languages that poisoned pages use most."""
