"""What a check-in asks."""

from pwa.domain import checkin


def test_there_is_a_word_for_every_value_of_mood() -> None:
    mood = checkin.scale("mood")
    assert len(checkin.MOOD_WORDS) == mood.max - mood.min + 1
    assert checkin.MOOD_WORDS[6] == "okay"
    assert (checkin.MOOD_WORDS[0], checkin.MOOD_WORDS[10]) == (mood.low, mood.high)


def test_two_answers_are_a_yes_and_keeping_it_to_oneself_is_none() -> None:
    assert [answer for answer, _ in checkin.THOUGHTS if checkin.is_yes(answer)] == ["now-and-then", "often"]
    assert not checkin.is_yes("rather-not-say")
    assert not checkin.is_yes(None)
