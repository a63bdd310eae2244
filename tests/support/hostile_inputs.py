"""Hostile files in every form that newsgraph reads, the same ones each time: whole files that mean harm, and good ones that were damaged."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import random
import sqlite3
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hostile_documents import light_documents
from rounds import rounds
from written_files import answer, pdf, rtf, warc, word

CASES = Path(__file__).parents[1] / "cases"
STORY = "Halden Ports buys Zorvex Robotics for $240 million"
TEXT = "Halden Ports said on Monday that it buys Zorvex Robotics for $240 million in cash. The deal is expected to close in May."
PAGE = f"""<html lang="en"><head><title>{STORY}</title><link rel="canonical" href="https://harborledger.example/2025/page">
<meta property="article:published_time" content="2025-02-03T09:30:00Z"><meta property="og:site_name" content="Harbor Ledger"><meta property="og:type" content="article"></head>
<body><article><h1>{STORY}</h1>{f"<p>{TEXT}</p>" * 5}</article></body></html>""".encode()
MAIL = f"From: Harbor Ledger <daily@harborledger.example>\nSubject: {STORY}\nDate: Mon, 3 Feb 2025 09:30:00 +0000\n".encode()
ROW = {"title": STORY, "date": "2025-02-03", "link": "https://harborledger.example/2025/row", "text": TEXT}


def good_files() -> dict[str, bytes]:
    """Return one file in each form, by name."""
    files = {path.name: path.read_bytes() for folder in ("one_story", "press_exports") for path in sorted((CASES / folder).iterdir())}
    crawl = (("https://harborledger.example/a", answer(PAGE)), ("https://harborledger.example/b", answer(PAGE)))
    html_mail = MAIL + b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + PAGE
    return files | {
        "page.html": PAGE, "page.mhtml": b"Snapshot-Content-Location: https://harborledger.example/a\n" + html_mail, "crawl.warc": warc(*crawl),
        "packed.warc.gz": warc(*crawl, packed=True), "crawl.wacz": zipped({"archive/a.warc.gz": warc(*crawl, packed=True)}), "mail.eml": html_mail,
        "box.mbox": (b"From daily@harborledger.example Mon Feb  3 09:30:00 2025\n" + html_mail + b"\n") * 2, "mail.txt": MAIL + b"\n" + TEXT.encode(),
        "paper.docx": word(("Title", STORY), ("", TEXT)), "paper.pdf": pdf(*[[(20, STORY), (10, TEXT[:80])]] * 2), "paper.rtf": rtf(STORY, TEXT),
        "rows.parquet": parquet(), "rows.sqlite": database(), "lines.jsonl.gz": gzip.compress(json.dumps(ROW).encode(), mtime=0),
        "folder.zip": zipped({"a.md": f"# {STORY}\n\n{TEXT}".encode()}), "folder.tar.gz": tarred({"a.md": f"# {STORY}\n\n{TEXT}".encode()}),
    }  # fmt: skip


def hostile_files(outside: str, address: str) -> dict[str, bytes]:
    """Return some 1,200 files by name; `outside` is a file that none of them may bring in, `address` one that nothing may ask."""
    files = light_documents()
    for name, data in good_files().items():
        files |= dict(_worse(name, data))
    return files | _reaching_out(outside, address) | _misleading() | _bombs()


def damaged(data: bytes, seed: int) -> bytes:
    """Return a file in which some bytes are others, are missing, or are there twice."""
    chance, out = random.Random(seed), bytearray(data)  # noqa: S311 - the same damage each time
    for _ in range(chance.choice([1, 3, 20, 200])):
        at, kind = chance.randrange(len(out)), chance.random()
        if kind < 0.5:
            out[at] = chance.randrange(256)
        elif kind < 0.7 and len(out) > 100:
            del out[at : at + chance.randrange(1, 60)]
        else:
            out[at:at] = out[at : at + chance.randrange(1, 400)]
    return bytes(out)


def _worse(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file cut, damaged, in another encoding than it says, with characters that hide, and with a field that does not end."""
    stem, _, ends = name.partition(".")
    changed = {
        "third": data[: len(data) // 3], "most": data[: len(data) * 2 // 3], "end": data[:-7], "nul": b"\x00".join(data[at : at + 40] for at in range(0, len(data), 40)),
        "wide": data.decode("latin-1").encode("utf-16"), "mark": b"\xff\xfe" + data, "bytes": data.replace(b" ", b" \xe9\xff"), "twice": data + data,
        "hidden": data.replace(b"Halden", "\u202eHal\u2067den\u200b\u2028".encode()), "huge": data.replace(b"Halden Ports", b"Halden Ports " * 3_000),
        "tags": data.replace(b"Zorvex", b"<script>alert(1)</script><b>{{ 7*7 }}"), "numbers": data.replace(b"2025", b"9" * 400),
    }  # fmt: skip
    changed |= {f"damaged{seed}": damaged(data, seed) for seed in range(rounds(4, 40))}
    for what, worse in changed.items():
        if worse != data:
            yield f"{stem}-{what}.{ends}", worse


def _reaching_out(outside: str, address: str) -> dict[str, bytes]:
    """Return files that would bring in another file of the machine, or ask for an address."""
    files: dict[str, bytes] = {}
    for number, target in enumerate((f"file://{outside}", outside, f"{address}/entity", f"../{Path(outside).name}")):
        doctype = f'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "{target}"><!ENTITY % y SYSTEM "{target}"> %y;]>\n'
        item = "<item><title>&x; Halden Ports grows</title><description>&x;</description></item>"
        files |= {
            f"entity{number}.xml": f"{doctype}<rss version='2.0'><channel><title>a</title>{item}</channel></rss>".encode(),
            f"entity{number}.atom": f"{doctype}<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>&x; grows</title></entry></feed>".encode(),
            f"entity{number}.nitf": f"{doctype}<nitf><body><body.head><hedline><hl1>&x; grows</hl1></hedline></body.head></body></nitf>".encode(),
            f"entity{number}.opml": f"{doctype}<opml version='2.0'><body><outline xmlUrl='{target}'/></body></opml>".encode(),
            f"include{number}.xml": f'<rss version="2.0"><channel xmlns:xi="http://www.w3.org/2001/XInclude"><item><title><xi:include href="{target}" parse="text"/>a</title></item></channel></rss>'.encode(),
            f"style{number}.xml": f'<?xml version="1.0"?><?xml-stylesheet href="{target}" type="text/xsl"?><rss version="2.0"><channel><item><title>Halden grows</title></item></channel></rss>'.encode(),
            f"frame{number}.html": f"<base href='{target}'><link rel=stylesheet href='{target}'><script src='{target}'></script><iframe src='{target}'></iframe>".encode() + PAGE,
            f"refresh{number}.html": f"<meta http-equiv=refresh content='0;url={target}'><object data='{target}'></object><img src='{target}'>".encode() + PAGE,
            f"part{number}.eml": MAIL + f"Content-Type: message/external-body; access-type=local-file; name='{target}'\n\n".encode(),
            f"word{number}.docx": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": f"{doctype}<w:document xmlns:w='x'>&x;</w:document>".encode()}),
            f"field{number}.rtf": rtf(f"{{\\field{{\\*\\fldinst INCLUDETEXT {target}}}}} {STORY}"),
            f"action{number}.pdf": pdf([(20, STORY)], information=f"/OpenAction << /S /URI /URI ({target}) >>"),
            f"tag{number}.yaml": f"title: !!python/object/apply:os.system ['cat {target}']\nbody: !include {target}\n".encode(),
            f"refer{number}.json": json.dumps(ROW | {"body": {"$ref": target}, "@context": target, "next": target}).encode(),
            f"template{number}.md": f'---\ntitle: {STORY}\n---\n{{{{< readfile "{target}" >}}}} {{% include {target} %}} ![[{target}]]\n'.encode(),
            f"feeds{number}.opml": f"<opml version='2.0'><body><outline type='rss' xmlUrl='{target}'/></body></opml>".encode(),
        }  # fmt: skip
    for number, name in enumerate(
        ("../up.md", "/etc/up.md", "a/../../up.md", "C:\\up.md", "..\\up.md", "a" * 300 + ".md", "\u202eup.md", "up\n.md", "con/nul.md")
    ):
        files[f"climb{number}.zip"] = zipped({name: b"# Halden grows", "good.md": b"# Halden shrinks"})
        files[f"climb{number}.tar.gz"] = tarred({name: b"# Halden grows", "good.md": b"# Halden shrinks"})
    for number, kind in enumerate((tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)):
        files[f"link{number}.tar"] = tarred({"good.md": b"# Halden shrinks"}, kind=kind, target=outside, packed=False)
    return files


def _misleading() -> dict[str, bytes]:
    """Return files that are not what they seem: another form than their name says, no text, no end, no news."""
    forms = ("md", "json", "jsonl", "xml", "csv", "tsv", "html", "eml", "mbox", "docx", "pdf", "rtf", "parquet", "sqlite", "warc", "warc.gz", "wacz", "mhtml", "zip", "tar.gz", "jsonl.gz", "yaml", "nitf", "iptc", "gz")  # fmt: skip
    bodies = {"none": b"", "blank": b" \r\n\t", "noise": random.Random(1).randbytes(3_000), "zeros": bytes(5_000), "page": PAGE}  # noqa: S311 - the same noise each time
    files = {f"{what}-as.{form}": data for what, data in bodies.items() for form in forms}
    wal = bytearray(database())
    wal[18:20] = b"\x02\x02"  # it says that a log beside it has what was written last
    return files | {
        "endless.csv": b'title,date,text\n"Halden grows,2025-02-03,it\n' + b"Zorvex grows,2025-02-04,it\n" * 500, "wide.csv": b"title," * 20_000 + b"\n" + b"Halden grows," * 20_000,
        "cells.csv": b"title,text\nHalden grows," + b"a" * 300_000, "writing.sqlite": bytes(wal), "writing.sqlite-wal": bytes(4_000), "writing.sqlite-journal": b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(500),
        "locked.pdf": pdf([(20, STORY)]).replace(b"/Root 1 0 R", b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >> /Root 1 0 R"), "loop.pdf": pdf([(20, STORY)]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
        "no-text.html": b"<html><body><div></div></body></html>", "stub.html": b"<html><title>Halden grows</title><p>Subscribe to continue reading.</p></html>", "frames.html": b"<html><frameset><frame src='a'></frameset></html>",
        "liar.html": b"<meta charset=utf-16><title>Halden\xe9 grows</title>", "future.html": PAGE.replace(b"2025-02-03", b"2999-02-03"), "past.html": PAGE.replace(b"2025-02-03", b"1066-10-14"),
        "titles.html": PAGE.replace(b"<article>", b"<article>" + b"<h1>Halden grows - Zorvex</h1>" * 3_000), "marks.html": PAGE.replace(b"<title>", b"<title>" + b"a - b | " * 9_000), "metas.html": b"<meta property='og:title' content='Halden - a'>" * 3_000 + PAGE,
        "scripts.html": b'<script type="application/ld+json">{"@type": "NewsArticle", "headline": [' + b"[" * 9_000 + b"</script>" + PAGE, "graph.html": b'<script type="application/ld+json">{"@graph": [{"@id": "#a", "@type": "NewsArticle", "mainEntityOfPage": {"@id": "#a"}, "publisher": {"@id": "#a"}, "author": [{"@id": "#a"}]}]}</script>' + PAGE,
        "attached.eml": MAIL + b'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHalden grows.\n--b\nContent-Disposition: attachment; filename="../../up.md"\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n',
        "nested.eml": b"".join(MAIL + f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n".encode() for level in range(200)), "boundary.eml": MAIL + b"Content-Type: multipart/mixed; boundary=" + b"b" * 9_000 + b"\n\n--b\n", "charset.eml": MAIL + b"Content-Type: text/plain; charset=x-nonsense\n\nHalden \xff grows.",
        "long.warc": warc(("https://a.example/b", answer(PAGE))).replace(b"Content-Length: ", b"Content-Length: 9"), "negative.warc": warc(("https://a.example/b", answer(PAGE))).replace(b"Content-Length: ", b"Content-Length: -"), "coded.warc": warc(("https://a.example/b", answer(PAGE, coding="br"))),
        "canceled.json": b'{"uri": "a", "type": "text", "pubstatus": "canceled", "headline": "Halden grows"}', "typed.json": b'{"uri": ["a"], "type": {"text": 1}, "headline": 5, "body_text": [[]], "versioncreated": {}, "subject": "x"}', "feed.json": b'{"version": "https://jsonfeed.org/version/1.1", "items": [1, null, [], {"title": {}}, {"id": 1, "content_html": ["a"]}, "x"]}',
        "items.xml": b"<rss version='2.0'><channel>" + b"<item/>" * 2_000 + b"</channel></rss>", "unclosed.xml": b"<rss version='2.0'><channel><item><title>Halden grows", "twice.atom": b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<entry><title>Halden grows</title><id>a</id></entry>" * 50 + b"</feed>",
        "keys.yaml": b"title: Halden grows\n? [a, b]\n: {c: d}\n? {e: f}\n: g\n", "toml.md": b"+++\ntitle = 'Halden grows'\ntitle = 'again'\n[a]\n[a]\n+++\n", "dated.md": b"+++\ndate = 99999-99-99\n+++\n# Halden grows", "fence.md": b"```\n" * 2_001, "links.md": b"# Halden grows\n\n" + b"[a](" * 9_000,
        "stars.md": b"# Halden grows\n\n" + b"*a **b " * 9_000, "codes.md": b"# Halden grows\n\n" + b"{{< a " * 9_000, "short.iptc": b"\x01\x02\x03\x04", "long.iptc": b"\x01" + b"Halden " * 9_000,
    }  # fmt: skip


def _bombs() -> dict[str, bytes]:
    """Return files that unpack to far more than they are, or lie deep in themselves."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    many = gzip.compress(bytes(10_000_000), 9, mtime=0)
    packed = zipped({"a.jsonl": bytes(120_000_000)})  # more than any archive may unpack to
    deep: dict[str, bytes] = {"core.zip": zipped({"a.md": b"# Halden grows"})}
    for level in range(5):
        deep = {f"{level}.zip": zipped(deep)}
    return {
        "laughs.xml": f'<?xml version="1.0"?><!DOCTYPE l [{laughs}]><rss version="2.0"><channel><item><title>&l11;</title></item></channel></rss>'.encode(),
        "laughs.nitf": f'<?xml version="1.0"?><!DOCTYPE l [{laughs}]><nitf><body>&l11;</body></nitf>'.encode(), "laughs.docx": zipped({"[Content_Types].xml": f"<!DOCTYPE l [{laughs}]><Types>&l11;</Types>".encode(), "word/document.xml": b"<a/>"}),
        "quadratic.xml": ('<!DOCTYPE l [<!ENTITY a "' + "a" * 50_000 + '">]><rss version="2.0"><channel><item><title>' + "&a;" * 5_000 + "</title></item></channel></rss>").encode(),
        "zeros.jsonl.gz": many, "zeros.csv.gz": many, "zeros.warc.gz": many, "zeros.zip": packed, "zeros.docx": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(10_000_000)}),
        "zeros.wacz": zipped({"archive/a.warc.gz": many}), "twice.gz": gzip.compress(many, mtime=0), "matryoshka.zip": zipped(deep), "other.zip": bz2.compress(b"Halden"), "deep.zip": zipped({"a/" * 2_000 + "a.md": b"# Halden grows"}),
        "many.zip": zipped({f"{n}.bin": b"" for n in range(3_000)}), "deep.xml": b"<rss version='2.0'><channel>" + b"<item>" * 20_000, "deep.html": b"<html>" + b"<div><p>Halden " * 20_000, "deep.json": b'{"a":' * 50_000, "deep.jsonl": b"[" * 50_000 + b"\n" + json.dumps(ROW).encode(),
        "deep.rtf": b"{\\rtf1 " + b"{" * 50_000 + b"Halden grows", "deep.toml.md": b"+++\na = " + b"[" * 20_000 + b"\n+++\n", "deep.pdf": pdf([(20, STORY)], information="/A " + "[" * 20_000), "flow.yaml": b"{a: " * 9_000, "block.yaml": b"- " * 9_000,
    }  # fmt: skip


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip file of members, all of one day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], *, kind: bytes = b"", target: str = "", packed: bool = True) -> bytes:
    """Return a tar file of members, with a link or a device of a kind before them if one is named."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        if kind:
            link = tarfile.TarInfo("link.md")
            link.type, link.linkname = kind, target
            file.addfile(link)
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            file.addfile(member, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0) if packed else out.getvalue()


def database() -> bytes:
    """Return a SQLite database with an article."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.sqlite")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"CREATE TABLE articles ({', '.join(ROW)})")
            connection.execute("INSERT INTO articles VALUES (?, ?, ?, ?)", tuple(ROW.values()))
            connection.commit()
        return path.read_bytes()


def parquet() -> bytes:
    """Return a Parquet file with an article."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    out = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in ROW.items()}), out)
    return out.getvalue()
