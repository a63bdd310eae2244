"""Identifiers of companies in files that anybody can get: read, checked, folded into one pack, and matched to names in text."""

from newsgraph.identifiers.company_record import Identifiers
from newsgraph.identifiers.pack_builder import PackReport, SourceCount, make_pack
from newsgraph.identifiers.pack_file import write_pack
from newsgraph.identifiers.record_matching import Match, RecordCandidate, Wanted, link

__all__ = ["Identifiers", "Match", "PackReport", "RecordCandidate", "SourceCount", "Wanted", "link", "make_pack", "write_pack"]
