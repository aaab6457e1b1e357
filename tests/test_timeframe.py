"""Words of time: what they are taken to mean, and what is no time at all.

The first tables were written before the rules, which got 97 of their 99 at the first run; the
further ones after the rules, of which they got 26 of 30. The rules have since been mended.
"""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.timeframe import read_timeframes

WEDNESDAY = "2025-10-15"

TIMES = """
Who was hurt yesterday? | 2025-10-15 | 2025-10-14 | 2025-10-14 | published
What happened today at the yard? | 2025-10-15 | 2025-10-15 | 2025-10-15 | published
Yesterday, who resigned? | 2025-03-01 | 2025-02-28 | 2025-02-28 | published
What was promised the day before yesterday? | 2025-10-15 | 2025-10-13 | 2025-10-13 | published
What did yesterday's vote decide? | 2025-10-15 | 2025-10-14 | 2025-10-14 | published
Who was arrested last night? | 2025-10-15 | 2025-10-14 | 2025-10-14 | published
What did the minister say this morning? | 2025-10-15 | 2025-10-15 | 2025-10-15 | published
What was reported last week? | 2026-11-25 | 2026-11-16 | 2026-11-22 | published
What has changed this week? | 2025-10-15 | 2025-10-13 | 2025-10-19 | published
What did the council decide last month? | 2025-10-15 | 2025-09-01 | 2025-09-30 | published
Who joined last month? | 2025-01-06 | 2024-12-01 | 2024-12-31 | published
What was built this year? | 2025-10-15 | 2025-01-01 | 2025-12-31 | published
How much did the firm earn last year? | 2025-10-15 | 2024-01-01 | 2024-12-31 | published
Who died in the past three days? | 2025-10-15 | 2025-10-12 | 2025-10-15 | published
What changed in the last two weeks? | 2025-10-15 | 2025-10-01 | 2025-10-15 | published
How many fires were there over the past 6 months? | 2025-10-15 | 2025-04-15 | 2025-10-15 | published
What happened in the last 24 hours? | 2025-10-15 | 2025-10-14 | 2025-10-15 | published
Who left the party a week ago? | 2025-10-15 | 2025-10-08 | 2025-10-08 | published
What was opened three days ago? | 2025-10-15 | 2025-10-12 | 2025-10-12 | published
What did the firm announce two months ago? | 2025-10-15 | 2025-08-01 | 2025-08-31 | published
What burned down ten years ago? | 2025-10-15 | 2015-01-01 | 2015-12-31 | event
What has the company said since Monday? | 2025-10-15 | 2025-10-13 | none | published
What has changed since last week? | 2025-10-15 | 2025-10-06 | none | published
What has he done since the vote on 3 May? | 2025-10-15 | 2025-05-03 | none | published
What did the company claim before 20 October? | 2025-10-28 | none | 2025-10-19 | published
Who was hurt after 20 October? | 2025-10-28 | 2025-10-21 | none | published
What was decided between 3 and 10 October? | 2025-10-15 | 2025-10-03 | 2025-10-10 | published
What was built in the first half of 2024? | 2025-10-15 | 2024-01-01 | 2024-06-30 | event
Which shops closed last autumn? | 2025-10-15 | 2024-09-01 | 2024-11-30 | published
Which shops closed last summer? | 2025-10-15 | 2025-06-01 | 2025-08-31 | published
Who spoke on Friday? | 2025-10-15 | 2025-10-10 | 2025-10-10 | published
Who spoke on Friday? | 2025-10-18 | 2025-10-17 | 2025-10-17 | published
Who spoke last Friday? | 2025-10-15 | 2025-10-10 | 2025-10-10 | published
What was decided at Monday's meeting? | 2025-10-15 | 2025-10-13 | 2025-10-13 | published
What did they decide Tuesday night about it? | 2025-10-15 | 2025-10-14 | 2025-10-14 | published
Who won in 2024? | 2025-10-15 | 2024-01-01 | 2024-12-31 | event
What happened in 1974? | 2025-10-15 | 1974-01-01 | 1974-12-31 | event
When did the works burn before 2000? | 2025-10-15 | none | 1999-12-31 | event
What was banned in March 2020? | 2025-10-15 | 2020-03-01 | 2020-03-31 | event
How many people died since 2020? | 2025-10-15 | 2020-01-01 | none | event
Which bridges were built between 2010 and 2015? | 2025-10-15 | 2010-01-01 | 2015-12-31 | event
What was said until the end of October? | 2025-11-12 | none | 2025-10-31 | published
What did the yard find in mid-November? | 2025-11-25 | 2025-11-11 | 2025-11-20 | published
What did the yard find in mid-November? | 2025-10-15 | 2024-11-11 | 2024-11-20 | published
What were the sales in Q3 2025? | 2025-10-28 | 2025-07-01 | 2025-09-30 | event
What were the sales in the third quarter of 2025? | 2025-10-28 | 2025-07-01 | 2025-09-30 | event
What did the court rule on 28 October 2025? | 2025-11-12 | 2025-10-28 | 2025-10-28 | event
What did the court rule on October 28, 2025? | 2025-11-12 | 2025-10-28 | 2025-10-28 | event
What did the court rule on the 28th of October? | 2025-11-12 | 2025-10-28 | 2025-10-28 | published
Who resigned Oct. 28? | 2025-11-12 | 2025-10-28 | 2025-10-28 | published
Who resigned on 10/28/2025? | 2025-11-12 | 2025-10-28 | 2025-10-28 | event
Who resigned on 2025-10-28? | 2025-11-12 | 2025-10-28 | 2025-10-28 | event
Who was hurt in October? | 2025-11-12 | 2025-10-01 | 2025-10-31 | published
Who was hurt in December? | 2025-11-12 | 2024-12-01 | 2024-12-31 | published
Who was hurt in May? | 2025-11-12 | 2025-05-01 | 2025-05-31 | published
Who was hurt in early March? | 2025-11-12 | 2025-03-01 | 2025-03-10 | published
What happened from November to January? | 2025-03-01 | 2024-11-01 | 2025-01-31 | published
What happened from 28 February to 2 March 2024? | 2025-03-01 | 2024-02-28 | 2024-03-02 | event
Where will the band play in December? | 2025-10-15 | 2025-12-01 | 2025-12-31 | event
What opens next week? | 2025-10-15 | 2025-10-20 | 2025-10-26 | event
Who will speak tomorrow? | 2025-10-15 | 2025-10-16 | 2025-10-16 | event
What happened over the weekend? | 2025-10-15 | 2025-10-11 | 2025-10-12 | published
How many strikes were there in the 1990s? | 2025-10-15 | 1990-01-01 | 1999-12-31 | event
What was built in the summer of 2019? | 2025-10-15 | 2019-06-01 | 2019-08-31 | event
Which articles from March 2020 mention the flu? | 2025-10-15 | 2020-03-01 | 2020-03-31 | published
What was published between 3 and 10 October 2025? | 2025-10-28 | 2025-10-03 | 2025-10-10 | published
What does last week's news say about the ferry? | 2025-10-15 | 2025-10-06 | 2025-10-12 | published
What is the latest on the ferry? | 2025-10-15 | none | none | published
Who is currently the mayor? | 2025-10-15 | none | none | published
How much has been spent so far? | 2025-10-15 | none | none | published
what happened in october to the lapwing? | 2025-11-12 | 2025-10-01 | 2025-10-31 | published
Who resigned on 29 February 2024? | 2025-11-12 | 2024-02-29 | 2024-02-29 | event
"""

NOTHING = """
May I ask who runs the ferry?
What may happen to the mill?
Who scored in the second half of the match?
How does one march in March order?
Where is Friday Harbor?
How did 5,000 people get home?
What does Section 10 of the act say?
Is the shop open 24/7?
Who built the 1968 dam?
What does the Oct4 gene do?
How many seats has a Boeing 747?
What did April O'Neil find?
What did Theresa May say?
Who is the second in command?
What did the last witness say?
What happened on Black Friday?
Who wrote the song "Yesterday"?
What does USA Today say about it?
How far did they march?
How many houses did 2000 men build?
How long will the repair take, six weeks or eight?
What is the present that Ms June gave her son?
Who saw the 9/11 film?
Who fell in the last minutes of the match?
Do they meet every Friday?
How much is 3/4 of a mile?
Who met at 10 Downing Street?
"""

FURTHER_TIMES = """
Who lit the fire that broke out two days ago? | 2025-10-15 | 2025-10-13 | 2025-10-13 | published
During the past fortnight, who left? | 2025-10-15 | 2025-10-01 | 2025-10-15 | published
Which firms failed in the early 2000s? | 2025-10-15 | 2000-01-01 | 2003-04-30 | event
Give me everything from last Thursday onwards. | 2025-10-15 | 2025-10-09 | none | published
Did rents rise between January and June 2023? | 2025-10-15 | 2023-01-01 | 2023-06-30 | event
What was the verdict on Wednesday, 8 October? | 2025-10-15 | 2025-10-08 | 2025-10-08 | published
Which trains were late in the week of 6 October? | 2025-10-15 | 2025-10-06 | 2025-10-12 | published
What were the main events of spring 2021? | 2025-10-15 | 2021-03-01 | 2021-05-31 | event
What happened since the strike began on 1 September? | 2025-10-15 | 2025-09-01 | none | published
What was said over the last couple of days? | 2025-10-15 | 2025-10-13 | 2025-10-15 | published
Which schools closed at the start of last month? | 2025-10-15 | 2025-09-01 | 2025-09-10 | published
Was anybody injured this weekend? | 2025-10-19 | 2025-10-18 | 2025-10-19 | published
Who has been mayor as of 1 January 2024? | 2025-10-15 | none | 2024-01-01 | event
What was the tally through September 30? | 2025-10-15 | none | 2025-09-30 | published
Will it rain the day after tomorrow? | 2025-10-15 | 2025-10-17 | 2025-10-17 | event
Until when did trams run in the 19th century? | 2025-10-15 | 1801-01-01 | 1900-12-31 | event
Who was elected on the 4th of July, 1988? | 2025-10-15 | 1988-07-04 | 1988-07-04 | event
What's the most recent estimate of the damage? | 2025-10-15 | none | none | published
Any headlines from the past week about rail? | 2025-10-15 | 2025-10-08 | 2025-10-15 | published
What did Sunday's papers say about the coach? | 2025-10-15 | 2025-10-12 | 2025-10-12 | published
Who led the party from 1997 until 2007? | 2025-10-15 | 1997-01-01 | 2007-12-31 | event
How did shares do late last year? | 2025-10-15 | 2024-09-01 | 2024-12-31 | published
What did the crew do in the first week of August? | 2025-10-15 | 2025-08-01 | 2025-08-07 | published
"""

FURTHER_NOTHING = """
Did prices fall in the second quarter?
Where did the Wednesday Addams actress grow up?
Is it true that a 1999 Volvo was found?
What was Summer Walker's last album?
How long was the march to the second bridge?
Why do they say that may day calls are rare?
What did August Wilson write after the fall of the mill?
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.splitlines() if line]


def check_times(row: list[str]) -> None:
    question, clock, first, last, kind = row
    # of several, the one that filters or weighs most
    frame = min(
        read_timeframes(question, date.fromisoformat(clock)),
        key=lambda f: (f.kind != "published", f.newest, f.start),
    )
    assert (frame.first or "none", frame.last or "none", frame.kind) == (first, last, kind)
    assert question[frame.start : frame.end] == frame.words


@pytest.mark.parametrize("row", rows(TIMES + FURTHER_TIMES), ids=lambda row: "|".join(row[:2]))
def test_times_are_read(row: list[str]) -> None:
    check_times(row)


@pytest.mark.parametrize("question", [row[0] for row in rows(NOTHING + FURTHER_NOTHING)])
def test_what_is_no_time_is_not_read(question: str) -> None:
    assert read_timeframes(question, date.fromisoformat(WEDNESDAY)) == ()


VOCABULARY = (
    "last this next past the first second week month year weekend Monday may May March Oct . , 3 "
    "28th 2024 1974 to and between from until since before after of in on mid - – ago two few a "
    "days hours 999 half end early late yesterday tomorrow now latest so far Q3 10/28/2025 "
    "2025-10-28 29 February winter 19th century 1990s people will ' 1000's New Year's Day 23/24"
).split()


@given(
    st.lists(st.sampled_from(VOCABULARY), max_size=9).map(" ".join) | st.text(max_size=60),
    st.dates(),
)
def test_whatever_is_asked_the_words_stand_in_it_and_the_days_in_order(
    question: str, today: date
) -> None:
    for frame in read_timeframes(question, today):
        assert question[frame.start : frame.end] == frame.words
        assert not (frame.first and frame.last) or frame.first <= frame.last


@pytest.mark.parametrize(
    "words",
    [
        "since the ",
        "a ",
        "between 3 and ",
        "‘",
        "'",
        "the first week of ",
        "early in ",
        "mid-",
        "3 October – ",
        "articles about a b c d ",
        "9,",
        "will ",
    ],
)
def test_a_hostile_question_is_read_at_once(words: str) -> None:
    question = (words * 2_000)[:2_000]
    begun = time.perf_counter()
    read_timeframes(question, date.fromisoformat(WEDNESDAY))
    assert time.perf_counter() - begun < 5


def test_every_time_is_read() -> None:
    question = "What was said in the last week of the strike in March 2020?"
    frames = read_timeframes(question, date.fromisoformat(WEDNESDAY))
    assert [frame.words for frame in frames] == ["in March 2020"]
    question = "What was said of the fire of 3 March 2020 last week?"
    frames = read_timeframes(question, date.fromisoformat(WEDNESDAY))
    assert [frame.kind for frame in frames] == ["event", "published"]
    assert frames[1].words == "last week"
