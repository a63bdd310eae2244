"""The IRIs of stories: a story that grows, or is reported further, keeps its IRI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from newsgraph.decisions.stable_iris import KeptIris
from newsgraph.resolve.iri_assignment import Replaced, assign_iris
from newsgraph.resolve.member_owners import NodePart
from newsgraph.resolve.stories.story_nodes import StoryNode


@dataclass(frozen=True, slots=True)
class Stories:
    """All stories, sorted by IRI, and the old IRIs that lead to one of them."""

    nodes: tuple[StoryNode, ...]
    replaced: tuple[Replaced, ...] = ()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of each IRI, in a file of kept IRIs


def name_stories(stories: Sequence[StoryNode], kept: KeptIris) -> Stories:
    """Assign IRIs to stories, the former ones if possible; the members of a story in a file of kept IRIs are its articles."""
    ordered = sorted(stories, key=lambda story: (story.iri, story.members))
    parts = [[NodePart(member_of(iri), member_of(iri)) for iri in story.members] for story in ordered]
    assigned = assign_iris("story", [story.iri for story in ordered], kept, parts)
    nodes = (replace(story, iri=iri) for story, iri in zip(ordered, assigned.iris, strict=True))
    return Stories(tuple(sorted(nodes, key=lambda story: story.iri)), assigned.replaced, assigned.members)


def member_of(article: str) -> str:
    """Return the name of an article (IRI) in a file of kept IRIs."""
    return article.rpartition("/")[2]
