"""Rows of what people decided, with the outcome of each decision, and of what keeps IRIs stable from one build to the next."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from newsgraph.decisions.decision import Decision, Decisions
from newsgraph.decisions.stable_iris import KeptIris
from newsgraph.resolve.companies.company_nodes import Companies
from newsgraph.resolve.events.event_nodes import Events
from newsgraph.resolve.stories.story_iris import Stories, member_of

Row = Mapping[str, object]


def decision_rows(decisions: Decisions, companies: Companies, events: Events) -> Iterator[Row]:
    """Yield each decision and its outcome: applied, unused, ambiguous (it matches several events) or contradicted by another."""
    ambiguous = {decision.order for decision, _ in events.ambiguous}
    contradicted = {decision.order: decision for contradiction in decisions.contradictions for decision in contradiction.decisions}
    outcomes = [(decision, "contradicted") for decision in contradicted.values()]
    used, clashing = companies.used | events.used, companies.clashing | events.clashing
    outcomes += [(decision, _outcome(decision, used, ambiguous, clashing)) for decision in decisions.applied]
    for decision, outcome in sorted(outcomes, key=lambda item: item[0].order):
        yield _row(decision, outcome)


def _outcome(
    decision: Decision, used: Container[object], ambiguous: Container[object], clashing: Container[object]
) -> str:  # fmt: skip
    if decision.order in clashing:
        return "contradicted"
    return "applied" if decision.order in used else "ambiguous" if decision.order in ambiguous else "unused"


def _row(decision: Decision, outcome: str) -> Row:
    return {
        "verb": decision.verb.value, "decision": str(decision), "outcome": outcome, "who": decision.who or None,
        "when": decision.when or None, "why": decision.why or None,
    }  # fmt: skip


def kept_iri_rows(
    articles: Sequence[str], companies: Companies, events: Events, stories: Stories, kept: KeptIris
) -> dict[str, Iterable[Row]]:
    """Return the rows of `members` and `replaced`: the content of the file of kept IRIs, and what this build adds to it; `articles` are IRIs.

    Nodes of the file that this build does not have stay in it, so that their IRIs are never given to something else.
    """
    members: dict[tuple[str, str], Sequence[str]] = {("article", iri): names for iri, names in kept.members.get("article", {}).items()}
    members |= {("article", iri): (member_of(iri),) for iri in articles}
    members |= {("company", iri): names for iri, names in companies.members.items()}
    members |= events.members
    members |= {("story", iri): names for iri, names in stories.members.items()}
    replaced = [*companies.replaced, *events.replaced, *stories.replaced]
    return {
        "members": [{"kind": kind, "iri": iri, "member": member} for (kind, iri), names in members.items() for member in names],
        "replaced": [
            {"old": replacement.old, "new": replacement.new, "kind": replacement.kind, "rule": replacement.rule} for replacement in replaced
        ],
    }
