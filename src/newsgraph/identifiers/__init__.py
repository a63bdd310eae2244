"""Identifiers of companies in files that anybody can get: read, checked, folded into one pack, and matched to names in text."""

from newsgraph.identifiers.make import PackReport, SourceCount, make_pack
from newsgraph.identifiers.match import Candidate, Match, Wanted, link
from newsgraph.identifiers.pack import write_pack
from newsgraph.identifiers.record import Identifiers

__all__ = ["Candidate", "Identifiers", "Match", "PackReport", "SourceCount", "Wanted", "link", "make_pack", "write_pack"]
