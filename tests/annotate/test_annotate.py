"""A gold file made by hand: which texts are drawn, what is proposed, what is accepted, and who is answered."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from newsgraph.annotate import AnnotationSession, PageServer, open_server
from newsgraph.annotate.gold_file import GoldFile
from newsgraph.annotate.proposed_record import proposed_record
from newsgraph.annotate.saved_answer import TYPES, checked_answer
from newsgraph.annotate.text_sample import draw_sample
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError
from newsgraph.core.model import Article, EventAmount, Facts, Kind, Mention, Money, Report, RoleFiller, Status
from newsgraph.score import read_gold

SEEDS = Path(__file__).parents[2] / "seeds"
TITLE, EXCERPT = "Acme buys Bolt for $5m", "Bolt makes bolts."
ARTICLE = Article("k", None, TITLE, EXCERPT, "in/a.md", "main")
EVENT = {"type": "acquisition", "subject": "Acme", "object": "Bolt", "amount": 5_000_000, "currency": "USD", "evidence": TITLE}
ANSWER: dict[str, Any] = {
    "companies": [{"name": "Acme", "surfaces": ["Acme"]}, {"name": "Bolt Inc", "surfaces": ["Bolt"]}],
    "events": [EVENT | {"object": "Bolt Inc"}],
}


def articles(count: int) -> list[Article]:
    return [replace(ARTICLE, key=f"key {number}", title=f"Title {number}", body="A long body.") for number in range(count)]


# --- the sample


def test_the_sample_does_not_depend_on_the_order_of_documents() -> None:
    assert draw_sample(articles(40), 10) == draw_sample(reversed(articles(40)), 10)


def test_a_larger_sample_begins_with_the_smaller_one() -> None:
    assert draw_sample(articles(40), 20)[:10] == draw_sample(articles(40), 10)


def test_an_article_is_drawn_once_and_without_its_body() -> None:
    (one,) = draw_sample([replace(ARTICLE, part="related[0]", excerpt="x" * 99), replace(ARTICLE, body="More.")], 5)
    assert (one.part, one.body) == ("main", "")


# --- the proposal


def mention(kind: Kind, words: str, known: str = "") -> Mention:
    start = ARTICLE.text.index(words)
    return Mention(kind, words, start, start + len(words), words, "hand", 0.9, known)


ROLES = (RoleFiller("acquirer", "Acme"), RoleFiller("target", "Bolt"))
REPORT = Report("acquisition", ROLES, 0, len(TITLE), "hand", 0.9, amounts=(EventAmount(Money(5e6, "USD"), "price"),))


def proposed(*reports: Report) -> Mapping[str, Any]:
    mentions = (mention(Kind.COMPANY, "Acme"), mention(Kind.COMPANY, "Bolt", known="Bolt Inc"), mention(Kind.PRODUCT, "bolts"))
    return proposed_record(ARTICLE, Facts(mentions, reports))


def test_the_extractors_findings_are_proposed_as_a_gold_record() -> None:
    record = proposed(REPORT)
    assert record["companies"] == [{"name": "Acme", "surfaces": ["Acme"]}, {"name": "Bolt Inc", "surfaces": ["Bolt"]}]
    assert [row["name"] for row in record["products"]] == ["bolts"]
    assert record["events"] == [EVENT | {"object": "Bolt Inc"}]


def test_a_proposal_can_be_saved_as_it_is() -> None:
    assert checked_answer(ARTICLE, proposed(REPORT))["events"] == [EVENT | {"object": "Bolt Inc"}]


def test_a_rumour_is_proposed_as_other() -> None:
    assert proposed(replace(REPORT, status=Status.RUMOURED))["events"][0]["type"] == "other"


def test_one_event_told_twice_is_proposed_once_with_its_amount() -> None:
    assert [event["amount"] for event in proposed(replace(REPORT, amounts=()), REPORT)["events"]] == [5e6]


def test_evidence_over_title_and_excerpt_is_cut_to_one_of_them() -> None:
    assert proposed(replace(REPORT, end=len(ARTICLE.text)))["events"][0]["evidence"] == TITLE


def test_a_company_too_weak_to_stand_is_not_proposed() -> None:
    weak = replace(mention(Kind.COMPANY, "Acme"), confidence=0.3)
    assert proposed_record(ARTICLE, Facts((weak,), (replace(REPORT, roles=ROLES[:1]),)))["companies"] == []


# --- what is accepted


def test_a_record_takes_its_text_from_the_document_and_not_from_the_page() -> None:
    record = checked_answer(ARTICLE, ANSWER | {"doc": "x", "title": "y"})
    assert (record["doc"], record["part"], record["title"], record["excerpt"]) == ("in/a.md", "main", TITLE, EXCERPT)


def test_what_a_record_says_besides_is_kept() -> None:
    answer = {**ANSWER, "events": [EVENT | {"object": "Bolt Inc", "optional": True, "alt_types": ["merger"], "evil": 1}]}
    event = checked_answer(ARTICLE, answer)["events"][0]
    assert (event["optional"], event["alt_types"], "evil" in event) == (True, ["merger"], False)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([], "is not a JSON object"),
        ({}, "has no list of things or events"),
        ({"companies": "Acme"}, "companies: is not a list"),
        ({"companies": [{"name": " ", "surfaces": ["Acme"]}]}, "a name: is empty"),
        ({"companies": [{"name": "Acme", "surfaces": []}]}, "is not marked anywhere"),
        ({"companies": [{"name": "Acme", "surfaces": ["Acme Corp"]}]}, "a mark that is not in the text"),
        ({"events": [EVENT]}, "the subject of an event: is not marked"),
        (ANSWER | {"events": [EVENT | {"type": "deal", "object": None}]}, "an event: has no type"),
        (ANSWER | {"events": [EVENT | {"subject": None, "object": ""}]}, "has no party"),
        (ANSWER | {"events": [EVENT | {"object": None, "evidence": "Acme sells"}]}, "has no evidence"),
        (ANSWER | {"events": [EVENT | {"object": None, "amount": "5m"}]}, "an amount that is not a number"),
        (ANSWER | {"events": [EVENT | {"object": None, "amount": float("nan")}]}, "an amount that is not a number"),
        (ANSWER | {"events": [EVENT | {"object": None, "currency": "dollars"}]}, "a currency that is not a code"),
    ],
)
def test_an_answer_that_does_not_fit_the_text_is_refused(answer: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        checked_answer(ARTICLE, answer)


def test_every_type_can_be_chosen_but_a_sum() -> None:
    assert {"partnership", "other"} <= set(TYPES)
    assert "deal" not in TYPES


# --- the gold file


def test_saving_again_replaces_the_line_and_leaves_no_other_file(tmp_path: Path) -> None:
    gold = GoldFile(tmp_path / "gold.jsonl")
    gold.save(checked_answer(ARTICLE, {"companies": []}))
    gold.save(checked_answer(ARTICLE, ANSWER))
    (record,) = read_gold(tmp_path / "gold.jsonl")
    assert [row["name"] for row in record["companies"]] == ["Acme", "Bolt Inc"]
    assert [path.name for path in tmp_path.iterdir()] == ["gold.jsonl"]


def test_what_stands_in_the_file_already_is_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    line = '{"doc": "b.md", "part": "main", "title": "Ünï", "excerpt": "", "companies": [], "events": [], "story": "s"}\n'
    path.write_text(line, encoding="utf-8")
    GoldFile(path).save(checked_answer(ARTICLE, ANSWER))
    assert path.read_text(encoding="utf-8").startswith(line)
    assert len(read_gold(path)) == 2


def test_a_file_that_is_no_gold_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes", encoding="utf-8")
    with pytest.raises(InputError, match="is not JSON"):
        GoldFile(path)


def test_a_folder_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="in a folder that does not exist"):
        GoldFile(tmp_path / "none" / "gold.jsonl")


# --- the desk


@pytest.fixture
def desk(tmp_path: Path) -> AnnotationSession:
    """Give the desk of the seed's eight texts."""
    return AnnotationSession([SEEDS], 8, tmp_path / "gold.jsonl", "rules")


def test_the_desk_goes_on_where_it_was_left(desk: AnnotationSession, tmp_path: Path) -> None:
    assert desk.save(0, desk.item(0)["record"]) == 1
    again = AnnotationSession([SEEDS], 8, tmp_path / "gold.jsonl", "rules")
    assert (again.done, again.item()["number"], again.item(0)["saved"]) == (1, 1, True)


def test_the_gold_file_among_the_documents_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('---\ntitle: "Acme buys Bolt"\noriginalUrl: "https://a.example/1"\n---\n', encoding="utf-8")
    desk = AnnotationSession([tmp_path], 5, tmp_path / "gold.jsonl", "rules")
    desk.save(0, {"companies": []})
    assert AnnotationSession([tmp_path], 5, tmp_path / "gold.jsonl", "rules").size == 1


def test_a_text_that_has_changed_is_annotated_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    for title, done in (("Acme buys Bolt", 0), ("Acme buys Dune", 0)):
        path.write_text(f'---\ntitle: "{title}"\noriginalUrl: "https://a.example/1"\n---\n', encoding="utf-8")
        desk = AnnotationSession([tmp_path], 5, tmp_path / "gold.jsonl", "rules")
        assert desk.done == done
        desk.save(0, {"companies": []})
    assert [record["title"] for record in read_gold(tmp_path / "gold.jsonl")] == ["Acme buys Dune"]


def test_no_document_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no article"):
        AnnotationSession([tmp_path], 5, tmp_path / "gold.jsonl", "rules")


# --- the server


@pytest.fixture
def server(desk: AnnotationSession) -> Iterator[PageServer]:
    """Serve the desk."""
    with open_server(desk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: PageServer, path: str, body: str | None = None, **headers: str) -> tuple[int, str, Mapping[str, str]]:
    """Ask for a path below the address; `headers` stand in for the usual ones."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    usual = {"Content-Type": "application/json"} if body is not None else {}
    connection.request("GET" if body is None else "POST", path, body, {**usual, **given})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, dict(answer.headers)


def test_the_server_listens_on_this_machine_only(server: PageServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_the_page_is_served_under_a_policy_that_lets_only_its_script_run(server: PageServer) -> None:
    status, page, headers = ask(server, f"/{server.token}/")
    assert status == 200
    assert "<title>newsgraph annotate</title>" in page
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/item", "/wrong/", "/wrong/item/0", "/{token}x/item/0"])
def test_who_does_not_know_the_token_is_refused(server: PageServer, path: str) -> None:
    assert ask(server, path.format(token=server.token))[0] == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}", ""])
def test_who_calls_the_server_by_another_name_is_refused(server: PageServer, host: str) -> None:
    assert ask(server, f"/{server.token}/", Host=host.format(port=server.server_port))[0] == 403


def test_each_server_has_a_token_of_its_own(server: PageServer, desk: AnnotationSession) -> None:
    with open_server(desk) as other:
        assert other.token != server.token


def test_a_port_in_use_is_told(server: PageServer, desk: AnnotationSession) -> None:
    with pytest.raises(InputError, match="cannot be used"):
        open_server(desk, server.server_port)


def test_a_saved_record_is_gold(server: PageServer, tmp_path: Path) -> None:
    item = json.loads(ask(server, f"/{server.token}/item")[1])
    status, answer, _ = ask(server, f"/{server.token}/item/{item['number']}", json.dumps(item["record"]))
    assert (status, json.loads(answer)) == (200, {"next": 1})
    assert read_gold(tmp_path / "gold.jsonl") == [item["record"]]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("{", {}, 400), ('{"events": [{}]}', {}, 400), ("{}", {"Content_Type": "text/plain"}, 400),
        ("{}", {"Origin": "https://evil.example"}, 403), ("{}", {"Origin": "null"}, 403), ("{}", {"Content_Length": "9999999"}, 400),
    ],
)  # fmt: skip
def test_what_is_no_annotation_from_the_page_is_not_saved(
    server: PageServer, tmp_path: Path, body: str, headers: dict[str, str], status: int
) -> None:
    assert ask(server, f"/{server.token}/item/0", body, **headers)[0] == status
    assert not (tmp_path / "gold.jsonl").exists()


@pytest.mark.parametrize(("path", "status"), [("item/8", 400), ("item/x", 404), ("../item", 404), ("gold.jsonl", 404)])
def test_nothing_but_the_page_and_the_sample_is_given(server: PageServer, path: str, status: int) -> None:
    assert ask(server, f"/{server.token}/{path}")[0] == status


# --- the command


def test_annotate_says_where_the_page_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: PageServer) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(PageServer, "serve_forever", stop)
    arguments = ["annotate", str(SEEDS), "--sample", "5", "-o", str(tmp_path / "gold.jsonl"), "--extractor", "rules"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert "open http://127.0.0.1:" in result.stdout
    assert "0 of 5 texts annotated" in result.stdout
