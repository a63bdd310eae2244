"""The map of the page: communities as discs that do not touch, everything in its place, the same in every run."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest

from newsgraph.explorer.layout.communities import communities
from newsgraph.explorer.layout.community_map import UNITS, Anchors, CommunityMap, community_map
from newsgraph.explorer.layout.disc_packing import WIDE, pack_discs
from newsgraph.explorer.layout.edge_weights import Numbers, WeightedEdges, damp_hubs, merge_parallel

Pairs = list[tuple[int, int]]


def _links(pairs: Pairs) -> WeightedEdges:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return WeightedEdges(ends[:, 0], ends[:, 1], np.ones(len(ends)))


def _anchors(articles: Sequence[tuple[int, int]] = (), published: Sequence[tuple[int, int]] = ()) -> Anchors:
    hung = np.array(articles, dtype=np.int64).reshape(-1, 2)
    brought = np.array(published, dtype=np.int64).reshape(-1, 2)
    return Anchors(hung[:, 0], hung[:, 1], brought[:, 0], brought[:, 1])


def _cliques(number: int, size: int) -> Pairs:
    """Link all members of each clique with each other, and each clique with the next by one link."""
    inside = [(base + one, base + other) for base in range(0, number * size, size) for one in range(size) for other in range(one)]
    return inside + [(at * size, (at + 1) * size) for at in range(number - 1)]


def _news() -> tuple[int, WeightedEdges, Anchors]:
    """Give 300 things in communities, two things that all are linked with, 900 articles and 20 providers."""
    chance = random.Random(7)  # noqa: S311 - invented data
    pairs = [(thing, thing - 1 - chance.randrange(min(thing % 20, 6) or 1)) for thing in range(3, 300) if thing % 20]
    pairs += [(thing, thing % 2) for thing in range(2, 300)]
    articles = [(300 + at, chance.randrange(300)) for at in range(900)]
    return 1220, _links(pairs), _anchors(articles, [(1200 + at % 20, 300 + at) for at in range(900)])


def _digest(found: CommunityMap) -> str:
    held = [found.x.tolist(), found.y.tolist(), found.community.tolist(), found.regions]
    return hashlib.sha256(repr(held).encode()).hexdigest()


@pytest.fixture(scope="module")
def news() -> CommunityMap:
    """Lay out the invented news once."""
    return community_map(*_news())


def test_the_same_graph_gives_the_same_map_in_a_process_with_another_hash_seed(news: CommunityMap) -> None:
    code = "import test_community_map as t; print(t._digest(t.community_map(*t._news())))"
    path = os.pathsep.join([os.path.dirname(__file__), *sys.path])  # noqa: PTH120 - a search path is made of strings
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path, "OMP_NUM_THREADS": seed}
        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        assert result.stdout.strip() == _digest(news)


def test_the_order_and_direction_of_links_do_not_matter() -> None:
    pairs = _cliques(4, 6)
    backwards = [(other, one) for one, other in reversed(pairs)]
    assert _digest(community_map(24, _links(pairs), _anchors())) == _digest(community_map(24, _links(backwards), _anchors()))


def test_no_two_regions_touch(news: CommunityMap) -> None:
    regions = news.regions
    assert len(regions) > 3
    gaps = [np.hypot(a.x - b.x, a.y - b.y) - a.radius - b.radius for a in regions for b in regions if a.number < b.number]
    assert min(gaps) > news.room


def test_everything_lies_on_the_map(news: CommunityMap) -> None:
    for values in (news.x, news.y):
        assert values.min() >= 0
        assert values.max() <= UNITS
    for region in news.regions:
        assert min(region.x, region.y) - region.radius + 1 >= 0
        assert max(region.x, region.y) + region.radius - 1 <= UNITS
    assert max(region.x + region.radius for region in news.regions) == pytest.approx(UNITS, abs=2)


def test_members_and_their_articles_lie_inside_their_region(news: CommunityMap) -> None:
    _, _, anchors = _news()
    assert sorted(one for region in news.regions for one in region.members) == list(range(300))
    for region in news.regions:
        inside = np.flatnonzero(news.community == region.number)
        assert set(region.members) <= set(inside.tolist())
        assert (np.hypot(news.x[inside] - region.x, news.y[inside] - region.y) <= region.radius + 1).all()
    assert (news.community[anchors.article] == news.community[anchors.host]).all()


def test_nodes_do_not_cover_each_other(news: CommunityMap) -> None:
    x, y = news.x[:300], news.y[:300]
    apart = np.hypot(x[:, None] - x, y[:, None] - y)[~np.eye(300, dtype=np.bool_)]
    assert apart.min() > 1.8 * news.room


def test_an_article_covers_no_other_node(news: CommunityMap) -> None:
    _, _, anchors = _news()
    apart = np.hypot(news.x[anchors.article][:, None] - news.x[:300], news.y[anchors.article][:, None] - news.y[:300])
    assert apart.min() > 0.85 * news.room


def test_providers_stand_below_the_regions(news: CommunityMap) -> None:
    assert (news.community[1200:] == -1).all()
    assert news.y[1200:].min() > max(region.y + region.radius for region in news.regions)


def test_cliques_become_regions_of_their_own() -> None:
    found = community_map(48, _links(_cliques(6, 8)), _anchors())
    assert sorted(sorted(region.members) for region in found.regions) == [list(range(at, at + 8)) for at in range(0, 48, 8)]


def test_a_hub_does_not_glue_communities_together() -> None:
    pairs = _cliques(10, 8) + [(thing, 80) for thing in range(80)]
    found = community_map(81, _links(pairs), _anchors())
    assert len(found.regions) == 10


def test_the_links_of_a_hub_weigh_less() -> None:
    weighed = damp_hubs(merge_parallel(_links([(0, thing) for thing in range(1, 101)] + [(101, 102)])), 103)
    assert weighed.weight[0] < 0.3 < weighed.weight[-1] == 1


def test_what_holds_over_a_fifth_of_a_large_map_is_divided_once_more() -> None:
    asked: list[float] = []

    def halves(count: int, links: WeightedEdges, resolution: float) -> Numbers:
        asked.append(resolution)
        return np.arange(count) * 2 // count if len(links.source) and resolution > 1 else np.zeros(count, dtype=np.int64)

    ring = merge_parallel(_links([(at, (at + step) % 320) for at in range(320) for step in (1, 2)]))
    assert np.bincount(communities(320, ring, halves)).tolist() == [40] * 8
    assert asked[0] == 1 < min(asked[1:])


def test_the_most_linked_member_comes_first() -> None:
    found = community_map(9, _links([(4, other) for other in range(9) if other != 4]), _anchors())
    assert found.regions[0].members[0] == 4


def test_small_pieces_stand_in_rows_below() -> None:
    found = community_map(20, _links([*_cliques(2, 6), (12, 13)]), _anchors())
    assert (found.community[12:] == -1).all()
    assert found.y[12:].min() > max(region.y + region.radius for region in found.regions)


def test_linked_regions_lie_nearer_than_others() -> None:
    chain = merge_parallel(_links([(at, at + 1) for at in range(19)]))
    x, y = pack_discs(np.ones(20), chain)
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    assert apart[chain.source, chain.target].mean() < 0.7 * apart[np.triu_indices(20, 1)].mean()


def test_the_map_is_wider_than_high() -> None:
    found = community_map(160, _links(_cliques(20, 8)), _anchors())
    wide, high = found.x.max() - found.x.min(), found.y.max() - found.y.min()
    assert 1 < wide / high < 1.8


@pytest.mark.parametrize(
    ("count", "pairs"),
    [
        (0, []), (1, []), (2, []), (2, [(0, 1)]), (3, [(0, 1), (1, 2)]), (3, [(1, 1)]), (4, [(0, 1), (2, 3)]), (5, []),
        (20, [(at, at // 2) for at in range(1, 20)]), (300, []), (300, [(0, at) for at in range(1, 300)]),
    ],
)  # fmt: skip
def test_a_small_or_odd_graph_has_a_map_of_different_places(count: int, pairs: Pairs) -> None:
    found = community_map(count, _links(pairs), _anchors())
    assert len(set(zip(found.x.tolist(), found.y.tolist(), strict=True))) == len(found.x) == count
    if count:
        assert 0 <= min(found.x.min(), found.y.min()) <= max(found.x.max(), found.y.max()) <= UNITS


def test_a_single_node_stands_in_the_middle() -> None:
    found = community_map(1, _links([]), _anchors())
    assert (found.x[0], found.y[0]) == (round(UNITS / 2), round(UNITS / 2 / WIDE))


def test_articles_that_hang_on_nothing_have_a_place() -> None:
    found = community_map(6, _links([]), _anchors([(0, -1), (1, -1), (2, -1)], [(3, 0), (4, 2), (5, -1)]))
    assert len(set(zip(found.x.tolist(), found.y.tolist(), strict=True))) == 6
    assert found.regions == ()


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="'magic' is not an engine"):
        community_map(2, _links([(0, 1)]), _anchors(), engine="magic")
