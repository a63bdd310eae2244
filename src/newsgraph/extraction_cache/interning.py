"""Strings that many articles have, held once: decoding makes each anew, which takes a third of the memory of what was read.

It also makes later look-ups quicker, as Python works out the hash of a string once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newsgraph.core.model import Mention, Provider, Report
from newsgraph.resolve import ExtractedArticle

_put: Callable[[Any, str, object], None] = object.__setattr__  # values are frozen; what is put has the same content


class Interner:
    """Remembers strings; `share` lets a reading have those that were met before."""

    def __init__(self) -> None:
        """Start with nothing met."""
        self._strings: dict[str, str] = {}
        self._providers: dict[Provider, Provider] = {}

    def share(self, reading: ExtractedArticle) -> None:
        """Let a reading have the strings that others have too."""
        known, article, facts = self._strings.setdefault, reading.article, reading.facts
        _put(article, "source", known(article.source, article.source))
        _put(article, "part", known(article.part, article.part))
        if article.url == article.key:
            _put(article, "url", article.key)
        if article.provider is not None:
            _put(article, "provider", self._providers.setdefault(article.provider, article.provider))
        _put(facts, "extractor", known(facts.extractor, facts.extractor))
        for mention in facts.mentions:
            self._share_mention(mention)
        for report in facts.reports:
            self._share_report(report)

    def _share_mention(self, mention: Mention) -> None:
        known = self._strings.setdefault
        _put(mention, "name", known(mention.name, mention.name))
        _put(mention, "text", known(mention.text, mention.text))
        _put(mention, "rule", known(mention.rule, mention.rule))
        if mention.known:
            _put(mention, "known", known(mention.known, mention.known))

    def _share_report(self, report: Report) -> None:
        known = self._strings.setdefault
        _put(report, "type", known(report.type, report.type))
        _put(report, "rule", known(report.rule, report.rule))
        _put(report, "date_source", known(report.date_source, report.date_source))
        if report.subject is not None:
            _put(report, "subject", known(report.subject, report.subject))
        if report.object is not None:
            _put(report, "object", known(report.object, report.object))
