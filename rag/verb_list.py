"""Verbs that news is told with, in their base forms: what `verb_forms.py` makes its forms of.

Verbs that are nouns as well stand apart: "reports" may be what the council does or what it has.
"""

PLAIN = frozenset(
    "abandon abolish absorb accept accommodate accompany accuse achieve acknowledge acquire adapt "
    "add adjust admit adopt advertise advise affect afford agree allege allocate allow amend "
    "announce apologise apologize appear apply appoint approve argue arise arrange arrive ask "
    "assemble assess assign assist assume attend attract authorise authorize avoid become begin "
    "behave believe belong bring build buy calculate carry celebrate choose cite clarify collect "
    "combine come commit communicate compare compete compile complain complete comprise conceal "
    "concede conclude condemn confirm confiscate connect consider consist construct consume "
    "contain continue contribute convince cooperate create criticise criticize dare decide "
    "declare decline dedicate deepen defend define delete deliver demolish demonstrate deny "
    "depart depend deploy derive describe deserve destroy detain deteriorate determine develop "
    "devote die differ diminish disappear disclose discover discuss dismiss disrupt distribute "
    "donate earn eat educate elect eliminate emerge emphasise emphasize employ enable encourage "
    "endorse enforce enjoy enlarge ensure enter equip establish evacuate evaluate examine exceed "
    "exclude execute exist expand expect expel explain explode explore expose extend fail flee "
    "fly follow forbid forecast forget found fulfil gather generate get give go govern grow "
    "happen hear identify ignore illustrate imagine implement impose improve include incorporate "
    "indicate inform inhabit inherit initiate injure inspect inspire install intend introduce "
    "invade invent invest investigate invite involve isolate join justify keep kill know learn "
    "lend lie listen locate lose maintain make manage manufacture marry mean meet mend mention "
    "migrate modernise modernize narrate negotiate notify obey observe obtain occupy occur "
    "operate oppose ordain organise organize oversee overtake overturn own participate perform "
    "persuade portray possess postpone precede predict prefer prepare preserve prevent privatise "
    "proclaim prohibit promote propose prosecute protect prove provide publish pursue qualify "
    "quit react realise realize rebuild receive recognise recognize recommend recover recruit "
    "reduce refer reflect refurbish refuse register regulate reinforce reject relate relocate "
    "rely remain remember remove renew renovate reopen replace represent reproduce require "
    "resemble resign resolve respond restore restrict resume retain retire reunite reveal revise "
    "satisfy say secure see seek seem seize select sell send separate serve settle shrink sing "
    "sit speak specialise specialize specify spend strengthen submit succeed suffer suggest "
    "suppose survive suspend symbolise symbolize take teach tell tend terminate think threaten "
    "tolerate translate transmit undergo understand undertake unite unveil vanish warn wear weigh "
    "widen withdraw write".split()
)
"""Verbs whose base and -s forms are seldom nouns."""

ALSO_NOUNS = frozenset(
    "abuse account act aid aim answer appeal approach arrest attack attempt auction average award "
    "back ban bank bar base bat battle bear beat benefit bet bid bill blame blast block board "
    "bomb book border borrow bowl break bridge broadcast brush burn call campaign cancel cap "
    "capture care cast catch cause chair challenge change charge charter chase check circulate "
    "claim clean clear climb close coach collapse color comment commission compromise concern "
    "conduct conflict contact contract control convict cook cost count cover crack crash cross "
    "cry cut cycle damage dance date deal debate debut decrease defeat delay demand deposit "
    "design desire dig direct display dispute dissolve dive divide double draft draw dream dress "
    "drill drink drive drop dry dump edit effect embrace end engineer enrol escape estimate "
    "exchange excuse exhibit experience experiment export face fall favour feature feed feel "
    "fight figure file fill film finance find fine finish fire fish fit fix flood flow focus fold "
    "force form free freeze fuel function fund gain grade grant guarantee guard guess guide hand "
    "handle hang harm harvest head heat help hire hit hold honour hope host house hurt impact "
    "import increase influence inquire insist interest interview issue judge jump kick label lack "
    "land last launch lay lead leak lean lease leave let level license lift light limit link list "
    "live load lock look love lower march mark market master match matter measure merge mine mix "
    "model monitor mount move murder name need note number object offer open order outline pack "
    "paint park pass pay permit photograph pick place plan plant play pledge point poll post "
    "practise praise press price print process produce profit program project promise protest "
    "pull pump purchase push put question quote race rain raise range rank rate reach read rebel "
    "record reform regard release rent repair reply report request rescue research respect rest "
    "result retreat return reverse review reward ride ring rise risk rule run rush sail sample "
    "sanction save scale schedule score search seat sentence set shape share shift ship shock "
    "shoot shop show shut sign signal sink sleep slide slow smoke sound spark split sponsor "
    "spread stage stake stand star start state stay steal step stock stop store strike structure "
    "struggle study substitute supply support surge surrender surround survey swap swear sweep "
    "swim switch talk target tax tear test thank throw tie top total touch tour tow trace track "
    "trade train transfer transport trap travel treat trial trigger triple try turn type urge use "
    "value venture view visit voice volunteer vote vow wage wait waive walk want wash waste watch "
    "water welcome win wish witness wonder work worry wound wreck yield".split()
)

IRREGULAR = tuple(
    tuple(row.split("/"))
    for row in (
        "arise/arose/arisen bear/bore/born beat/beat/beaten become/became/become "
        "begin/began/begun bet/bet/bet bid/bid/bid break/broke/broken bring/brought/brought "
        "broadcast/broadcast/broadcast build/built/built burn/burned/burned buy/bought/bought "
        "cast/cast/cast catch/caught/caught choose/chose/chosen come/came/come cost/cost/cost "
        "cut/cut/cut deal/dealt/dealt dig/dug/dug draw/drew/drawn drink/drank/drunk "
        "drive/drove/driven eat/ate/eaten fall/fell/fallen feed/fed/fed feel/felt/felt "
        "fight/fought/fought find/found/found flee/fled/fled fly/flew/flown "
        "forbid/forbade/forbidden forecast/forecast/forecast forget/forgot/forgotten "
        "freeze/froze/frozen get/got/got give/gave/given go/went/gone grow/grew/grown "
        "hang/hung/hung hear/heard/heard hit/hit/hit hold/held/held hurt/hurt/hurt "
        "keep/kept/kept know/knew/known lay/laid/laid lead/led/led leave/left/left "
        "lend/lent/lent let/let/let lie/lay/lain lose/lost/lost make/made/made mean/meant/meant "
        "meet/met/met overtake/overtook/overtaken oversee/oversaw/overseen pay/paid/paid "
        "prove/proved/proven put/put/put quit/quit/quit read/read/read rebuild/rebuilt/rebuilt "
        "ride/rode/ridden ring/rang/rung rise/rose/risen run/ran/run say/said/said see/saw/seen "
        "seek/sought/sought sell/sold/sold send/sent/sent set/set/set shoot/shot/shot "
        "show/showed/shown shrink/shrank/shrunk shut/shut/shut sing/sang/sung sink/sank/sunk "
        "sit/sat/sat sleep/slept/slept slide/slid/slid speak/spoke/spoken spend/spent/spent "
        "split/split/split spread/spread/spread stand/stood/stood steal/stole/stolen "
        "strike/struck/struck swear/swore/sworn sweep/swept/swept swim/swam/swum "
        "take/took/taken teach/taught/taught tear/tore/torn tell/told/told think/thought/thought "
        "throw/threw/thrown undergo/underwent/undergone understand/understood/understood "
        "undertake/undertook/undertaken wear/wore/worn win/won/won withdraw/withdrew/withdrawn "
        "write/wrote/written"
    ).split()
)
"""Base, past and past participle."""

DOUBLED = frozenset(
    "admit begin cancel commit control enrol equip expel forbid forget fuel label level model "
    "occur permit prefer program quit rebel refer signal split submit swap total transfer transmit "
    "travel trial".split()
)
"""Longer verbs that double their last letter: "admitted"."""

INTRANSITIVE = frozenset(
    "agree appear apply arrive arise begin belong burn change climb close collapse come compete "
    "consist continue contribute cooperate crash decline decrease depart depend die differ "
    "disappear drop emerge end exist expand explode fail fall fight flee fly go grow happen hold "
    "improve increase invest join land last lead leave lie live look lose march meet merge migrate "
    "move occur open operate participate pass play react refer relocate rely remain resign respond "
    "rest result resume retire return ride rise run sail sink sit specialise specialize speak "
    "split spread stand start stay step stop succeed suffer surge survive swim talk tend train "
    "travel turn vanish vote wait walk win withdraw work".split()
)
"""Verbs that may do without an object, so that a preposition may follow their past form."""

TWO_OBJECTS = frozenset("award cost fine give grant hand lend offer pay send teach tell".split())
"""Verbs that take two: "gave the town 5 million"."""
