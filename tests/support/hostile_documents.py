"""Documents that mean harm, or are no documents: file names with their bytes. Nothing in them may end, slow down or mislead a build."""

from __future__ import annotations

import gzip
import json

_SCRIPTS = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "{{7*7}} ${7*7} <%= 7*7 %>",
    '=HYPERLINK("https://x.example")', "'; DROP TABLE articles; --", '" . <urn:a> <urn:b> <urn:c> .', "]]> <!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "\\u0022 \\N{BULLET} \\x00", "%s %n %x", "$(touch pwned) `touch pwned`", "\x1b[31mred\x1b]0;title\x07",
)  # fmt: skip
_SIGNS = (
    "\u202eSanofi \u2067buys\u2069 Owkin", "Sanofi\x00 buys\x01 Owkin\x7f", "Sa\u0301nofi \ufeffbuys \ufffeOwkin \U0001f469\u200d\U0001f467", "\u200b\u200c\u200d",
    "Sanofi\u2028buys\u2029Owkin\x85", "\U000e0041\U000e0042 tags", "A" * 5_000, "\u0130stanbul \u017fanofi \ufb01nance", "삼성전자 인수 한글회사",
)  # fmt: skip
_LINKS = (
    "javascript:alert(1)", "data:text/html,<script>1</script>", "file:///etc/passwd", "//x.example/a", "https://user:secret@x.example/a",
    "https://[::1]/a", "https://x.example:99999/a", "https://x.example/\u202ea b", 'https://x.example/"><b>', "https://" + "a" * 300 + ".example/",
    "http://127.0.0.1/a", "https://x.example/" + "%2e" * 3_000, "ftp://x.example/a", "https://삼성.example/회사", "https:///", "https://x.example/?" + "a=1&" * 2_000,
)  # fmt: skip
_DAYS = (
    "0001-01-01", "9999-12-31T23:59:59Z", "2024-02-30", "2024-13-01", "1e99", "-1", "2024-05-01T25:00:00Z", "2024-05-01T00:00:00+99:99", "tomorrow",
    "٢٠٢٤-٠٥-٠١", "2024-05-01T00:00:00.123456789Z", "1600-01-01", "9" * 400,
)  # fmt: skip
_AMOUNTS = (
    f"${'9' * 309}", f"$1{',000' * 200}", "$1e400", "$-5", "$0", "$NaN", "$" * 500, "$1.2.3.4", "R2", "$5 " + "million " * 50, "$٣ million", "€1-2-3bn",
)  # fmt: skip
_VALUES: tuple[object, ...] = (
    None, True, 0, -1, 1.5, 10**400, "", [], {}, [[]], [None], {"": ""}, {"name": {"name": "x"}}, ["a", ["b"]], "x" * 3_000, {"$ref": "#"},
)  # fmt: skip
_FIELDS = (
    "title", "excerpt", "body", "webUrl", "publishedDateTime", "provider", "topics", "images", "related", "type", "category", "quality", "heat", "published",
    "featuredContent", "secured",
)  # fmt: skip


def _markdown(front: str, body: str = "") -> bytes:
    return f"---\n{front}\n---\n{body}".encode("utf-8", "surrogatepass")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


def light_documents() -> dict[str, bytes]:
    """Return documents that are quick to read, some hundred."""
    found: dict[str, bytes] = {}
    for number, text in enumerate((*_SCRIPTS, *_SIGNS)):
        found[f"text{number:02}.json"] = _json(
            {"title": f"{text} Sanofi buys Owkin", "excerpt": text, "topics": [text], "provider": {"name": text, "domain": "x.example"}}
        )
        found[f"only{number:02}.json"] = _json({"title": text, "type": text, "category": text, "extra": {text: text}})
    for number, link in enumerate(_LINKS):
        found[f"link{number:02}.json"] = _json(
            {"title": "Nokia sues Nvidia", "webUrl": link, "ampWebUrl": link, "images": [{"url": link}], "provider": {"domain": link}}
        )
    for number, day in enumerate(_DAYS):
        found[f"day{number:02}.json"] = _json(
            {
                "title": f"Nokia buys Alcatel yesterday, on 31 February and {day}",
                "publishedDateTime": day,
                "excerpt": "Next week, 999 decades ago.",
            }
        )
    for number, amount in enumerate(_AMOUNTS):
        found[f"amount{number:02}.json"] = _json({"title": f"Sanofi buys Owkin for {amount}", "excerpt": f"It paid {amount} in cash."})
    for at, field in enumerate(_FIELDS):
        for number, value in enumerate(_VALUES):
            if (at + number) % 3 == 0:
                found[f"{field}{number:02}.json"] = _json(
                    {"title": "Nokia buys Alcatel", "webUrl": f"https://x.example/{at}/{number}"} | {field: value}
                )
    found |= {
        "empty.md": b"", "blank.json": b" \n\t ", "nul.md": bytes(1_000), "binary.json": bytes(range(256)) * 20, "half.json": b'{"title": "Nokia', "nan.json": b'{"title": "a", "quality": NaN, "heat": -Infinity}',
        "deep.json": b"[" * 100_000 + b"]" * 100_000, "deep.yaml": b"[" * 5_000 + b"]" * 5_000, "long-number.json": b'{"title": "a", "quality": ' + b"9" * 5_000 + b"}",
        "twice.json": b'{"title": "Nokia grows", "title": "Nokia shrinks"}', "scalar.json": b"3", "list.json": b"[1, null, [], {}]", "surrogate.json": b'{"title": "Nokia \\ud800 grows"}',
        "utf16.md": "---\ntitle: Nokia grows\n---\n".encode("utf-16"), "utf32.json": '{"title": "Nokia grows"}'.encode("utf-32"), "latin1.md": "---\ntitle: Société Générale grows\n---\n".encode("latin-1"),
        "bomb.yaml": b"a: &a [x, x, x]\n" + b"".join(f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, *{'a' if n == 0 else f'b{n - 1}'}]\n".encode() for n in range(30)) + b"title: Nokia\n",
        "tag.yaml": b"!!python/object/apply:os.system ['touch pwned']\n", "set.yaml": b"title: Nokia grows\ntopics: !!set {a, b}\n", "merge.yaml": b"<<: {title: Nokia grows}\n", "tab.yaml": b"title:\tNokia\n\tgrows: 1\n",
        "anchor.md": _markdown("title: &t Nokia grows\nexcerpt: *t"), "open.md": b"---\ntitle: Nokia grows\n", "dashes.md": b"---\n" * 5_000, "html.txt": b"<html><head><title>Nokia grows</title></head><body>" + b"<div>" * 5_000,
        "badline.jsonl": b'{"title":"Nokia buys Alcatel"}\n{bad\n[]\n\n"x"\n{"title":"Sanofi grows"}', "cut.jsonl.gz": gzip.compress(_json({"title": "Nokia grows"}) * 50)[:-20], "nogzip.jsonl.gz": b"not gzip",
        "ansi \x1b[31m.md": _markdown("title: Nokia grows"), "line\nbreak.md": _markdown("title: Nokia grows"), "-rf.md": _markdown("title: Nokia grows"), "%2e%2e.md": _markdown("title: Nokia grows"),
        "\u202egpj.md": _markdown("title: Nokia grows"), "a'b\"c`d$(e).md": _markdown("title: Nokia grows"), "CON.md": _markdown("title: Nokia grows"),
    }  # fmt: skip
    return found


def heavy_documents() -> dict[str, dict[str, bytes]]:
    """Return folders of documents of which each once took minutes, gigabytes or the whole build."""
    partners = "Acme Inc., Zorvex Ltd., Dunmore Corp. and Plonk LLC "
    day = {"title": "A day", "webUrl": "https://x.example/1"}
    bodies = {
        "cubic sentence": f"{partners * 1_900}merge.", "quadratic sentence": f"{'Sanofi, ' * 11_000}buys Owkin.", "brackets": "(" * 90_000 + "Sanofi buys Owkin" + ")" * 9_000, "quotes": '"' * 99_000,
        "one word": "a" * 99_000, "capitals": "A B " * 25_000, "sums": "$1 million " * 9_000, "dates": "3 May 2021, " * 8_000, "acronyms": "".join(f"A{n} Inc. (A{n}) " for n in range(6_000)),
        "tickers": "(NYSE: ABC) " * 8_000, "people": "Anna Berg, CEO of Nokia, " * 4_000, "ampersands": "&amp;" * 20_000, "hyphens": "a-" * 49_000, "names": " ".join(f"Zor{n:05}x Inc." for n in range(7_000)),
    }  # fmt: skip
    found = {name: {"a.json": _json(day | {"body": text})} for name, text in bodies.items()}
    found |= {
        "100,000 topics": {"a.json": _json(day | {"topics": [f"Topic {n}" for n in range(100_000)]})},
        "100,000 related": {"a.json": _json(day | {"related": [{"title": f"Day {n}"} for n in range(100_000)]})},
        "100,000 pictures": {"a.json": _json(day | {"images": [f"https://x.example/{n}.png" for n in range(100_000)]})},
        "title of 1 MB": {"a.json": _json(day | {"title": "Nokia " * 170_000})},
        "topic of 1 MB": {"a.json": _json(day | {"topics": ["Nokia " * 170_000]})},
        "body of 17 MB": {"a.md": _markdown("title: Nokia buys Alcatel", "It rained. " * 1_600_000)},
        "body of quotes": {"a.json": _json(day | {"body": '"\\' * 4_000_000})},
        "gzip bomb": {"a.jsonl.gz": gzip.compress(bytes(150_000_000), 9)},
        "line of 15 MB": {"a.jsonl": _json(day | {"body": "It rained. " * 1_400_000}) + b"\n" + _json({"title": "Nokia grows"})},
        "many lines": {"a.jsonl": b"".join(_json({"title": f"Nokia grows {n}"}) + b"\n" for n in range(3_000))},
        "1,000 copies": {"a.jsonl": b"".join(_json({"title": "Nokia buys Alcatel", "webUrl": f"https://x.example/{n}", "excerpt": "It is the largest deal for years, the firm said on Monday."}) + b"\n" for n in range(1_000))},
        "list of companies": {"a.json": _json(day), "companies.csv": b"name,aliases\n" + b"".join(f"Zor{n:05}x Inc.,Zor{n:05}x\n".encode() for n in range(20_000))},
    }  # fmt: skip
    return found
