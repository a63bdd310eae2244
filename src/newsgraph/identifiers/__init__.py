"""Identifiers of companies from public files: read, checked, combined into one pack, and matched to the names in texts."""

from newsgraph.identifiers.company_record import Identifiers
from newsgraph.identifiers.pack_builder import PackReport, SourceCount, make_pack
from newsgraph.identifiers.pack_file import write_pack
from newsgraph.identifiers.record_matching import CompanyQuery, Match, RecordCandidate, link

__all__ = ["CompanyQuery", "Identifiers", "Match", "PackReport", "RecordCandidate", "SourceCount", "link", "make_pack", "write_pack"]
