"""What a fund, plan or deal is for: fields of public life, by the words that name them."""

from rag.mentions import WORD, form

_FIELDS = """
climate: climate warming emission emissions carbon greenhouse adaptation decarbonisation
 decarbonization drought flood flooding heatwave renewable renewables green conservation
environment: environment environmental climate nature wildlife forest forests conservation
 biodiversity pollution green emission emissions river wetland wetlands recycling waste carbon
energy: energy power electricity gas oil fuel coal nuclear solar wind hydrogen grid renewable
 renewables carbon heating
infrastructure: infrastructure road roads rail railway railways bridge bridges port ports harbour
 harbor airport airports tunnel highway highways motorway broadband grid pipeline building buildings
 construction transport transit water sewage sewer flood flooding dam dams school schools hospital
 hospitals housing energy power
transport: transport transit transportation rail railway railways road roads bus buses tram trams
 train trains cycling cycle cyclists traffic aviation airport ferry ferries highway motorway fuel
health: health healthcare medical medicine medicines hospital hospitals nurse nurses doctor doctors
 vaccine vaccines vaccination vaccinate clinic clinics cancer mental disease diseases patient
 patients care sugar tobacco smoking malaria maternity pandemic nutrition
education: education educational school schools college university universities teacher teachers
 pupil pupils student students tuition scholarship scholarships training skills literacy apprentice
 apprentices apprenticeship youth
housing: housing homes house houses tenant tenants rent homeless homelessness mortgage mortgages
 building homebuyers renovation
defence: defence defense military army navy weapons weapon arms missile missiles security soldiers
 troops frigates submarines submarine ammunition
security: security police policing crime terrorism counterterrorism border borders cyber
 cybersecurity defence defense intelligence
trade: trade tariff tariffs export exports import imports customs market markets business
 commerce industry investment economic
farming: farming farm farms farmer farmers agriculture agricultural crop crops dairy livestock food
 rural irrigation fertiliser fertilizer drought
food: food meals hunger nutrition farming agriculture agricultural crops sugar groceries
digital: digital internet broadband technology software cyber cybersecurity ai computing data online
 semiconductor semiconductors chip chips telecoms
culture: culture cultural arts art museum museums theatre theater music heritage library libraries
 film tourism festival
sport: sport sports stadium athletes football olympic playground swimming pool
tourism: tourism tourist tourists visitors hotels heritage travel
migration: migration migrants immigration immigrants asylum refugee refugees border borders visa
 visas deportation
water: water drinking sewage irrigation river rivers reservoir dam dams flood flooding drought
fishing: fishing fisheries fishery fishermen fish trawlers marine ocean
peace: peace ceasefire truce war hostages hostage disarmament weapons military security
space: space satellite satellites moon lunar rocket rockets
"""
"""Written for this file from the names of ministries and what they spend on. A word stands in every
field that it may belong to, since fields that share one word of a phrase are never set against each
other: flood walls may be paid by a climate, a water or an infrastructure fund."""


def _read(lines: str) -> dict[str, frozenset[str]]:
    fields: dict[str, set[str]] = {}
    for entry in lines.replace("\n ", " ").strip().splitlines():
        name, _, words = entry.partition(":")
        for word in words.split():
            fields.setdefault(form(word), set()).add(name)
    return {word: frozenset(names) for word, names in fields.items()}


FIELDS_OF = _read(_FIELDS)
"""The fields that a word names, by its form."""


OTHER_SENSES = frozenset("waters powers".split())
"""Forms of a listed word that mean something else: disputed waters, great powers."""


def fields_in(text: str) -> frozenset[str]:
    """Return the fields that the words of a text name."""
    return frozenset(
        field
        for word in WORD.findall(text.lower())
        if word not in OTHER_SENSES
        for field in FIELDS_OF.get(form(word), ())
    )
