"""What follows from a sentence's amounts is not missing there; what does not follow is."""

import pytest

from rag.amounts import amounts_in
from rag.implied_amounts import differences, restated_amounts
from rag.premises import encode_premises
from rag.stated import missing_amounts
from rag.support_signals import examine


def missing(claim: str, sentence: str) -> list[str]:
    given = amounts_in(sentence)
    found = missing_amounts(
        claim,
        given,
        restated=restated_amounts(sentence),
        differences=differences(sentence, given),
    )
    return [amount.text for amount in found]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Turnout fell by eight points.", "Turnout slipped to 58 percent, from 66 percent."),
        ("Turnout rose by eight points.", "Turnout rose from 58 to 66 percent."),
        ("Turnout rose by eight percentage points.", "Turnout rose from 58 to 66 percent."),
        ("The dam grew by four metres.", "The dam was raised from 9 to 13 metres."),
        ("The dam grew by four metres.", "The dam was raised from 9 metres to 13."),
        ("The dam grew by four metres.", "It was raised to 13 metres from 9."),
        ("It rose by eight points.", "Turnout rose from 58 percent to 66."),
        ("It rose by eight points.", "Turnout rose from 58 to a record 66 percent."),
        ("There was an eight percentage-point rise.", "It rose from 58 to 66 percent."),
        ("It had a majority of three members.", "Councillors voted 12-9 for it."),
        ("Five less were sold.", "In May 45 cars were sold, in June 40 cars."),
        ("It passed by a margin of three votes.", "They voted 19 to 16 for it."),
        ("It passed by three votes.", "It passed 19-16."),
        ("United won by two goals.", "United beat Rovers 3-1 tonight."),
        ("Tickets are £15 cheaper.", "Tickets have been cut from 95 to 80 pounds."),
        ("54 of the 63 stalls are let.", "Of 63 stalls, nine stalls are empty."),
        ("It is dearer than twelve months ago.", "It is dearer than a year ago."),
        ("Much was stolen in two weeks.", "Much was stolen in the past fortnight."),
        ("He travelled for three days.", "Between 10 and 12 October he travelled."),
        ("He travelled for two days.", "He travelled from Oct. 10 to 12."),
        ("37 out of 94 children cannot.", "Of the 94 children in class six, 37 cannot."),
        ("Three in four members came.", "Of its 40 members, thirty came."),
        ("Half of the children swim.", "47 of the 94 children swim."),
        ("It is the most in ten years.", "It is the most in a decade."),
    ],
)
def test_what_follows_is_given(claim: str, sentence: str) -> None:
    assert missing(claim, sentence) == []


@pytest.mark.parametrize(
    ("claim", "sentence", "amount"),
    [
        (
            "Turnout fell by nine points.",
            "It slipped to 58 percent, from 66 percent.",
            "nine points",
        ),
        ("He was away for five days.", "He travelled between 10 and 12 October.", "five days"),
        ("Half of the kilns burned.", "Three of the six members resigned.", "Half"),
        ("36 out of 94 cannot.", "Of the 94 children, 37 cannot.", "36 out of 94"),
        ("Half of the crew left.", "A crew of 12 left, six hours late.", "Half"),
        ("17 percent came.", "Twenty-seven of the forty came.", "17 percent"),
        ("41 percent came.", "37 of the ninety-four came.", "41 percent"),
        ("0.7 percent failed.", "3 of 1,000 failed.", "0.7 percent"),
        ("It sat for three days.", "It sat on 10 and 12 October.", "three days"),
        ("It took three days.", "In October 10 to 12 wolves were seen.", "three days"),
        ("It passed by a margin of two votes.", "They voted 19 to 16 for it.", "two votes"),
        ("Tickets are £25 cheaper.", "Tickets have been cut from 95 to 80 pounds.", "£25"),
        ("It is the most in five years.", "It is the most in a decade.", "five years"),
        ("It took eight days.", "It cost 9 crowns and then 17 crowns.", "eight days"),
        ("Nine people died.", "The bomb killed 12 people and wounded 3 others.", "Nine people"),
        ("It costs 15 pounds.", "Tickets were cut from 95 to 80 pounds.", "15 pounds"),
        ("It fell by three years.", "They won 19-16 after five years.", "three years"),
        ("It fell by five people.", "The 15:10 train had 90 people.", "five people"),
        ("It fell by six people.", "It is for those aged 18-24, 90 people.", "six people"),
        ("She is up by 1,240 votes.", "She has 12,345 votes, he has 11,111 votes.", "1,240 votes"),
        ("It lasted 12 months.", "It lasted a year and a half.", "12 months"),
        ("It lasted 12 months.", "He earns 900 pounds a year.", "12 months"),
        ("It lasted 60 minutes.", "It lasted half an hour.", "60 minutes"),
        ("He served five years.", "He served three years of an eight-year term.", "five years"),
        ("It lasts 24 hours.", "It closes the next day.", "24 hours"),
        ("It took a mere two seconds.", "He ran for a second term.", "two seconds"),
        ("Three people were lost.", "Rooms 12-15 burned, two people were lost.", "Three people"),
        ("It rose by three votes.", "The dam rose from 12 to 15 metres.", "three votes"),
        ("They lost by four goals.", "A ticket is £16 to 20.", "four goals"),
        ("They won by one seat more, two.", "It began in 2019-21.", "two"),
        ("It closed for three days.", "The strike began two years ago.", "three days"),
        ("The storm cut power to 12 homes.", "52 homes have it, 40 homes do not.", "12 homes"),
        ("It lasted up to 3 months.", "It ran 5 months, then 8 months.", "3 months"),
        ("One of the tickets is 12 euros.", "It is 52 euros, a child's 40 euros.", "12 euros"),
    ],
)
def test_what_does_not_follow_is_missing(claim: str, sentence: str, amount: str) -> None:
    assert missing(claim, sentence) == [amount]


@pytest.mark.parametrize(
    "sentence",
    [
        "They won 12-15% of the vote.",
        "They won a rise of 20-23 percent.",
        "The winner paid 12-15 crowns.",
        "It was passed at 12 to 15 euros a day.",
        "He won 12-15 inches of snow.",
        "They drew 12-15 thousand fans.",
        "They won on 12-15 September.",
        "They voted on November 12-15.",
        "Children of ages of 12-15 won.",
        "It passed rooms 12-15.",
        "The shop is open daily, 9 to 12.",
        "Flight 12-15 was late.",
    ],
)
def test_ranges_are_no_results(sentence: str) -> None:
    assert missing("They won by three points.", sentence) == ["three points"]


def test_a_time_without_a_number_never_speaks_against_a_claim() -> None:
    sentence = "Police questioned Ann and Bob a year ago."
    assert missing("They questioned the two.", sentence) == []
    premises = encode_premises(["The strike ended the next week."])
    examined = examine("The strike of three days ended.", premises)
    assert examined.misplaced_numbers == ()
