"""Nations that are named in more than one word: "American" speaks of the US, "Dutch" of Holland.

Only what endings do not show: that Japanese comes from Japan, `rag/mentions.py` sees by itself.
Newspapers also name a government by its seat, "a rivalry of Washington and Beijing", though that
may as well be the town.
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
        Washington America, Beijing China, Tokyo Japan, Moscow Russia, London Britain, Paris France,
        Berlin Germany, Rome Italy, Madrid Spain, Lisbon Portugal, Dublin Ireland, Vienna Austria,
        Warsaw Poland, Prague Czechia, Budapest Hungary, Bucharest Romania, Sofia Bulgaria,
        Belgrade Serbia, Athens Greece, Ankara Turkey, Stockholm Sweden, Oslo Norway,
        Copenhagen Denmark, Helsinki Finland, Kyiv Ukraine, Kiev Ukraine, Minsk Belarus,
        Tallinn Estonia, Riga Latvia, Vilnius Lithuania, Tehran Iran, Baghdad Iraq, Damascus Syria,
        Beirut Lebanon, Riyadh Saudi, Cairo Egypt, Nairobi Kenya, Abuja Nigeria, Islamabad Pakistan,
        Dhaka Bangladesh, Hanoi Vietnam, Manila Philippines, Jakarta Indonesia, Bangkok Thailand,
        Canberra Australia, Wellington Zealand, Ottawa Canada, Havana Cuba, Caracas Venezuela,
        Bogota Colombia, Bogotá Colombia, Santiago Chile, Brasilia Brazil, Brasília Brazil
    """.split(",")
    for seat, nation in [line.split()]
}
"""Capitals that often stand for their governments, and their nations, by a word of the name."""


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
