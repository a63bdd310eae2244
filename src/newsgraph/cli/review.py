"""The command `review`: it asks what is worth deciding in a built graph, and writes the answers to a file of decisions."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import counted

if TYPE_CHECKING:
    from newsgraph.decisions.decision import Decision
    from newsgraph.decisions.decisions_writer import Addition
    from newsgraph.review.review_question import ReviewQuestion

SHOWN = 20
HELP = "a accept, r reject, 1 2 3 ... choose, s skip, u undo the last answer, q quit, ? help"
_END = ("", "\x03", "\x04")  # the end of what is piped, Ctrl-C, Ctrl-D


@click.command(short_help="Decide what is doubtful in a built graph.")
@click.argument("output", type=click.Path(path_type=Path))
@click.option(
    "--decisions", "file", type=click.Path(dir_okay=False, path_type=Path), default=Path("decisions.yaml"), show_default=True,
    help="File that answers are added to, in the current folder by default. A build takes it from its input folder, or by its own --decisions.",
)  # fmt: skip
@click.option("--who", default="", metavar="NAME", help="Who decides; written with each answer.")
@click.option("--when", default="", metavar="DATE", help="When it is decided; without it today (UTC).")
@click.option("--list", "listed", is_flag=True, help=f"List what is worth deciding, at most {SHOWN} of it, and ask nothing.")
@click.option("--all", "everything", is_flag=True, help="With --list: all of it.")
@click.option(
    "--output-format", "layout", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="How to print the list; json asks nothing.",
)  # fmt: skip
def review(*, output: Path, file: Path, who: str, when: str, listed: bool, everything: bool, layout: str) -> None:
    """Ask what is worth deciding in OUTPUT, a built graph, what matters most first, and write the answers to a file.

    Nothing changes until the graph is built again with that file. Keys: a accept, r reject, s skip, u undo, q quit, ? help.
    """
    from newsgraph.decisions.decisions_file import read_decisions
    from newsgraph.export.parquet import read_tables
    from newsgraph.review.question_queue import review_questions

    decided = read_decisions(file) if file.exists() else []
    found = review_questions(read_tables(output), decided)
    shown = found if everything else found[:SHOWN]
    if layout == "json":
        click.echo(terminal.as_json([_object(one) for one in shown]))
    elif listed:
        _list(shown, len(found))
    elif not found:
        terminal.say("nothing is left to decide")
    else:
        session = _Session(found, file, who, when or f"{datetime.now(tz=UTC).date()}")
        session.run()
        _farewell(session, output)


@dataclass
class _Session:
    """Questions, the place of the next one, and what was written for which."""

    questions: Sequence[ReviewQuestion]
    file: Path
    who: str
    when: str
    at: int = 0
    written: list[tuple[int, Addition]] = field(default_factory=list)

    def run(self) -> None:
        """Ask until there is nothing left, or until it is ended."""
        terminal.say(f"{counted(len(self.questions), 'question')}; answers go to {self.file}. {HELP}")
        asked = -1
        while self.at < len(self.questions):
            if asked != self.at:
                _show(self.questions[self.at], self.at + 1, len(self.questions))
                asked = self.at
            key = _key()
            if key in _END or key == "q":
                return
            self._take(key)

    def _take(self, key: str) -> None:
        question = self.questions[self.at]
        answers: dict[str, Decision | None] = {"a": question.accept, "r": question.reject}
        answers |= {str(number): one for number, one in enumerate(question.choices, start=1)}
        if key == "s" or (key == "a" and question.accept is None):
            self.at += 1
        elif key == "u":
            self._undo()
        elif (answer := answers.get(key)) is not None:
            self._write(answer)
        elif key == "r":
            terminal.say("there is more than one other answer: choose it by its number")
        else:
            terminal.say(HELP)

    def _write(self, answer: Decision) -> None:
        from newsgraph.decisions.decisions_writer import append_addition

        self.written.append((self.at, append_addition(self.file, replace(answer, who=self.who, when=self.when))))
        terminal.say(f"  written: {answer}")
        self.at += 1

    def _undo(self) -> None:
        from newsgraph.decisions.decisions_writer import remove_addition

        if not self.written:
            terminal.say("there is nothing to undo")
            return
        at, added = self.written[-1]
        remove_addition(self.file, added)
        self.written.pop()
        self.at = at
        terminal.say("  taken back")


def _key() -> str:
    """Read an answer: one key of a terminal, else one line of what is piped; empty at the end."""
    click.echo("> ", nl=False)
    try:
        if sys.stdin.isatty():
            key = str(click.getchar())
            terminal.say(key if key.isprintable() else "")
            return key.lower()
        line = sys.stdin.readline()
    except (KeyboardInterrupt, EOFError):
        line = ""
    if not line:
        click.echo()
        return ""
    return line.strip()[:3].lower() or "?"


def _show(question: ReviewQuestion, number: int, of: int) -> None:
    """Print one question with its reasons and answers."""
    click.echo()
    click.echo(click.style(terminal.harmless(f"{number:,} of {of:,}  {unescape(question.ask)}"), bold=True))
    terminal.say(f"  {question.kind}, rule {question.rule or 'none'}, impact {question.impact:,.2f}: {unescape(question.note)}")
    for words in question.evidence:
        terminal.say(f"  “{unescape(words.sentence)}”")
        terminal.say(f"    {f'{words.published:%Y-%m-%d}' if words.published else 'no date'}  {unescape(words.headline)}")
    terminal.say(f"  a  {question.accept or 'yes, and nothing is written'}")
    if question.reject:
        terminal.say(f"  r  {question.reject}")
    for choice, one in enumerate(question.choices, start=1):
        terminal.say(f"  {choice}  {one}")


def _list(shown: Sequence[ReviewQuestion], count: int) -> None:
    rows = [(number, round(one.impact, 2), unescape(one.ask), one.rule, unescape(one.note)) for number, one in enumerate(shown, start=1)]
    terminal.table(("number", "impact", "question", "rule", "why"), rows)
    if count > len(shown):
        terminal.say(f"and {count - len(shown):,} more: --all lists them", err=True)


def _object(one: ReviewQuestion) -> dict[str, object]:
    """Write a question as JSON has it: answers in words, evidence with its dates."""
    told = asdict(one)
    answers = {name: answer and str(answer) for name, answer in (("accept", one.accept), ("reject", one.reject))}
    kept = {name: told[name] for name in ("kind", "ask", "impact", "rule", "note", "evidence")}
    return {**kept, **answers, "choices": [str(answer) for answer in one.choices]}


def _farewell(session: _Session, output: Path) -> None:
    """Say what was written, and how the graph comes to obey it."""
    terminal.say(f"{counted(len(session.written), 'decision')} written" + (f" to {session.file}" if session.written else ""))
    if session.written:
        terminal.say(f"build with them: newsgraph build INPUT --output {output} --decisions {session.file}")
