"""What stands above what is found, as rows: what became of each decision, and what keeps IRIs from one build to the next."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from newsgraph.decisions.decision import Decision, Decisions
from newsgraph.decisions.stable_iris import KeptIris
from newsgraph.resolve.companies.company_nodes import Companies
from newsgraph.resolve.events.event_nodes import Events
from newsgraph.resolve.stories.story_iris import Stories, member_of

Row = Mapping[str, object]


def decision_rows(decisions: Decisions, companies: Companies, events: Events) -> Iterator[Row]:
    """Tell of each decision whether it was applied, found nothing, found too much, or contradicts another."""
    ambiguous = {one.order for one, _ in events.ambiguous}
    contradicted = {one.order: one for found in decisions.contradictions for one in found.decisions}
    outcomes = [(one, "contradicted") for one in contradicted.values()]
    used, clashing = companies.used | events.used, companies.clashing | events.clashing
    outcomes += [(one, _outcome(one, used, ambiguous, clashing)) for one in decisions.applied]
    for one, outcome in sorted(outcomes, key=lambda item: item[0].order):
        yield _row(one, outcome)


def _outcome(
    one: Decision, used: Container[object], ambiguous: Container[object], clashing: Container[object]
) -> str:  # fmt: skip
    if one.order in clashing:
        return "contradicted"
    return "applied" if one.order in used else "ambiguous" if one.order in ambiguous else "unused"


def _row(one: Decision, outcome: str) -> Row:
    return {
        "verb": one.verb.value, "decision": str(one), "outcome": outcome, "who": one.who or None, "when": one.when or None,
        "why": one.why or None,
    }  # fmt: skip


def kept_rows(companies: Companies, events: Events, stories: Stories, kept: KeptIris) -> dict[str, Iterable[Row]]:
    """Give the rows of `members` and `replaced`: what a file of kept IRIs says, and what was added to it.

    What the kept file names and this build does not hold stays in it, so that its IRI is never given to something else.
    """
    members: dict[tuple[str, str], set[str]] = {}
    for node in companies.nodes:
        members["company", node.iri] = set(node.members)
    for event in events.nodes:
        members["deal" if event.type == "deal" else "event", event.iri] = set(event.members)
    for story in stories.nodes:
        members["story", story.iri] = {member_of(iri) for iri in story.members}
    replaced = [*companies.replaced, *events.replaced, *stories.replaced]
    gone = {one.old for one in replaced}
    for kind, named in kept.members.items():
        for iri, old in named.items():
            if iri not in gone and (kind, iri) not in members:
                members[kind, iri] = set(old) or {""}
    rows = [{"kind": kind, "iri": iri, "member": member} for (kind, iri), found in members.items() for member in sorted(found)]
    return {"members": rows, "replaced": [{"old": one.old, "new": one.new, "kind": one.kind, "rule": one.rule} for one in replaced]}
