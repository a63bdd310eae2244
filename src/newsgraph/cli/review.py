"""The command `review`: it asks about doubtful cases of a built graph, and writes the answers to a file of decisions."""
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
from newsgraph.core.markdown_marks import without_marks

if TYPE_CHECKING:
    from newsgraph.decisions.decision import Decision
    from newsgraph.decisions.decisions_writer import Addition
    from newsgraph.review.review_question import ReviewQuestion

SHOWN = 20
HELP = "a accept, r reject, 1 2 3 ... choose, s skip, u undo the last answer, q quit, ? help"
_END = ("", "\x03", "\x04")  # the end of piped input, Ctrl-C, Ctrl-D


@click.command(short_help="Decide doubtful cases of a graph.")
@click.argument("output", type=click.Path(path_type=Path))
@click.option(
    "--decisions", "file", type=click.Path(dir_okay=False, path_type=Path), default=Path("decisions.yaml"), show_default=True,
    help="File that answers are appended to. A build uses a decisions.yaml in its input folder, or the file of its own --decisions.",
)  # fmt: skip
@click.option("--who", default="", metavar="NAME", help="Who decides; saved with each answer.")
@click.option("--when", default="", metavar="DATE", help="Date of the decisions. Default: today (UTC).")
@click.option("--list", "is_list", is_flag=True, help=f"List the questions, at most {SHOWN}, instead of asking them.")
@click.option("--all", "everything", is_flag=True, help="With --list: list all questions.")
@click.option(
    "--output-format", "layout", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="How to print the list; json always lists.",
)  # fmt: skip
def review(*, output: Path, file: Path, who: str, when: str, is_list: bool, everything: bool, layout: str) -> None:
    """Ask about doubtful cases of the graph in the folder OUTPUT, the most important ones first, and save the answers to a file.

    Nothing changes until the graph is built again with that file. Keys: a accept, r reject, s skip, u undo, q quit, ? help.
    """
    from newsgraph.decisions.decisions_file import read_decisions
    from newsgraph.export.parquet import read_tables
    from newsgraph.review.question_queue import review_questions

    decided = read_decisions(file) if file.exists() else []
    questions = review_questions(read_tables(output), decided)
    shown = questions if everything else questions[:SHOWN]
    if layout == "json":
        click.echo(terminal.as_json([_object(question) for question in shown]))
    elif is_list:
        _list(shown, len(questions))
    elif not questions:
        terminal.say("nothing is left to decide")
    else:
        session = _Session(questions, file, who, when or f"{datetime.now(tz=UTC).date()}")
        session.run()
        _say_what_is_next(session, output)


@dataclass
class _Session:
    """The questions, the position of the next one, and the decisions written for each position."""

    questions: Sequence[ReviewQuestion]
    file: Path
    who: str
    when: str
    at: int = 0
    written: list[tuple[int, Addition]] = field(default_factory=list)

    def run(self) -> None:
        """Ask until no question is left, or until the person quits."""
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
        answers |= {str(number): choice for number, choice in enumerate(question.choices, start=1)}
        if key == "s" or (key == "a" and question.accept is None):
            self.at += 1
        elif key == "u":
            self._undo()
        elif (answer := answers.get(key)) is not None:
            self._write(answer)
        elif key == "r":
            terminal.say("there are several other answers: choose one by its number")
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
        terminal.say("  undone")


def _key() -> str:
    """Read an answer: one key on a terminal, or one line of piped input; empty at the end."""
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
        terminal.say(f"  “{unescape(without_marks(words.sentence))}”")
        terminal.say(f"    {f'{words.published:%Y-%m-%d}' if words.published else 'no date'}  {unescape(without_marks(words.headline))}")
    terminal.say(f"  a  {question.accept or 'yes (writes nothing)'}")
    if question.reject:
        terminal.say(f"  r  {question.reject}")
    for number_of_choice, choice in enumerate(question.choices, start=1):
        terminal.say(f"  {number_of_choice}  {choice}")


def _list(shown: Sequence[ReviewQuestion], count: int) -> None:
    rows = [(number, round(it.impact, 2), unescape(it.ask), it.rule, unescape(it.note)) for number, it in enumerate(shown, start=1)]
    terminal.table(("number", "impact", "question", "rule", "why"), rows)
    if count > len(shown):
        terminal.say(f"and {count - len(shown):,} more: --all lists them", err=True)


def _object(question: ReviewQuestion) -> dict[str, object]:
    """Return a question as a JSON object: answers in words, evidence with its dates."""
    fields = asdict(question)
    answers = {name: answer and str(answer) for name, answer in (("accept", question.accept), ("reject", question.reject))}
    plain = {name: fields[name] for name in ("kind", "ask", "impact", "rule", "note", "evidence")}
    return {**plain, **answers, "choices": [str(answer) for answer in question.choices]}


def _say_what_is_next(session: _Session, output: Path) -> None:
    """Print how many decisions were written, and how to build with them."""
    terminal.say(f"{counted(len(session.written), 'decision')} written" + (f" to {session.file}" if session.written else ""))
    if session.written:
        terminal.say(f"to apply them: newsgraph build INPUT --output {output} --decisions {session.file}")
