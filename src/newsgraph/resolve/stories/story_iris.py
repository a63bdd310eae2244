"""The IRIs of stories: a story that grows, or is reported further, keeps its IRI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsgraph.decisions.stable_iris import KeptIris
from newsgraph.resolve.iri_assignment import Replaced, assign_iris
from newsgraph.resolve.stories.story_nodes import StoryNode


@dataclass(frozen=True, slots=True)
class Stories:
    """All stories, sorted by IRI, and the old IRIs that lead to one of them."""

    nodes: tuple[StoryNode, ...]
    replaced: tuple[Replaced, ...] = ()


def name_stories(stories: Sequence[StoryNode], kept: KeptIris) -> Stories:
    """Assign IRIs to stories, the former ones if possible; the members of a story in a file of kept IRIs are its articles."""
    ordered = sorted(stories, key=lambda story: (story.iri, story.members))
    holders = {member_of(iri): {number: 1} for number, story in enumerate(ordered) for iri in story.members}
    assigned = assign_iris("story", [story.iri for story in ordered], kept, holders)
    nodes = (replace(story, iri=iri) for story, iri in zip(ordered, assigned.iris, strict=True))
    return Stories(tuple(sorted(nodes, key=lambda story: story.iri)), assigned.replaced)


def member_of(article: str) -> str:
    """Return the name of an article (IRI) in a file of kept IRIs."""
    return article.rpartition("/")[2]
