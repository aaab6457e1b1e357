"""Nations that are named in more than one word: "American" speaks of the US, "Dutch" of Holland.

Only what endings do not show: that Japanese comes from Japan, `rag/mentions.py` sees by itself.
Newspapers also name a government by its seat: "a rivalry of Washington and Beijing".
"""

import re

NAMED_ALIKE = tuple(
    frozenset(line.split())
    for line in """
        america american
        britain british briton
        afghanistan afghan
        burma burmese myanmar
        chad chadian
        congo congolese
        cuba cuban
        cypru cypriot
        czechia czech
        denmark danish
        england english
        fiji fijian
        finland finnish
        france french
        greece greek
        iran iranian
        iraq iraqi
        ireland irish
        kazakhstan kazakh
        kyrgyzstan kyrgyz
        lao laotian
        mali malian
        malta maltese
        netherland dutch holland
        norway norwegian
        oman omani
        peru peruvian
        philippin filipino philippine
        poland polish
        portugal portuguese
        scotland scottish scot
        slovakia slovak
        slovenia slovene slovenian
        spain spanish
        switzerland swis
        tajikistan tajik
        thailand thai
        togo togolese
        turkmenistan turkmen
        uzbekistan uzbek
        wal welsh
    """.splitlines()
    if line.strip()
)
"""Forms as `rag.mentions.form` gives them (Wales is "wal"), a nation a line."""

BY_FORM = {form: nation for nation in NAMED_ALIKE for form in nation}

ABBREVIATED = {
    "america": re.compile(r"\b(?:USA?|United States)\b"),
    "britain": re.compile(r"\b(?:UK|United Kingdom)\b"),
}
"""Nations by their form, and how capitals name them; "us" is no nation."""

ABBREVIATIONS = {"america": frozenset({"US", "USA"}), "britain": frozenset({"UK"})}

SEATS = {
    seat: nation
    for line in """
        washington america, beij china, tokyo japan, moscow russia, london britain, pari france,
        berlin germany, rome ita, madrid spain, lisbon portugal, dublin ireland, vienna austria,
        warsaw poland, prague czechia, budapest hungary, bucharest romania, sofia bulgaria,
        belgrade serbia, athen greece, ankara turkey, stockholm sweden, oslo norway,
        copenhagen denmark, helsinki finland, kyiv ukraine, minsk belaru, tallinn estonia,
        riga latvia, vilniu lithuania, tehran iran, baghdad iraq, damascu syria, beirut lebanon,
        riyadh saudi, cairo egypt, nairobi kenya, abuja nigeria, islamabad pakistan,
        dhaka bangladesh, hanoi vietnam, manila philippin, jakarta indonesia, bangkok thailand,
        canberra australia, wellington zealand, ottawa canada, havana cuba, caraca venezuela,
        bogotá colombia, santiago chile, brasília brazil
    """.split(",")
    for seat, nation in [line.split()]
}
"""Forms of capitals that often stand for their governments, and of their nations."""

COUNTERPARTS = SEATS | {nation: seat for seat, nation in SEATS.items()} | {"us": "washington"}


def seat_or_nation(form: str) -> str | None:
    """Return by which form a nation of this form may be meant too: its capital's, or the reverse.

    The capital may as well be the town: that a text has the other shows only that it may be meant.
    """
    return COUNTERPARTS.get(form)


def nation_forms(text: str, forms: frozenset[str]) -> frozenset[str]:
    """Return under which further forms the nations of a text are known.

    Args:
        text: Its acronyms without full stops.
        forms: Of its words.
    """
    nations = [BY_FORM[form] for form in forms & BY_FORM.keys()]
    nations += [BY_FORM[form] for form, named in ABBREVIATED.items() if named.search(text)]
    return frozenset[str]().union(*nations)


def nation_abbreviations(forms: frozenset[str]) -> frozenset[str]:
    """Return the abbreviations of the nations that a text names, by the forms of its words."""
    return frozenset[str]().union(*(ABBREVIATIONS[form] for form in ABBREVIATIONS.keys() & forms))
