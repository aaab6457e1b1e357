"""Cleaning: what is furniture goes and is kept aside, and no sentence of an article is lost."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import seconds_for

from index.byline import Byline, parse_byline
from index.clean import clean, normalise
from index.furniture import furniture_kind, heads_related

PARAGRAPHS = [
    "The wall along the Ister held on Monday, though the river peaked at 4.1 metres.",
    "“It did what it was built for,” said Ada Poe, who runs the water board.",
    "The wall cost $12 million, and critics in the U.S. and at home had called it a waste.",
    "The first plan failed in 2016. Nobody on the council would pay for it then.",
    "Ms. Poe wants a second wall by 2031. She has asked for $9 million, half of it this year.",
]
PROSE = "\n\n".join(PARAGRAPHS)


def kinds(cleaned):
    return [cut.kind for cut in cleaned.cut]


def cut_text(cleaned, kind):
    return "\n".join(cut.text for cut in cleaned.cut if cut.kind == kind)


def assert_whole(text):
    for paragraph in PARAGRAPHS:
        assert paragraph in text


def test_a_page_gives_its_headline_byline_and_prose():
    cleaned = clean(
        "Weather\n\nFlood wall holds as river peaks\n\nIda Lund Thursday, Feb/06/2025 - 18:40\n"
        f"Listen to Audio\n0:00\n\nThe wall in the morning light\n\n{PROSE}"
    )
    assert cleaned.title == "Flood wall holds as river peaks"
    assert cleaned.author == "Ida Lund"
    assert cleaned.published == "2025-02-06T18:40"
    assert cleaned.updated is None
    assert cleaned.source is None
    assert cleaned.text == f"The wall in the morning light\n\n{PROSE}"
    assert kinds(cleaned) == ["furniture", "headline", "byline", "player"]


def test_a_text_without_a_head_stays_without_metadata():
    cleaned = clean(PROSE)
    assert cleaned.text == PROSE
    assert cleaned.cut == ()
    found = (cleaned.title, cleaned.author, cleaned.source, cleaned.published, cleaned.updated)
    assert found == (None,) * 5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jane Doe", Byline(author="Jane Doe")),
        ("By Jane Doe and John van der Roe", Byline(author="Jane Doe, John van der Roe")),
        ("Jane Doe, The Herald", Byline(author="Jane Doe", source="The Herald")),
        ("By Jane Doe, political correspondent", Byline(author="Jane Doe")),
        ("By Jane Doe for The Quay Herald", Byline(author="Jane Doe", source="The Quay Herald")),
        ("By Jane Doe in Millbrook", Byline(author="Jane Doe")),
        ("By Jane Doe | March 3, 2025", Byline(author="Jane Doe", published="2025-03-03")),
        ("Ida Lund Thursday, Feb/06/2025 - 18:40",
         Byline(author="Ida Lund", published="2025-02-06T18:40")),
        ("Published: 3 March 2025 | Updated 4 March 2025",
         Byline(published="2025-03-03", updated="2025-03-04")),
        ("Last updated on 4 March 2025 at 10:15", Byline(updated="2025-03-04T10:15")),
        ("The Quay Herald, 3 March 2025", Byline(source="The Quay Herald", published="2025-03-03")),
        ("3 March 2025 · 5 min read", Byline(published="2025-03-03")),
        ("Von Erika Muster", Byline(author="Erika Muster")),
        ("Stand: 3. März 2025, 14:05 Uhr", Byline(published="2025-03-03T14:05")),
        ("Publié le 3 mars 2025 à 14h05, mis à jour le 4 mars 2025",
         Byline(published="2025-03-03T14:05", updated="2025-03-04")),
    ],
)  # fmt: skip
def test_bylines(line, expected):
    assert parse_byline(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "By Friday, the committee wants a price.",
        "By land and by sea",
        "Tuesday, Oct. 28",
        "Nine dead in 2025",
        "Flood wall holds as river peaks",
        "Jane Doe",
        "MILLBROOK, March 3, 2025 (Agency) — The river peaked on Monday.",
        "The council met on 3 March 2025 and voted.",
        "5 min read",
    ],
)
def test_lines_that_are_no_bylines(line):
    assert parse_byline(line) is None


def test_a_date_without_a_year_is_no_date_and_stays():
    cleaned = clean(f"Flood wall holds as river peaks\n\nTuesday, Oct. 28\n\n{PROSE}")
    assert cleaned.published is None
    assert cleaned.text == f"Tuesday, Oct. 28\n\n{PROSE}"


def test_a_dateline_stays_in_its_sentence():
    first = "MILLBROOK, Oct. 28 (Agency) — The wall held on Monday."
    assert clean(f"{first}\n\n{PROSE}").text.startswith(first)


def test_a_headline_may_be_a_question_above_a_byline():
    cleaned = clean(f"Will the wall hold?\nBy Jane Doe\n\n{PROSE}")
    assert (cleaned.title, cleaned.author) == ("Will the wall hold?", "Jane Doe")
    assert cleaned.text == PROSE


def test_a_lone_name_between_headline_and_date_is_the_author():
    cleaned = clean(f"Flood wall holds as river peaks\nJane Doe\n3 March 2025\n\n{PROSE}")
    assert cleaned.author == "Jane Doe"
    assert cleaned.text == PROSE


def test_a_lone_outlet_between_author_and_date_is_the_source():
    cleaned = clean(
        f"Wall of the mill holds\nBy Jan Pell\nThe Holm Courier\n5 March 2025\n\n{PROSE}"
    )
    assert (cleaned.author, cleaned.source) == ("Jan Pell", "The Holm Courier")
    assert "Courier" not in cleaned.text
    above = clean(f"5 March 2025\nThe Old Mill\n\n{PROSE}")
    assert "The Old Mill" in above.text
    assert above.source is None


def test_a_known_title_is_cut_and_no_caption_is_taken_for_it():
    cleaned = clean(f"Wall holds\n\nThe wall in the morning light\n\n{PROSE}", title="Wall Holds")
    assert cleaned.title == "Wall Holds"
    assert cleaned.text.startswith("The wall in the morning light")


CARD = "{title}\n\n{title}\n\nWeather\n\n{teaser}"


def test_a_tail_of_doubled_titles_with_teasers_goes():
    cards = [
        CARD.format(title=f"Town {n} asks for a higher wall on its own side of the river",
                    teaser=f"(Desk) - Town {n} said that the river is too high. It wants money.")
        for n in range(8)
    ]  # fmt: skip
    cleaned = clean(f"{PROSE}\n\nRelated articles\n\n" + "\n\n".join(cards))
    assert cleaned.text == PROSE
    assert kinds(cleaned) == ["related"]
    assert all(card in cut_text(cleaned, "related") for card in cards)


@pytest.mark.parametrize(
    "heading",
    ["Related articles", "You may also like", "Most read", "More from The Quay Herald:",
     "Trending now", "Recommended for you", "Mehr zum Thema", "Sur le même sujet"],
)  # fmt: skip
def test_a_tail_of_titles_goes(heading):
    titles = "Ferry fares rise in the spring\nBakery wins a prize for its rye loaf"
    cleaned = clean(f"{PROSE}\n\n{heading}\n{titles}")
    assert cleaned.text == PROSE
    assert titles in cut_text(cleaned, "related")


def test_a_box_in_the_middle_does_not_take_the_article_below_it():
    middle = "Related articles\n\nFerry fares rise in the spring\n\nBakery wins a prize"
    parts = [*PARAGRAPHS[:1], middle, *PARAGRAPHS[1:]]
    cleaned = clean("\n\n".join(parts))
    assert cleaned.text == PROSE
    assert cut_text(cleaned, "related") == middle


def test_a_single_last_paragraph_below_a_box_is_not_lost():
    middle = "Related articles\n\nFerry fares rise in the spring\n\nBakery wins a prize"
    cleaned = clean("\n\n".join([*PARAGRAPHS[:4], middle, PARAGRAPHS[4]]))
    assert_whole(cleaned.text)


def test_paragraphs_under_subheads_below_a_box_are_not_lost():
    text = (
        f"{PARAGRAPHS[0]}\n\nRelated articles\n\nFerry fares rise in the spring of next year\n\n"
        f"{PARAGRAPHS[1]}\n\nThe cost\n\n{PARAGRAPHS[2]}\n\nThe plan\n\n{PARAGRAPHS[3]}\n\n"
        f"What is next\n\n{PARAGRAPHS[4]}"
    )
    assert_whole(clean(text).text)


def test_a_subhead_that_reads_like_a_box_stays():
    text = f"{PARAGRAPHS[0]}\n\nMore from the river\n\n" + "\n\n".join(PARAGRAPHS[1:])
    assert clean(text).text == text


def test_a_sentence_about_related_articles_stays():
    text = f"{PROSE}\n\nRelated articles in the paper at that time called the wall a folly."
    assert clean(text).text == text


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version gave the peak as 4.2 metres.",
        "Editor’s note: This story was updated to add a comment.",
        "This article was amended on 4 March 2025 to correct the cost.",
        "Berichtigung: In einer früheren Fassung stand ein falscher Preis.",
    ],
)
def test_corrections_are_never_cut(note):
    tail = f"Related articles\n\nFerry fares rise in the spring\n\n{note}\n\nBakery wins a prize"
    assert clean(f"{PROSE}\n\n{note}").text == f"{PROSE}\n\n{note}"
    assert clean(f"{PROSE}\n\n{tail}").text == f"{PROSE}\n\n{note}"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Listen to this article", "player"),
        ("▶ Listen to this article · 4 min", "player"),
        ("0:00 / 3:45", "player"),
        ("Play video", "player"),
        ("Artikel anhören", "player"),
        ("Share on Facebook", "furniture"),
        ("Copy link", "furniture"),
        ("Facebook Twitter WhatsApp Email", "furniture"),
        ("Follow us on X", "furniture"),
        ("Advertisement", "furniture"),
        ("Story continues below advertisement", "furniture"),
        ("12 comments", "furniture"),
        ("Read more: Why the wall took nine years", "furniture"),
        ("Accept all cookies", "furniture"),
        ("We use cookies to improve your experience on our site.", "furniture"),
        ("Sign up for our morning newsletter to get the news first.", "furniture"),
        ("Subscribe now to continue reading.", "furniture"),
        ("Already a subscriber? Log in", "furniture"),
        ("© 2025 The Quay Herald. All rights reserved.", "furniture"),
    ],
)
def test_furniture_between_paragraphs_goes(line, kind):
    cleaned = clean("\n\n".join([*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]]))
    assert cleaned.text == PROSE
    assert [(cut.kind, cut.text) for cut in cleaned.cut] == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "The wall in the morning light",
        "Share prices fell on Monday as the river rose.",
        "Listen to the river, she said, and you will hear it rise.",
        "Facebook",
        "Search",
        "Watch the river rise, he said, and you will learn to fear it.",
        "Comments by the mayor angered the water board.",
        "The site uses cookies, the watchdog found, without consent.",
        "Follow the river north, and the wall is half as high.",
        "10:30",
        "Advertisement for the wall cost $9,000 alone.",
    ],
)
def test_captions_subheads_and_sentences_stay(line):
    text = "\n\n".join([*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]])
    assert clean(text).text == text


def test_a_share_bar_and_menu_outside_the_prose_go():
    cleaned = clean(f"Home\nNews\nFlood wall holds as river peaks\n\n{PROSE}\n\nShare\nX\nPrint")
    assert cleaned.title == "Flood wall holds as river peaks"
    assert cleaned.text == PROSE


def test_only_the_beheaded_half_of_a_glued_second_version_goes():
    first = "Since the flood, the old embankment serves as the only road to the mill."
    second = "Nobody knows for how long."
    broken = "ment serves as the only way to the mill and to the school behind it."
    new = "Nobody can say until when. A bus now runs twice a day."
    cleaned = clean(f"{PROSE}\n{first} {second}{broken} {new}")
    assert cleaned.text == f"{PROSE}\n{first} {second} {new}"
    assert [(cut.kind, cut.text) for cut in cleaned.cut] == [("glued", broken)]


@pytest.mark.parametrize(
    "text",
    [
        "The shop at example.com aims to sell more of its bread this year.",
        "The wall held.the river fell by a metre in the night.",
        "They use node.js in the office, and node.js in the mill.",
        "It was set out by the minister of trade on Monday. The day was long.the minister of trade "
        "and of ships will resign on Friday.",
    ],
)
def test_what_is_glued_but_no_copy_stays(text):
    assert clean(f"{PROSE}\n\n{text}").text == f"{PROSE}\n\n{text}"


def test_a_long_paragraph_pasted_twice_goes_once():
    cleaned = clean(f"{PROSE}\n\n{PARAGRAPHS[2]}")
    assert cleaned.text == PROSE
    assert [(cut.kind, cut.text) for cut in cleaned.cut] == [("repeated", PARAGRAPHS[2])]


def test_a_short_or_changed_paragraph_is_no_repetition():
    short = "He said he was sorry."
    changed = PARAGRAPHS[2].replace("12", "13")
    text = f"{short}\n\n{PROSE}\n\n{changed}\n\n{short}"
    assert clean(text).text == text


def test_characters_are_normalised_and_no_more():
    raw = "\ufeffCafe\u0301\u00a0noir\u200b was\x00 shut\ud800 Monday.\r\n\r\n\n\nIt\u00ad froze. "
    assert normalise(raw) == "Café noir was shut Monday.\n\nIt froze."
    kept = "“Quotes” – dashes — and north‑east… می\u200cخواهم 👩\u200d🚒 ½ ﬁ"
    assert normalise(kept) == kept


def test_offsets_lead_from_the_page_to_the_text():
    raw = f"Flood wall holds as river peaks\n\n{PARAGRAPHS[0]}\n\nAdvertisement\n\n{PARAGRAPHS[1]}"
    cleaned = clean(raw)
    for paragraph in PARAGRAPHS[:2]:
        assert cleaned.offset(raw.index(paragraph)) == cleaned.text.index(paragraph)
        assert cleaned.offset(raw.index(paragraph) + 7) == cleaned.text.index(paragraph) + 7
    assert cleaned.offset(0) == 0
    assert cleaned.offset(raw.index("Advertisement")) == pytest.approx(len(PARAGRAPHS[0]), abs=2)


LINES = st.lists(
    st.sampled_from(
        [*PARAGRAPHS, "Related articles", "The wall in the morning light", "Share", "10:30",
         "By Jane Doe", "3 March 2025", "More from the river", "Why nine years?", "", "Play video"]
    ),
    max_size=25,
)  # fmt: skip


@given(LINES)
def test_each_character_is_kept_or_cut(lines):
    raw = "\n\n".join(lines)
    cleaned = clean(raw)
    parts = "".join([cleaned.text, *(cut.text for cut in cleaned.cut)])
    assert sorted("".join(parts.split())) == sorted("".join(normalise(raw).split()))


@given(st.text())
def test_any_text_is_cleaned_and_clean_text_is_normal(text):
    assert normalise(normalise(text)) == normalise(text)
    cleaned = clean(text)
    assert normalise(cleaned.text) == cleaned.text


@pytest.mark.parametrize(
    "unit",
    [
        "Related articles\nA title of no great length\nA sentence that is prose and says so.\n",
        "the word.aims to go on and on ",
        "a\u0301\u0316",
        "Label line\n",
        " ",
    ],
)
def test_time_grows_no_faster_than_the_text(unit):
    took = partial(seconds_for, clean, unit)
    took(10_000)
    assert took(800_000) < 16 * max(took(100_000), 0.02)


def test_headings_and_furniture_are_known_whatever_their_case():
    assert heads_related("RELATED ARTICLES")
    assert not heads_related("Related articles called the wall a folly")
    assert furniture_kind("ADVERTISEMENT") == "furniture"
    assert furniture_kind("Advertisement for bread") is None
