"""A small graph made by hand: every table has rows, and the awkward cases are in it.

Two stories; a title with markup, quotes, a line end, an emoji and right-to-left letters; a rumoured event; a deal of two
parts; a company without any identifier; a provider without address; an article without address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from newsgraph.core.graph_tables import GraphTables, frame, make_tables

BASE = "https://newsgraph.example.org/id/"
HOSTILE = '</script><script>alert("x")</script> &amp; it\'s \\ a\n"test" 🚀 \u202b\u05e9\u05dc\u05d5\u05dd\u202c \x07'

ALPHA, BETA, GAMMA = (f"{BASE}article/{digits}" for digits in ("0a0a0a0a0a0a", "0b0b0b0b0b0b", "0c0c0c0c0c0c"))
ACME, BOLT, CANE, DUNE = (f"{BASE}company/{name}" for name in ("acme", "bolt", "cane", "dune"))
COURT, ROCKET = f"{BASE}organisation/high-court", f"{BASE}product/rocket"
JANE, LYON = f"{BASE}person/jane-roe", f"{BASE}place/lyon"
DEAL, MONEY, WORK, RUMOUR = (f"{BASE}event/{digits}" for digits in ("d00000000000", "d10000000000", "d20000000000", "e00000000000-2"))
ONE, TWO = f"{BASE}story/0a0a0a0a0a0a", f"{BASE}story/0c0c0c0c0c0c"
SOURCE_ONE, SOURCE_TWO = f"{BASE}source/111111111111", f"{BASE}source/222222222222"
WIRE, BLOG = f"{BASE}provider/wire.example", f"{BASE}provider/blog.example"
SPACE, SPACE_LAW = f"{BASE}topic/space", f"{BASE}topic/space-law"

_TEXTS = {
    ALPHA: ("Acme invests $1.5m in Bolt & both partner", "The $2m deal has two parts."),
    BETA: ("Acme invests $1.5m in Bolt &amp; both partner", "A copy. Bolt CEO Jane Roe, known as Roe, lives in Lyon."),
    GAMMA: (HOSTILE, "Cane may buy Dune, a rocket maker, says the High Court."),
}

Rows = Iterable[Mapping[str, object]]


def article_text(article: str) -> str:
    """Return the text of a sample article."""
    return "\n".join(_TEXTS[article])


def _span(article: str, words: str, start: int = 0) -> dict[str, object]:
    at = article_text(article).index(words, start)
    return {"article": article, "start": at, "end": at + len(words), "rule": "hand", "confidence": 0.9}


def _key(article: str, words: str, event: str) -> dict[str, object]:
    """Return what identifies the report of an event by some words of an article."""
    span = _span(article, words)
    return {"article": article, "event": event, "start": span["start"], "end": span["end"]}


def _article(iri: str, **fields: object) -> dict[str, object]:
    title, excerpt = _TEXTS[iri]
    return {"iri": iri, "title": title, "excerpt": excerpt, "text": article_text(iri), "copy_group": iri, "part": "main", **fields}


def _articles() -> dict[str, Rows]:
    seen = datetime(2024, 5, 1, 6, 30, tzinfo=UTC)
    return {
        "articles": [
            _article(ALPHA, url="https://wire.example/a?b=1&c=%zz [x]", published=seen, provider=WIRE, story=ONE, category="news",
                     quality=14.0, heat=-1.0, source="a.txt"),
            _article(BETA, url="https://blog.example/b", published=datetime(2024, 5, 1, 7, 0, 0, 500000, tzinfo=UTC), provider=BLOG,
                     story=ONE, copy_group=ALPHA, quality=0.75, source="a.txt", part="related[0]"),
            _article(GAMMA, story=TWO, source="sub/b.txt"),
        ],
        "versions": [{"article": ALPHA, "source": "sub/b.txt", "part": "related[0]", "title": "Acme and Bolt", "excerpt": ""}],
        "aliases": [{"article": ALPHA, "kind": "amp", "url": "https://wire.example/amp/a"}],
        "images": [{"article": ALPHA, "number": 1, "url": "https://wire.example/a.png", "width": 640, "height": 480},
                   {"article": GAMMA, "number": 1, "url": "javascript:alert(1)"}],
        "article_topics": [{"article": ALPHA, "topic": SPACE}, {"article": GAMMA, "topic": SPACE_LAW}],
        "article_sources": [{"article": ALPHA, "source": "a.txt"}, {"article": ALPHA, "source": "sub/b.txt"},
                            {"article": BETA, "source": "a.txt"}, {"article": GAMMA, "source": "sub/b.txt"}],
        "relations": [{"article": ALPHA, "related": BETA}, {"article": GAMMA, "related": ALPHA}],
        "copies": [{"article": ALPHA, "copy": BETA}],
        "corrections": [{"article": BETA, "superseded": ALPHA, "rule": "correction_opening", "words": "A copy."}],
    }  # fmt: skip


def _entities() -> dict[str, Rows]:
    found = {"rule": "hand", "confidence": 1.0, "mentions": 1, "outlets": 1, "origins": 1}
    return {
        "providers": [{"iri": WIRE, "name": "The Wire", "domain": "wire.example", "url": "https://wire.example/", "articles": 1},
                      {"iri": BLOG, "name": "A &amp; B's blog", "domain": "blog.example", "articles": 1}],
        "topics": [{"iri": SPACE, "name": "Space", "articles": 1},
                   {"iri": SPACE_LAW, "name": "Law in Space", "broader": SPACE, "rule": "x in y", "articles": 1}],
        "companies": [
            {"iri": ACME, "name": "Acme", "aliases": ["Acme Inc.", "ACME"], "tickers": ["ACM"], "legal_name": "Acme Inc.",
             "lei": "549300E9PC51EN656011", "wikidata": "Q1", "domain": "acme.example", "isins": ["US0378331005"], "cik": "0000320193",
             "country": "US", "id_rule": "same_id", "id_source": "hand", "articles": 2, **found},
            {"iri": BOLT, "name": "Bolt", "aliases": [], "tickers": [], "parent": ACME, "articles": 2, **found},
            {"iri": CANE, "name": "Cane & Co", "articles": 1, **found, "confidence": 0.625},
            {"iri": DUNE, "name": "Dune", "articles": 1, **found},
        ],
        "organisations": [{"iri": COURT, "name": "High Court", "aliases": ["Court"], "articles": 1, **found}],
        "products": [{"iri": ROCKET, "name": "Rocket", "maker": DUNE, "articles": 1, **found}],
        "people": [{"iri": JANE, "name": "Jane Roe", "aliases": ["Roe"], "articles": 1, **found, "mentions": 2}],
        "places": [{"iri": LYON, "name": "Lyon", "aliases": [], "articles": 1, **found}],
        "posts": [{**_span(BETA, "Bolt CEO Jane Roe"), "person": JANE, "role": "CEO", "employer": BOLT, "extractor": "hand/1"}],
        "merges": [{"entity": ACME, "name": "Acme Inc.", "rule": "legal form", "article": ALPHA}],
        "id_candidates": [{"company": BOLT, "name": "Bolt GmbH", "country": "DE", "source": "hand", "reason": "ambiguous"}],
        "doubts": [{"verb": "same", "one": "Cane & Co", "other": "Canes", "rule": "typing_error", "note": "countries FI and SE", "articles": 1}],
        "decisions": [{"verb": "rename", "decision": "rename: Acme Inc. -> Acme", "outcome": "applied", "who": "anna", "when": "2026-01-02",
                       "why": "shorter"}],
        "replaced": [{"old": f"{BASE}company/acme-inc", "new": ACME, "kind": "company", "rule": "merged"}],
        "members": [{"kind": "company", "iri": ACME, "member": "acme"}],
        "mentions": [
            *({**_span(article, word), "company": iri, "text": word} for article in (ALPHA, BETA) for word, iri in (("Acme", ACME), ("Bolt", BOLT))),
            {**_span(GAMMA, "Cane"), "company": CANE, "text": "Cane"},
            {**_span(GAMMA, "Dune"), "company": DUNE, "text": "Dune"},
        ],
        "other_mentions": [
            {**_span(GAMMA, "High Court"), "kind": "organisation", "entity": COURT, "name": "High Court", "text": "High Court"},
            {**_span(GAMMA, "rocket"), "kind": "product", "entity": ROCKET, "name": "Rocket", "text": "rocket"},
            {**_span(BETA, "Jane Roe"), "kind": "person", "entity": JANE, "name": "Jane Roe", "text": "Jane Roe"},
            {**_span(BETA, "Roe", article_text(BETA).index("as Roe")), "kind": "person", "entity": JANE, "name": "Jane Roe", "text": "Roe"},
            {**_span(BETA, "Lyon"), "kind": "place", "entity": LYON, "name": "Lyon", "text": "Lyon"},
            {**_span(ALPHA, "$1.5m"), "kind": "money", "name": "USD 1500000", "text": "$1.5m"},
        ],
    }  # fmt: skip


def _events() -> dict[str, Rows]:
    day = {"date": date(2024, 5, 1), "when": "2024-05-01", "date_source": "article", "status": "announced", "background": False,
           "currency": "USD", "rule": "hand"}  # fmt: skip
    both = {"articles": 2, "outlets": 2, "origins": 1, "confidence": 0.9, **day}
    rumour = {"type": "acquisition", "status": "rumoured", "when": "2024-06", "date_source": "text", "background": False, "percent": 62.5,
              "count": 300, "part": "rocket unit", "rule": "hand", "confidence": 0.5}  # fmt: skip
    sides = {"subject": "Acme", "object": "Bolt", "subject_iri": ACME, "object_iri": BOLT, **day}
    said = "Acme invests $1.5m in Bolt"
    return {
        "events": [
            {"iri": DEAL, "type": "deal", "label": "Acme and Bolt: $2M deal", "amount": 2000000.0, "amount_of": "total", **both, "articles": 1,
             "outlets": 1},
            {"iri": MONEY, "type": "investment", "label": "Acme invests $1.5M in Bolt", "amount": 1500000.0, "amount_of": "stake", **both},
            {"iri": WORK, "type": "partnership", "label": "Acme partners with Bolt", "amount": 500000.0, "amount_of": "contract", **both},
            {"iri": RUMOUR, "label": "Cane & Co may acquire Dune", "articles": 1, "outlets": 0, "origins": 1, **rumour},
        ],
        "event_roles": [
            *({"event": event, "role": "ng:party", "party": iri, "name": name, "kind": "company"}
              for event in (DEAL, WORK) for iri, name in ((ACME, "Acme"), (BOLT, "Bolt"))),
            {"event": MONEY, "role": "ng:investor", "party": ACME, "name": "Acme", "kind": "company"},
            {"event": MONEY, "role": "ng:target", "party": BOLT, "name": "Bolt", "kind": "company"},
            {"event": RUMOUR, "role": "ng:acquirer", "party": CANE, "name": "Cane & Co", "kind": "company"},
            {"event": RUMOUR, "role": "ng:target", "party": DUNE, "name": "Dune", "kind": "company"},
            {"event": RUMOUR, "role": "ng:seller", "name": "two funds", "kind": "text"},
        ],
        "event_parts": [{"event": DEAL, "part": MONEY}, {"event": DEAL, "part": WORK}],
        "reports": [
            {**_span(ALPHA, said), "event": MONEY, "type": "investment", "amount": 1500000.0, "amount_of": "stake", **sides},
            {**_span(BETA, said), "event": MONEY, "type": "investment", "amount": 1250000.5, "amount_of": "stake", **sides},
            {**_span(ALPHA, said), "event": WORK, "type": "partnership", **sides},
            {**_span(BETA, said), "event": WORK, "type": "partnership", **sides},
            {**_span(GAMMA, "Cane may buy Dune"), "event": RUMOUR, "subject": "Cane & Co", "object": "Dune", "subject_iri": CANE,
             "object_iri": DUNE, **rumour},
        ],
        "report_roles": [
            {**_key(article, said, MONEY), "role": role, "party": iri, "name": name, "kind": "company"}
            for article in (ALPHA, BETA) for role, iri, name in (("ng:investor", ACME, "Acme"), ("ng:target", BOLT, "Bolt"))
        ],
        "report_amounts": [{**_key(ALPHA, said, MONEY), "number": 1, "amount": 1500000.0, "currency": "USD", "of": "stake"}],
        "totals": [{**_span(ALPHA, "The $2m deal has two parts"), "event": DEAL, "amount": 2000000.0, "currency": "USD"}],
        "ledger": [
            {"event": MONEY, "field": "amount", "relation": relation, "value": value, "amount": amount, "currency": "USD", "articles": 1,
             "outlets": 1, "origins": 1, "tellers": [article], "note": note}
            for article, relation, value, amount, note in (
                (ALPHA, "main", "$1.5M", 1500000.0, None), (BETA, "disputed", "$1.25M", 1250000.5, 'said "as is"'))
        ],
        "stories": [{"iri": ONE, "name": "Acme invests $1.5M in Bolt", "lead": ALPHA, "size": 2, "outlets": 2, "origins": 1, "rule": "hand"},
                    {"iri": TWO, "name": HOSTILE, "lead": GAMMA, "size": 1, "outlets": 1, "origins": 1, "rule": "hand"}],
        "story_events": [{"story": ONE, "event": iri} for iri in (DEAL, MONEY, WORK)] + [{"story": TWO, "event": RUMOUR}],
        "story_links": [{"story": ONE, "article": ALPHA, "other": BETA, "rule": "near_copy"}],
    }  # fmt: skip


def sample_graph() -> GraphTables:
    """Return the sample, built anew, so that no test can change it for another."""
    made = {
        "title": "A sample",
        "base": BASE,
        "program": "newsgraph",
        "program_version": "0.1.0",
        "lexicon_version": "1",
        "run": f"{BASE}run/333333333333",
    }
    rows: dict[str, Rows] = {
        "dataset": [made],
        "sources": [{"iri": SOURCE_ONE, "source": "a.txt", "sha256": "1" * 64}, {"iri": SOURCE_TWO, "source": "sub/b.txt", "sha256": "2" * 64}],
        "problems": [{"source": "sub/b.txt", "field": "url", "what": "is missing", "hint": "Give one", "severity": "field"}],
        **_articles(), **_entities(), **_events(),
    }  # fmt: skip
    return make_tables({name: frame(name, table) for name, table in rows.items()})
