"""The example of a plug-in: a language model behind an endpoint, played by a small server on this machine."""

from __future__ import annotations

import json
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from newsgraph.api import build
from newsgraph.core.errors import InputError
from newsgraph.extract.models.span_sources import SourceSpan

EXAMPLE = Path(__file__).parents[2] / "examples" / "llm_source"
sys.path.insert(0, str(EXAMPLE))

from newsgraph_llm import LlmSource  # noqa: E402 - the example is no installed package

TITLE = "The talk with Zorblat Quux went on in Lisbon"
NAMES = [
    {"text": "Zorblat Quux", "label": "COMPANY"},
    {"text": "Lisbon", "label": "PLACE"},
    {"text": "Made Up Inc", "label": "COMPANY"},
]


class StandIn:
    """A server that answers as its `reply` says; `asked` holds the requests. A reply is a status and a content."""

    def __init__(self) -> None:
        """Start on a free port."""
        self.asked: list[dict[str, object]] = []
        self.reply: Callable[[str], tuple[int, str]] = lambda _: (200, json.dumps({"names": NAMES}))
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stand_in.asked.append({"path": self.path, **body})
                status, content = stand_in.reply(body["messages"][-1]["content"])
                data = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                with suppress(BrokenPipeError):  # who waits no longer has gone
                    self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self.argument = f"http://127.0.0.1:{self._server.server_port}/v1#org/tiny-model"

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """Give a running server."""
    server = StandIn()
    yield server
    server.close()


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the example as its pyproject.toml says, as an installation would."""
    declared = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]

    def entry_points(group: str) -> list[EntryPoint]:
        return [EntryPoint(name, value, group) for name, value in declared.get(group, {}).items()]

    monkeypatch.setattr("newsgraph.extract.models.span_sources.entry_points", entry_points)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of two documents."""
    (tmp_path / "a.md").write_text(f"---\ntitle: {TITLE}\n---\n", "utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: Acme Inc. acquires Bolt Corp. for $5 million\n---\n", "utf-8")
    return tmp_path


@pytest.mark.usefixtures("plugged_in")
def test_a_build_weighs_what_the_model_says(stand_in: StandIn, folder: Path) -> None:
    rules, both = (build(folder, extractor=name, threshold=0.01) for name in ("rules", f"llm:{stand_in.argument}"))
    before, after = (kg.mentions.filter(text="Zorblat Quux")["confidence"].to_list() for kg in (rules, both))
    assert after > before
    assert both.companies.filter(name="Made Up").height == 0


@pytest.mark.usefixtures("plugged_in")
def test_a_graph_names_the_plugged_in_reader(stand_in: StandIn, folder: Path) -> None:
    kg = build(folder, extractor=f"llm:{stand_in.argument}")
    assert kg.dataset["model_version"].to_list() == ["rules/1+llm/org%2Ftiny-model"]
    assert set(kg.mentions["extractor"]) == {"rules/1+llm/org%2Ftiny-model"}


@pytest.mark.usefixtures("plugged_in")
def test_an_endpoint_that_fails_stops_the_build_and_names_the_article(stand_in: StandIn, folder: Path) -> None:
    stand_in.reply = lambda _: (404, "")
    with pytest.raises(InputError, match=rf"article “{TITLE}”: .* answers 404 .*know the model org/tiny-model"):
        build(folder, extractor=f"llm:{stand_in.argument}")


def test_the_model_is_asked_plainly_and_repeatably(stand_in: StandIn) -> None:
    LlmSource(stand_in.argument).spans([TITLE, TITLE])
    (asked,) = stand_in.asked
    assert (asked["path"], asked["model"], asked["temperature"]) == ("/v1/chat/completions", "org/tiny-model", 0)
    assert TITLE in str(asked["messages"])


def test_a_name_that_is_not_in_the_text_is_dropped(stand_in: StandIn) -> None:
    assert LlmSource(stand_in.argument).spans([TITLE]) == [[SourceSpan(14, 26, "COMPANY"), SourceSpan(38, 44, "PLACE")]]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([{"text": "Quu", "label": "COMPANY"}], []),
        ([{"text": "zorblat quux", "label": "COMPANY"}], []),
        ([{"text": "Lisbon", "label": "DATE"}], []),
        ([{"text": "", "label": "COMPANY"}], []),
        ([{"text": 7, "label": "COMPANY"}], []),
        ([{"text": "Quux", "label": "ORG"}, {"text": "Zorblat Quux", "label": "COMPANY"}], [SourceSpan(14, 26, "COMPANY")]),
    ],
    ids=["part of a word", "other case", "unknown label", "empty", "no text", "inside a longer name"],
)
def test_only_whole_names_under_known_labels_count(stand_in: StandIn, names: list[object], expected: list[SourceSpan]) -> None:
    stand_in.reply = lambda _: (200, json.dumps({"names": names}))
    assert LlmSource(stand_in.argument).spans([TITLE]) == [expected]


def test_words_and_fences_around_the_answer_are_read_over(stand_in: StandIn) -> None:
    stand_in.reply = lambda _: (200, f"Sure!\n```json\n{json.dumps({'names': NAMES[:1]})}\n```")
    assert LlmSource(stand_in.argument).spans([TITLE]) == [[SourceSpan(14, 26, "COMPANY")]]


@pytest.mark.parametrize(
    "content", ["I found no names.", '{"names": 3}', '{"name": []}', '{"names": ["Zorblat Quux"]}', '{"names": [{}]', "{" * 99999]
)
def test_an_answer_that_is_not_what_was_asked_for_is_an_error(stand_in: StandIn, content: str) -> None:
    stand_in.reply = lambda _: (200, content)
    with pytest.raises(InputError, match=f"article “{TITLE}”: the answer is not the JSON"):
        LlmSource(stand_in.argument).spans([TITLE])


def test_a_server_that_is_not_there_is_told_with_its_address(stand_in: StandIn) -> None:
    stand_in.close()
    with pytest.raises(InputError, match=r"127\.0\.0\.1:\d+/v1/chat/completions cannot be asked .* Start the server"):
        LlmSource(stand_in.argument).spans([TITLE])


def test_a_model_that_takes_too_long_is_told(stand_in: StandIn) -> None:
    def late(_: str) -> tuple[int, str]:
        time.sleep(0.5)
        return 200, "{}"

    stand_in.reply = late
    with pytest.raises(InputError, match=f"article “{TITLE}”: no answer within 0.1 seconds"):
        LlmSource(stand_in.argument, timeout=0.1).spans([TITLE])


@pytest.mark.parametrize("argument", ["", "model", "http://127.0.0.1:1/v1", "file:///etc/passwd#model", "http://#model"])
def test_what_is_no_address_of_a_model_is_refused(argument: str) -> None:
    with pytest.raises(InputError, match="is no address of a model"):
        LlmSource(argument)
