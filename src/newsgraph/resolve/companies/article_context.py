"""Context first: which short names an article uses for a company that it names in full, and the group that absorbs their mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsgraph.core.company_names import name_key, name_tails
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Kind, Mention
from newsgraph.core.sentences import sentences, sentences_holding
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_clusters import ClusterMerge, listing
from newsgraph.resolve.companies.link_constraints import LinkConstraints
from newsgraph.resolve.companies.mention_groups import GroupId, MentionGroup

FORMER = "former_name"
_COMPANY = Kind.COMPANY  # a look-up in the class takes longer than the comparison
_ACRONYM = range(2, 7)  # letters of a name made of first letters


@dataclass(frozen=True, slots=True)
class NameEquivalence:
    """An article uses `short` for the company that it calls `full` elsewhere (folded names)."""

    short: str
    full: str
    merge: ClusterMerge


def name_equivalences(article: ArticleNode) -> Iterator[NameEquivalence]:
    """Yield the short names that an article uses for a full name: stated outright, known from a mention, or shown by their forms."""
    facts = article.chosen.facts
    for naming in facts.namings:
        if naming.rule != FORMER:
            short, full = name_key(naming.name), name_key(naming.same_as)
            yield NameEquivalence(
                short, full, ClusterMerge(naming.name, naming.rule, article.iri, naming.start, naming.end, f"short for {naming.same_as}")
            )
    seen = set()
    companies = [mention for mention in facts.mentions if mention.kind is _COMPANY]
    for mention in companies:
        if not mention.known and mention.text != mention.name:
            short, full = name_key(mention.text), name_key(mention.name)
            if short != full and short not in seen:
                seen.add(short)
                yield NameEquivalence(short, full, _merge_of(mention, mention.name, "short_form", article.iri))
    yield from _by_form(article, companies)


def _by_form(article: ArticleNode, companies: Sequence[Mention]) -> Iterator[NameEquivalence]:
    """Match "MSC" and "Delta" to "Mediterranean Shipping Company" and "Delta Faucet Company", if only one name fits.

    A name that is the beginning of another one must be in another sentence.
    """
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in companies:
        by_name[mention.name].append(mention)
    if not _may_be_short(by_name):
        return
    spelled_out: dict[str, set[str]] = defaultdict(set)
    for mention in companies if any(map(_may_be_initials, by_name)) else ():
        spelled_out[_initials(mention.text)].add(mention.name)
    cuts: tuple[tuple[int, int], ...] | None = None
    for short, full, is_acronym in _short_forms(sorted(by_name), spelled_out):
        cuts = sentences(article.chosen.article.text) if cuts is None else cuts
        mine, theirs = by_name[short], by_name[full]
        if is_acronym or _differ_in_tails(short, full) or not _in_one_sentence(cuts, mine, theirs):
            yield NameEquivalence(name_key(short), name_key(full), _merge_of(mine[0], full, "same_article", article.iri))


def _may_be_short(names: Collection[str]) -> bool:
    """Return whether one of several names may be short for another: two begin with one word, or one may consist of initials."""
    if len(names) == 1:
        return False
    return len(set(map(_first_word, names))) < len(names) or any(map(_may_be_initials, names))


@lru_cache(maxsize=65536)  # the same names come again and again
def _first_word(name: str) -> str:
    return "".join(name.split(maxsplit=1)[:1]).casefold()


def _may_be_initials(name: str) -> bool:
    return name.isupper() and len(name) in _ACRONYM


def _short_forms(names: Sequence[str], spelled_out: Mapping[str, set[str]]) -> Iterator[tuple[str, str, bool]]:
    """Yield the names that are the first words or letters of exactly one longer name, that name, and whether it has just those initials.

    `spelled_out` has the names of which a mention has some initials, legal form included; they come before all others.
    """
    by_beginning: dict[tuple[str, ...], set[str]] = defaultdict(set)
    by_initials: dict[str, set[str]] = defaultdict(set)
    with_initials = any(map(_may_be_initials, names))
    for full in names:
        words = full.split()
        folded = [word.casefold() for word in words]
        for count in range(1, len(words)):
            by_beginning[tuple(folded[:count])].add(full)
        initials = "".join([word[0] for word in words if word[0].isupper()]) if with_initials and len(words) > 1 else ""
        for length in _ACRONYM if initials else ():
            by_initials[initials[:length]].add(full)
    for short in names:
        words = short.split()
        is_acronym = _may_be_initials(short)
        full_names = spelled_out.get(short, set()) if is_acronym else set()
        is_spelled_out = bool(full_names)
        if not full_names:
            full_names = by_beginning.get(tuple(word.casefold() for word in words), set())
            if is_acronym and len(words) == 1:
                full_names = full_names | by_initials.get(short, set())
        if len(full_names) == 1:
            yield short, next(iter(full_names)), is_spelled_out


def _initials(text: str) -> str:
    """Return the initials of a full name of several words as it is written, legal form included."""
    words = text.split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""


def _differ_in_tails(short: str, full: str) -> bool:
    """Return whether a name is another one with words behind it that distinguish nothing: "Mandrel" and "Mandrel Group"."""
    rest = full.casefold().removeprefix(f"{short.casefold()} ")
    return frozenset(rest.split()) <= name_tails().keys()


def _in_one_sentence(cuts: Sequence[tuple[int, int]], mine: Sequence[Mention], theirs: Sequence[Mention]) -> bool:
    """Return whether one sentence names both, for then they are two companies ("Zorvex sells Zorvex Energy")."""
    starts = sorted(mention.start for mention in theirs)
    spans = (sentences_holding(cuts, mention.start, mention.end) for mention in mine)
    return any(bisect_left(starts, start) < bisect_left(starts, end) for start, end in spans)


def _merge_of(mention: Mention, full: str, rule: str, article: str) -> ClusterMerge:
    return ClusterMerge(mention.text, rule, article, mention.start, mention.end, f"short for {full}")


def absorb_short_forms(
    groups: Sequence[MentionGroup], equivalences: Mapping[str, Sequence[NameEquivalence]], lexicon: Lexicon, constraints: LinkConstraints
) -> tuple[list[MentionGroup], dict[GroupId, GroupId], dict[GroupId, list[ClusterMerge]]]:
    """Add the mentions of a short form to the group of its full name in the same article.

    Returns the remaining groups, the group that absorbed each short form, and the reasons by absorbing group.
    """
    by_id = {group.group_id: group for group in groups}
    absorbed: dict[GroupId, GroupId] = {}
    merges: dict[GroupId, list[ClusterMerge]] = defaultdict(list)
    for article, equivalences_in_article in equivalences.items():
        for equivalence in equivalences_in_article:
            short, full = (article, equivalence.short), absorbing_group(absorbed, (article, equivalence.full))
            if short == full or short not in by_id or full not in by_id or constraints.separates(short, full):
                continue
            listed = listing([by_id[short]], lexicon)
            if listed and listed != listing([by_id[full]], lexicon):
                continue
            by_id[full] |= by_id.pop(short)
            absorbed[short] = full
            merges[full].append(equivalence.merge)
    for group_id in absorbed:
        absorbed[group_id] = absorbing_group(absorbed, group_id)
    return [by_id[group_id] for group_id in sorted(by_id)], absorbed, merges


def absorbing_group(absorbed: Mapping[GroupId, GroupId], group_id: GroupId) -> GroupId:
    """Follow a group to the one that absorbed it in the end; a group that was not absorbed is returned as it is."""
    while group_id in absorbed:
        group_id = absorbed[group_id]
    return group_id
