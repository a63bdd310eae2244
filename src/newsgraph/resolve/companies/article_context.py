"""Context first: which short names an article uses for a company that it names in full, and the group that absorbs their mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import name_key, name_tails
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Kind, Mention
from newsgraph.core.sentences import sentences, sentences_holding
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_clusters import ClusterMerge, listing
from newsgraph.resolve.companies.link_constraints import LinkConstraints
from newsgraph.resolve.companies.mention_groups import GroupId, MentionGroup

FORMER = "former_name"
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
    companies = [mention for mention in facts.mentions if mention.kind is Kind.COMPANY]
    for mention in companies:
        if not mention.known:
            short, full = name_key(mention.text), name_key(mention.name)
            if short != full and short not in seen:
                seen.add(short)
                yield NameEquivalence(short, full, _merge_of(mention, mention.name, "short_form", article.iri))
    yield from _by_form(article, companies)


def _by_form(article: ArticleNode, companies: Sequence[Mention]) -> Iterator[NameEquivalence]:
    """Match "MSC" and "Delta" to "Mediterranean Shipping Company" and "Delta Faucet Company", if only one name fits.

    A name that is the beginning of another one must be in another sentence.
    """
    names = sorted({mention.name for mention in companies})
    if len(names) == 1:
        return
    words = {name: name.split() for name in names}
    initials = {name: {_initials(mention.text) for mention in companies if mention.name == name} for name in names}
    cuts: tuple[tuple[int, int], ...] | None = None
    for short in names:
        spelled_out = [full for full in names if len(short) in _ACRONYM and short.isupper() and short in initials[full] - {""}]
        full_names = spelled_out or [
            full for full in names if len(words[full]) > len(words[short]) and _is_short_for(short, words[short], words[full])
        ]
        if len(full_names) != 1:
            continue
        mine, theirs = ([mention for mention in companies if mention.name == name] for name in (short, full_names[0]))
        cuts = sentences(article.chosen.article.text) if cuts is None else cuts
        if spelled_out or _differ_in_tails(short, full_names[0]) or not _in_one_sentence(cuts, mine, theirs):
            yield NameEquivalence(name_key(short), name_key(full_names[0]), _merge_of(mine[0], full_names[0], "same_article", article.iri))


def _initials(text: str) -> str:
    """Return the initials of a full name of several words as it is written, legal form included."""
    words = text.split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""


def _differ_in_tails(short: str, full: str) -> bool:
    """Return whether a name is another one with words behind it that distinguish nothing: "Mandrel" and "Mandrel Group"."""
    rest = full.casefold().removeprefix(f"{short.casefold()} ")
    return frozenset(rest.split()) <= name_tails().keys()


def _is_short_for(short: str, words: Sequence[str], longer: Sequence[str]) -> bool:
    if [word.casefold() for word in longer[: len(words)]] == [word.casefold() for word in words]:
        return True
    if len(words) != 1 or not short.isupper() or len(short) not in _ACRONYM:
        return False
    return "".join(word[0] for word in longer if word[0].isupper()).startswith(short)


def _in_one_sentence(cuts: Sequence[tuple[int, int]], mine: Sequence[Mention], theirs: Sequence[Mention]) -> bool:
    """Return whether one sentence names both, for then they are two companies ("Zorvex sells Zorvex Energy")."""
    spans = [sentences_holding(cuts, mention.start, mention.end) for mention in mine]
    return any(start <= mention.start < end for start, end in spans for mention in theirs)


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
