"""What later builds recognise companies by (`--iris`): a name in an article, or a name alone if one company has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from newsgraph.core.company_names import name_key
from newsgraph.core.iris import slug
from newsgraph.decisions.decision import DECISION
from newsgraph.decisions.stable_iris import KeptIris
from newsgraph.resolve.companies.company_clusters import ClusterMerge
from newsgraph.resolve.companies.mention_groups import GroupId, MentionGroup
from newsgraph.resolve.member_owners import NodePart


def natural_iri(name: str, base: str) -> str:
    """Return the IRI that a company of this name gets in a first build."""
    return f"{base}company/{slug(name)}"


def company_parts(
    companies: Sequence[Sequence[MentionGroup]], merges: Mapping[GroupId, Sequence[ClusterMerge]], base: str, kept: KeptIris
) -> list[list[NodePart]]:
    """Return the parts of companies, each with the mention groups of one.

    If the earlier build had articles with a name, only these count for the name: a namesake in new articles, however many, takes no IRI
    away.
    """
    known = kept.articles()
    known_keys = {group.key for groups in companies for group in groups if _article(group) in known} if known else set()
    has_file = bool(kept.members.get("company"))
    decided = {group_id: merge.name for group_id, of_group in merges.items() for merge in of_group if merge.rule == DECISION}
    made = []
    for groups in companies:
        joined = {group.key: natural_iri(decided[group.group_id], base) for group in groups if group.group_id in decided} if decided else {}
        made.append([
            NodePart(
                _in_article(group.key, group), group.key,
                other_names=tuple(_other_names(group)) if has_file else (),
                name=group.key,
                counts=group.key not in known_keys or _article(group) in known,
                natural=joined.get(group.key, ""),
            )
            for group in groups
        ])  # fmt: skip
    return made


def _article(group: MentionGroup) -> str:
    return group.article.iri.rpartition("/")[2]


def _in_article(key: str, group: MentionGroup) -> str:
    return f"{key}@{_article(group)}"


def _other_names(group: MentionGroup) -> Iterator[str]:
    """Yield the names that a decision may make a company of its own of: other words for the company in the article."""
    for key in sorted({name_key(name) for mention in group.mentions for name in (mention.text, mention.name)} - {group.key}):
        yield _in_article(key, group)
        yield key
