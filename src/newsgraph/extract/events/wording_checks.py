"""Check the words that fill roles: a feature is no launch of the product that gets it, and a position, a period or a part is more than a word cut off."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from newsgraph.core.company_names import strip_legal_form
from newsgraph.core.model import Kind, Report, RoleFiller
from newsgraph.core.share_words import is_share, is_small_stake, percent_of
from newsgraph.extract.events.launched_things import FUNCTION, continued, launched_product, thing_launched
from newsgraph.extract.events.report_evidence import ReportEvidence, check_pattern
from newsgraph.extract.events.report_roles import ordered
from newsgraph.extract.events.tidy_words import names_no_part, tidy_words
from newsgraph.extract.text.counts import find_counts, places_of
from newsgraph.extract.text.word_lists import read_yaml

_NUMBER, _PERCENT = re.compile(r"\d[\d,.]*"), re.compile(r"\d[\d.]*\s?(?:%|per\s?cent|percent|pct?)")
_SPEAKS, _AROUND = re.compile(r"\b(?:said|says|told|according to|wrote|added|spokes\w+)\b"), 30  # characters
_BOARD = frozenset({"board", "board of directors", "directors"})  # of which somebody becomes a member
_COUNTED_THINGS = frozenset({"recall", "contract"})
_PERSONAL = frozenset({"appointment", "departure"})
_FOUNDER = re.compile(r"(?:co-?)?founders?", re.IGNORECASE)
_POST_OF = re.compile(r"^(?:the )?(?:post|position|role|job|office) of (?:the )?", re.IGNORECASE)


def with_full_wordings(report: Report, evidence: ReportEvidence) -> Report:
    """Return a report whose wordings are whole, without those that say nothing."""
    fillers = [changed for filler in report.roles if (changed := _full(report, filler, evidence)) is not None]
    if report.type == "product_launch" and not any(filler.role == "product" for filler in fillers) and (thing := thing_launched(evidence)):
        fillers.append(RoleFiller("product", thing, None))
    if report.type in _PERSONAL and not any(filler.role == "person" for filler in fillers):
        fillers += _only_person(evidence)
    if report.type in _COUNTED_THINGS and report.count and not any(filler.role == "product" for filler in fillers):
        fillers += _counted_things(report.count, evidence)
    report = report if fillers == list(report.roles) else replace(report, roles=ordered(dict.fromkeys(fillers)))
    if report.type == "closure" and report.part is None and report.count is None:
        return replace(report, part=_closed_part(report, evidence))
    return _with_whole_part(report, evidence) if report.part else report


def _closed_part(report: Report, evidence: ReportEvidence) -> str | None:
    """Return what is shut, by the words behind the verb or before it: "shut down its face recognition system"."""
    verb = check_pattern("shuts").pattern
    company = "|".join(re.escape(filler.name) for filler in report.roles if filler.role == "company")
    for pattern in (
        rf"{verb} (?:its|their|the|all|of|a|an|down) (?P<part>(?:(?!{FUNCTION})[\w&'’-]+ ?){{1,5}})",
        rf"(?:\b[Ii]ts|\b[Tt]heir|\b[Tt]he|\b(?:{company})(?:['’]s)?) (?P<part>(?:(?!{FUNCTION})[\w&'’-]+ ){{1,5}})(?:will be|is to be|to be|is being|are being|was|were|is|are) {verb}",
    ):
        if match := re.search(pattern, evidence.words):
            part = tidy_words(match["part"])
            return None if names_no_part(part) else part
    return _shut(check_pattern("part_word").pattern, evidence)


def _shut(thing: str, evidence: ReportEvidence) -> str | None:
    """Return what stands right behind the verb and ends with a word for a thing: "shut down U.S. research division"."""
    match = re.search(
        rf"(?:{check_pattern('shuts').pattern}) (?P<part>(?:(?!{FUNCTION})[\w.&'’-]+ ){{1,4}}?(?:{thing}))(?!\w)", evidence.words
    )
    return match["part"] if match and not names_no_part(match["part"]) and not _NUMBER.search(match["part"]) else None


def _counted_things(count: int, evidence: ReportEvidence) -> list[RoleFiller]:
    """Return what a number counts in the words behind it: the ladders of "45,000 aluminium ladders"."""
    word = rf"(?!{FUNCTION})(?!(?:{check_pattern('no_things').pattern})\b)"
    things = re.compile(rf" (?P<things>(?:{word}[\w'’-]+ ){{0,3}}?{word}[a-z-]{{3,}}s)\b")
    behind = next((found for place in places_of(count, evidence.words) if (found := things.match(evidence.words, place.end))), None)
    return [RoleFiller("product", behind["things"], None)] if behind else []


def _only_person(evidence: ReportEvidence) -> list[RoleFiller]:
    """Return the one person whom the evidence names, or the headline where it names nobody."""
    people = {one.name for one in evidence.mentions if one.kind is Kind.PERSON}
    for start, end in evidence.places(people):
        if _SPEAKS.search(evidence.words[max(0, start - _AROUND) : start]) or _SPEAKS.search(evidence.words[end : end + _AROUND]):
            return []  # who speaks of it need not be whom it is about
    people = people or {one.name for one in evidence.in_title(Kind.PERSON)}
    return [RoleFiller("person", name, Kind.PERSON) for name in people] if len(people) == 1 else []


def _full(report: Report, filler: RoleFiller, evidence: ReportEvidence) -> RoleFiller | None:
    if filler.role == "product" and report.type == "product_launch":
        return launched_product(filler, evidence)
    if filler.role == "product" and filler.kind is None and _is_number(filler.name):
        return None  # of "for 900 doors" the doors are ordered
    if filler.kind is None and filler.role == "product" and " " not in filler.name and (filler.name.islower() or "-" in filler.name):
        return replace(filler, name=continued(filler.name, evidence) or filler.name)
    if filler.kind is None and filler.role == "position":
        return _whole_position(report, filler, evidence)
    if filler.kind is None and filler.role == "period":
        return _whole_period(filler, evidence)
    return filler


def _is_number(words: str) -> bool:
    return any(place.start == 0 and place.end == len(words) for place in find_counts(words)) or words.replace(",", "").isdigit()


def _whole_position(report: Report, filler: RoleFiller, evidence: ReportEvidence) -> RoleFiller | None:
    """Return a position in full: "chief executive" where only "executive" was read; None if the words name no position.

    Founders stay founders, whichever post they leave.
    """
    if report.type == "departure" and _FOUNDER.fullmatch(filler.name):
        return None
    filler = replace(filler, name=_without_company(_POST_OF.sub("", filler.name), report))
    if behind_as := _behind_as(filler.name, evidence):
        return replace(filler, name=_without_company(behind_as, report))
    return _with_words_before(filler, evidence)


def _behind_as(position: str, evidence: ReportEvidence) -> str:
    """Return the words between "as" and the end of a position: "Group distribution director"."""
    match = re.search(
        rf"\bas (?:its |the |their |a |an |new |next )*(?P<post>(?!new |next )(?:(?!{FUNCTION})[\w&/-]+ ){{1,4}}{re.escape(position)})(?!\w)",
        evidence.words,
    )
    return match["post"] if match else ""


def _with_words_before(filler: RoleFiller, evidence: ReportEvidence) -> RoleFiller | None:
    if filler.name.casefold() in _BOARD:
        return replace(filler, name="board member")
    is_post = check_pattern("position_word").search(filler.name) is not None
    if is_post and " " in filler.name:
        before = re.search(
            rf"(?<![\w-])((?:{check_pattern('before_position').pattern})[ -])+{re.escape(filler.name)}(?!\w)", evidence.words, re.IGNORECASE
        )
        return replace(filler, name=before.group()) if before else filler
    area = rf"(?<![\w-])(?:{check_pattern('area_of_position').pattern})[ -]{re.escape(filler.name)}(?!\w)"
    if is_post and (over := re.search(area, evidence.words, re.IGNORECASE)):
        words = over.group()
        return replace(filler, name=words.lower() if words[1:].islower() else words)  # a capital at the begin of a sentence
    for match in _detail("position").finditer(evidence.words):
        if filler.name.casefold() in match.group().casefold().split() and " " in match.group():
            return replace(filler, name=match.group().strip())
    behind_verb = rf"(?:appoint|nam|hir|elect|choos|pick)\w* (?:\S+ ){{0,3}}{re.escape(filler.name)}(?!\w)"
    return filler if is_post or re.search(behind_verb, evidence.words, re.IGNORECASE) else None


def _without_company(position: str, report: Report) -> str:
    """Return a position without the end of the company's name: "chief" of "Airports Authority of India chief"."""
    for filler in report.roles:
        words = filler.name.split() if filler.role == "company" else []
        for at in range(len(words)):
            tail = " ".join(words[at:])
            if position.startswith(f"{tail} "):
                return position.removeprefix(f"{tail} ")
    return position


def _whole_period(filler: RoleFiller, evidence: ReportEvidence) -> RoleFiller | None:
    """Return a period with its year or number; None if the words name none."""
    said = tidy_words(filler.name)
    if re.fullmatch(r"\d\d?|(?:19|20)\d\d", said):  # the end or the beginning of "2026-27"
        years = re.search(rf"(?<!\d)(?:(?:19|20)\d\d[-–/]{said}|{said}[-–/]\d\d)(?!\d)", evidence.words)
        if years or len(said) < len("2026"):
            return replace(filler, name=years.group()) if years else None
    if _detail("period").fullmatch(said) or re.search(r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", said, re.IGNORECASE):
        return filler
    whole = next((match.group() for match in _detail("period").finditer(evidence.words) if said.casefold() in match.group().casefold()), "")
    if whole:
        return replace(filler, name=whole)
    return filler if " " in said and re.search(r"quarter|half|year|months|weeks", said, re.IGNORECASE) else None


def _with_whole_part(report: Report, evidence: ReportEvidence) -> Report:
    """Return a report whose part is one: no party, no adjective, no piece of a name, and a number only with what it counts."""
    part = report.part or ""
    names = [filler.name for filler in report.roles if filler.kind is not None]
    if names_no_part(part) or any(_is_called(part, name) or _describes(part, name, evidence) for name in names):
        return _without_part(report)  # "toothpaste maker Bolt" is Bolt as a whole
    if cut_off := re.search(rf"[\w.]+ per(?= {re.escape(part)}(?!\w))", evidence.words) if part.startswith("cent ") else None:
        part = f"{cut_off.group()} {part}"
        report = replace(report, part=part)
    if report.type == "acquisition" and is_small_stake(part):
        report = _as_investment(report, part, evidence)
        if report.type == "investment":
            return report
    if " " not in part and check_pattern("part_word").fullmatch(part):
        before = re.search(rf"(?:['’]s|\bits|\btheir|\bthe) ((?:(?!{FUNCTION})[\w&-]+ ){{1,5}}{re.escape(part)})(?!\w)", evidence.words)
        whole = before[1] if before else _shut(re.escape(part), evidence) if report.type == "closure" else None
        return replace(report, part=whole) if whole else report  # "Level 5 self-driving division" where only "division" was read
    if _NUMBER.fullmatch(part):
        behind = re.search(rf"(?<![\w.,]){re.escape(part)} ((?:[a-z-]+ )?[a-z-]+s)\b", evidence.words)
        return replace(report, part=f"{part} {behind[1]}" if behind else None)
    whole = continued(part, evidence) if " " not in part else ""
    if whole and check_pattern("part_word").fullmatch(whole.rpartition(" ")[2]):
        return replace(report, part=whole)  # "Nest" of "the Nest team"
    return report if is_share(part) or not _is_no_part(part, whole, evidence) else _without_part(report)


def _is_called(words: str, name: str) -> bool:
    """Return whether words end with a name that they describe: "toothpaste maker Bolt", not "stake in Bolt"."""
    before = words.removesuffix(f" {name}")
    return before != words and re.fullmatch(FUNCTION, before.rpartition(" ")[2], re.IGNORECASE) is None


def _describes(part: str, name: str, evidence: ReportEvidence) -> bool:
    """Return whether words only say what a company is: "laundry and workwear" of "laundry and workwear group Bolt"."""
    kind = check_pattern("kind_of_company").pattern
    return re.search(rf"(?<!\w){re.escape(part)} (?:{kind}),? {re.escape(name)}(?!\w)", evidence.words) is not None


def _is_no_part(part: str, whole: str, evidence: ReportEvidence) -> bool:
    """Return whether the words for a part are a legal form, money, an adjective, a piece of a name or what a buyer gains; `whole` has the words that go on with it."""
    is_piece = check_pattern("part_word").search(part) or _PERCENT.search(part)
    if not is_piece and _is_gained(part, evidence):
        return True
    if strip_legal_form(f"Acme {part}") == "Acme" or re.search(
        rf"\b(?:[mb]n|[mbtr]+illion|crore|lakh) (?:[A-Z]\w+ )?{re.escape(part)}\b", evidence.words
    ):
        return True
    if is_piece or part[-1:] == "s" or " " in part:
        return False
    return part.islower() or bool(whole) or _is_piece_of_name(part, evidence)


def _is_gained(part: str, evidence: ReportEvidence) -> bool:
    """Return whether words say what a buyer gets with a purchase: "to add grid batteries to its switchgear"."""
    return (
        re.search(rf"(?<![\w-])(?:{check_pattern('gains').pattern}) (?:\S+ ){{0,2}}?{re.escape(part)}(?!\w)", evidence.words, re.IGNORECASE)
        is not None
    )


def _as_investment(report: Report, share: str, evidence: ReportEvidence) -> Report:
    """Return the purchase of a small stake in a company as an investment in it, also where the company was read as the seller.

    One that is bought of an owner who is named stays a purchase.
    """
    owner, target = report.first("seller"), report.first("target")
    if report.first("acquirer") is None or (owner is None) is (target is None) or check_pattern("bought_out").search(evidence.words):
        return report
    if owner and not any(re.search(r"\b(?:in|of) (?:the )?$", evidence.words[:start]) for start, _ in evidence.places({owner})):
        return report
    roles = {"acquirer": "investor", "seller": "target", "target": "target"}
    fillers = [replace(filler, role=roles[filler.role]) for filler in report.roles if filler.role in roles]
    amounts = tuple(replace(amount, of="stake") if amount.of == "price" else amount for amount in report.amounts)
    percent = percent_of(share) or report.percent
    return replace(report, type="investment", roles=ordered(dict.fromkeys(fillers)), part=None, percent=percent, amounts=amounts)


def _is_piece_of_name(part: str, evidence: ReportEvidence) -> bool:
    """Return whether a word stands only within longer names."""
    places = [match.span() for match in re.finditer(rf"\b{re.escape(part)}\b", evidence.words)]
    names = [
        (one.start - evidence.start, one.end - evidence.start) for one in evidence.mentions if one.kind in {Kind.COMPANY, Kind.ORGANISATION}
    ]
    return bool(places) and all(any(start < end and (begin <= start < stop) for begin, stop in names) for start, end in places)


def _without_part(report: Report) -> Report:
    """Return a report of a whole company: who was read as the seller of a part of itself is what is bought."""
    if report.type == "acquisition" and report.first("target") is None and report.first("acquirer") is not None:
        fillers = [replace(filler, role="target") if filler.role == "seller" else filler for filler in report.roles]
        return replace(report, part=None, roles=ordered(dict.fromkeys(fillers)))
    return replace(report, part=None)


@cache
def _detail(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of `data/detail_cues.yaml`."""
    return re.compile(rf"(?<![\w-])(?:{str(read_yaml('detail_cues.yaml')[name]).strip()})(?![\w-])", re.IGNORECASE)
