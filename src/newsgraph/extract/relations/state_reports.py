"""Reports of events that are none: "owns 7 percent of" is no investment of the day, "is listed on" no listing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsgraph.core.lasting_relation import Relation
from newsgraph.core.model import Report
from newsgraph.core.vocabulary import ROLES
from newsgraph.extract.relations.relation_rules import load_relation_rules


def without_states(reports: Iterable[Report], relations: Sequence[Relation]) -> Iterator[Report]:
    """Yield the reports without those whose words only state a relation that lasts between the same names."""
    events = {rule.id: rule.events for rule in load_relation_rules().rules}
    for report in reports:
        names = {filler.name for filler in report.roles if ROLES[filler.role].agent}
        if not any(
            report.type in events[relation.rule]
            and relation.start <= report.start
            and report.end <= relation.end
            and names <= {relation.subject, relation.object}
            for relation in relations
        ):
            yield report
