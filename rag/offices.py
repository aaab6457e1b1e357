"""Words for offices, trades and kinships: what a person is called besides the name."""

import re

from rag.grammar import PERSONS
from rag.mentions import TITLES

OFFICES = re.compile(
    r"\b(?:(?:prime )?minister|mayor|president|chancellor|governor|king|queen|prince|princess|pope|"
    r"judge|officer|chief|director|manager|master|head|chair|secretary|senator|doctor|professor|"
    r"teacher|driver|farmer|neighbour|colleague|witness|lawyer|leader|spokes(?:man|woman|person)|"
    r"owner|adviser|official|expert|resident|man|woman|boy|girl|father|mother|brother|sister|son|"
    r"daughter|wife|husband|friend|boss|successor|predecessor|suspect|victim|pupil|nurse)\b",
    re.IGNORECASE,
)
"""Whom a "he" or "she" may mean, though no name is given."""

TRADES = frozenset(
    "minister architect economist spokesperson conductor planner caretaker fishmonger lifeguard "
    "baker butcher carpenter electrician plumber engineer researcher historian geologist biologist "
    "physicist chemist astronomer philosopher psychologist inventor photographer reporter editor "
    "commentator columnist presenter producer screenwriter novelist poet "
    "painter sculptor composer musician drummer guitarist goalkeeper striker midfielder defender "
    "manager trainer referee umpire swimmer runner cyclist sprinter boxer golfer firefighter "
    "detective prosecutor solicitor barrister magistrate coroner commander admiral marshal "
    "ambassador diplomat envoy lawmaker legislator commissioner chairman chairwoman treasurer "
    "curator librarian headteacher principal dean rector chancellor surgeon physician therapist "
    "paramedic vet campaigner activist organiser organizer volunteer entrepreneur businessman "
    "businesswoman banker trader analyst consultant adviser advisor strategist aide "
    "assistant deputy vicar rabbi imam priest monk nun cleric sailor skipper miner trucker "
    "designer programmer cousin uncle aunt nephew niece grandfather grandmother "
    "stepfather stepmother fiance fiancee girlfriend boyfriend winger forward batsman "
    "bowler flanker playmaker rapper comedian model co-founder cofounder "
    "landlord landlady postman milkman midwife carer whistleblower negotiator mediator "
    "conservative tory labour republican democrat liberal".split()
)

NATIONALITY = re.compile(
    r"\w+(?:ish|ese|ian|ican|ean|ench|utch|reek|erman|wiss|andic|lavic|rabic)s?"
)
"""American, Dutch: no name of anybody, and often a language."""


def is_office(noun: str) -> bool:
    """Say whether a noun in small letters is surely an office, a trade or a kinship."""
    return noun in PERSONS or noun in TRADES or OFFICES.fullmatch(noun) is not None


def is_written_small(noun: str) -> bool:
    """Say whether it is written so before a name: "defender Mats Holm", but "Mayor Odile Holm"."""
    return is_office(noun) and noun not in TITLES
