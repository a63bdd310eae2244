"""Context first: which short names an article uses for a company that it names in full, and the unit that takes them in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Kind, Mention
from newsgraph.core.sentences import sentences, sentences_holding
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_clusters import ClusterMerge, listing
from newsgraph.resolve.companies.link_constraints import LinkConstraints
from newsgraph.resolve.companies.mention_groups import MentionGroup, Place

FORMER = "former_name"
_ACRONYM = range(2, 7)  # letters of a name made of first letters


@dataclass(frozen=True, slots=True)
class NameEquivalence:
    """An article uses `short` for the company that it calls `full` elsewhere (folded names)."""

    short: str
    full: str
    merge: ClusterMerge


def name_equivalences(article: ArticleNode) -> Iterator[NameEquivalence]:
    """Give what an article calls a company beside its full name: said outright, carried by a mention, or shown by the forms."""
    facts = article.chosen.facts
    for naming in facts.namings:
        if naming.rule != FORMER:
            short, full = name_key(naming.name), name_key(naming.same_as)
            yield NameEquivalence(
                short, full, ClusterMerge(naming.name, naming.rule, article.iri, naming.start, naming.end, f"short for {naming.same_as}")
            )
    met = set()
    companies = [mention for mention in facts.mentions if mention.kind is Kind.COMPANY]
    for mention in companies:
        if not mention.known:
            short, full = name_key(mention.text), name_key(mention.name)
            if short != full and short not in met:
                met.add(short)
                yield NameEquivalence(short, full, _shown(mention, mention.name, "short_form", article.iri))
    yield from _by_form(article, companies)


def _by_form(article: ArticleNode, companies: Sequence[Mention]) -> Iterator[NameEquivalence]:
    """Take "MSC" and "Delta" for "Mediterranean Shipping Company" and "Delta Faucet Company" of another sentence, where one name fits."""
    names = sorted({mention.name for mention in companies})
    if len(names) == 1:
        return
    words = {name: name.split() for name in names}
    cuts: tuple[tuple[int, int], ...] | None = None
    for short in names:
        fulls = [full for full in names if len(words[full]) > len(words[short]) and _is_short_for(short, words[short], words[full])]
        if len(fulls) != 1:
            continue
        mine, theirs = ([one for one in companies if one.name == name] for name in (short, fulls[0]))
        cuts = sentences(article.chosen.article.text) if cuts is None else cuts
        if not _beside(cuts, mine, theirs):
            yield NameEquivalence(name_key(short), name_key(fulls[0]), _shown(mine[0], fulls[0], "same_article", article.iri))


def _is_short_for(short: str, words: Sequence[str], longer: Sequence[str]) -> bool:
    if [word.casefold() for word in longer[: len(words)]] == [word.casefold() for word in words]:
        return True
    if len(words) != 1 or not short.isupper() or len(short) not in _ACRONYM:
        return False
    return "".join(word[0] for word in longer if word[0].isupper()).startswith(short)


def _beside(cuts: Sequence[tuple[int, int]], mine: Sequence[Mention], theirs: Sequence[Mention]) -> bool:
    """Tell whether one sentence names both: what is named beside another is not that other ("Zorvex sells Zorvex Energy")."""
    places = [sentences_holding(cuts, one.start, one.end) for one in mine]
    return any(start <= other.start < end for start, end in places for other in theirs)


def _shown(mention: Mention, full: str, rule: str, article: str) -> ClusterMerge:
    return ClusterMerge(mention.text, rule, article, mention.start, mention.end, f"short for {full}")


def take_in(
    units: Sequence[MentionGroup], said: Mapping[str, Sequence[NameEquivalence]], lexicon: Lexicon, orders: LinkConstraints
) -> tuple[list[MentionGroup], dict[Place, Place], dict[Place, list[ClusterMerge]]]:
    """Let the unit of a full name take in the unit of its short form in the same article.

    Gives the units that are left, the way from each short name's place to the unit that took it in, and why.
    """
    by_place = {unit.place: unit for unit in units}
    moved: dict[Place, Place] = {}
    merges: dict[Place, list[ClusterMerge]] = defaultdict(list)
    for article, told in said.items():
        for one in told:
            short, full = (article, one.short), end_of(moved, (article, one.full))
            if short == full or short not in by_place or full not in by_place or orders.told_apart(short, full):
                continue
            listed = listing([by_place[short]], lexicon)
            if listed and listed != listing([by_place[full]], lexicon):
                continue
            by_place[full] |= by_place.pop(short)
            moved[short] = full
            merges[full].append(one.merge)
    for place in moved:
        moved[place] = end_of(moved, place)
    return [by_place[place] for place in sorted(by_place)], moved, merges


def end_of(moved: Mapping[Place, Place], place: Place) -> Place:
    """Follow a name to the unit that took it in at last."""
    while place in moved:
        place = moved[place]
    return place
