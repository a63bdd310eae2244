"""How far along an event is, as the words of its sentence tell."""

from __future__ import annotations

import pytest

from newsgraph.core.model import Status
from newsgraph.extract.events.event_status import status_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("@0 buys @1", Status.ANNOUNCED),
        ("@0 denies that it buys @1", Status.DENIED),
        ("@0 in talks to buy @1", Status.RUMOURED),
        ("@0 plans to buy @1", Status.PLANNED),
        ("@0 completes purchase of @1", Status.COMPLETED),
        # of several the first of this order counts
        ("@0 denies that it completes talks and plans", Status.DENIED),
        ("@0 completes talks and plans", Status.RUMOURED),
        ("@0 completes plans", Status.PLANNED),
        # talks that ended are ended, and no longer a rumour
        ("@0 ends talks to buy @1", Status.ENDED),
        ("@0 called off its merger with @1", Status.ENDED),
        ("@0 rejected a bid by @1", Status.ENDED),
        ("@0 denies that it called off its merger with @1", Status.ENDED),
        # a month is no modal verb
        ("@0 names @1 , effective may 1", Status.ANNOUNCED),
        ("@0 closed its purchase of @1 in may 2024", Status.COMPLETED),
        ("@0 may buy @1", Status.RUMOURED),
        # what a party says that it would do is its announcement
        ("@0 said on monday it would buy @1", Status.ANNOUNCED),
        ("@0 would buy @1", Status.RUMOURED),
        # only whole words count
        ("@0 undenied buys @1", Status.ANNOUNCED),
        ("@0 talks-show buys @1", Status.ANNOUNCED),
        ("@0 pep-talks @1", Status.ANNOUNCED),
        ("@0 planser buys @1", Status.ANNOUNCED),
    ],
)
def test_the_strongest_cue_of_a_sentence_counts(line: str, expected: Status) -> None:
    assert status_of(line) is expected
