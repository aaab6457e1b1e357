"""The forms of verbs, both ways."""

import pytest

from rag.verb_forms import base_of, has_shape, is_noun_too, past_of, shapes_of, verb_forms
from rag.verb_list import ALSO_NOUNS, DOUBLED, INTRANSITIVE, IRREGULAR, PLAIN, TWO_OBJECTS


@pytest.mark.parametrize(
    ("word", "shape", "base"),
    [
        ("costs", "s", "cost"),
        ("employs", "s", "employ"),
        ("tries", "s", "try"),
        ("reaches", "s", "reach"),
        ("goes", "s", "go"),
        ("founded", "past", "found"),
        ("found", "past", "find"),
        ("planned", "past", "plan"),
        ("opened", "past", "open"),
        ("died", "past", "die"),
        ("agreed", "past", "agree"),
        ("carried", "past", "carry"),
        ("rose", "past", "rise"),
        ("written", "participle", "write"),
        ("built", "past", "build"),
        ("beginning", "ing", "begin"),
        ("dying", "ing", "die"),
        ("making", "ing", "make"),
        ("seeing", "ing", "see"),
        ("stopping", "ing", "stop"),
        ("visiting", "ing", "visit"),
    ],
)
def test_a_form_leads_to_its_base(word: str, shape: str, base: str) -> None:
    assert base_of(word, shape) == base  # type: ignore[arg-type]


def test_where_two_verbs_share_a_form_there_is_no_base() -> None:
    assert base_of("lay", "past", "base") is None  # lay, and the past of lie
    assert base_of("lantern", "base", "s", "past") is None


def test_the_past_of_a_verb() -> None:
    assert [past_of(base) for base in ("write", "found", "plan", "cut")] == [
        "wrote",
        "founded",
        "planned",
        "cut",
    ]


def test_what_may_be_a_noun() -> None:
    assert is_noun_too("reports")
    assert is_noun_too("meeting")
    assert not is_noun_too("employs")
    assert not is_noun_too("lantern")


def test_an_unknown_verb_is_known_by_its_ending() -> None:
    assert has_shape("confronted", "past") is False
    assert shapes_of("confronted") == {"past", "participle"}
    assert shapes_of("guzzling") == {"ing"}
    assert shapes_of("hundred") == shapes_of("speed") == shapes_of("lantern") == frozenset()


def test_the_lists_agree() -> None:
    assert not PLAIN & ALSO_NOUNS
    known = PLAIN | ALSO_NOUNS
    assert {base for base, _, _ in IRREGULAR} <= known
    assert known >= DOUBLED | INTRANSITIVE | TWO_OBJECTS
    assert all(len(verb_forms(base)) for base in known)
