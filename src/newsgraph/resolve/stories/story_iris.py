"""The IRIs of stories: a story that grows, or is told further, stays the story that it was."""

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
    """Give stories the IRIs that they had; a story's members in a file of kept IRIs are its articles."""
    ordered = sorted(stories, key=lambda story: (story.iri, story.members))
    holder = {member_of(iri): number for number, story in enumerate(ordered) for iri in story.members}
    named = assign_iris(
        "story", [story.iri for story in ordered], kept, lambda member: {holder[member]: 1} if member in holder else {},
    )  # fmt: skip
    nodes = (replace(story, iri=iri) for story, iri in zip(ordered, named.iris, strict=True))
    return Stories(tuple(sorted(nodes, key=lambda story: story.iri)), named.replaced)


def member_of(article: str) -> str:
    """Give the name of an article in a file of kept IRIs."""
    return article.rpartition("/")[2]
