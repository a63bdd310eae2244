"""Check identifiers: each function returns the normal form of a valid value, and an empty text for an invalid one."""

from __future__ import annotations

import re

from newsgraph.core.canonical_url import address, host_name

_LETTERS = {ord("A") + i: str(10 + i) for i in range(26)}  # ISO 7064 and ISO 6166 count letters from 10
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
_CIK = re.compile(r"(?:CIK)?([0-9]{1,10})")
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]{0,11})", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}")
_TICKER = re.compile(r"(?:(?P<exchange>[^:|]{1,60}?)\s*:\s*)?(?P<symbol>[A-Z0-9][A-Z0-9.&/^=+-]{0,15}(?: [A-Z0-9]{1,3})?)", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_BARE_HOST = re.compile(r"[^\s/?#@:\\]+")


def lei(text: str) -> str:
    """Check a legal entity identifier: 20 characters, which as a number are 1 modulo 97 (ISO 17442)."""
    text = text.upper()
    return text if _LEI.fullmatch(text) and int(text.translate(_LETTERS)) % 97 == 1 else ""


def isin(text: str) -> str:
    """Check an international securities identification number: 12 characters with a Luhn check digit (ISO 6166)."""
    text = text.upper()
    if not _ISIN.fullmatch(text):
        return ""
    digits = [int(digit) for digit in reversed(text.translate(_LETTERS))]
    total = sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return text if total % 10 == 0 else ""


def cik(text: str) -> str:
    """Check the number of a filer at the SEC (CIK); the normal form has 10 digits."""
    match = _CIK.fullmatch(text.upper())
    return match[1].zfill(10) if match and int(match[1]) else ""


def wikidata(text: str) -> str:
    """Check a Wikidata item, as its id or its address; the normal form is the id."""
    match = _WIKIDATA.fullmatch(text)
    return match[1].upper() if match else ""


def website(text: str) -> str:
    """Check a web address: http or https, and a host with a dot."""
    url = address(text, secure=False) if _WEB.match(text) else None
    return url if url and host_name(url) else ""


def domain(text: str) -> str:
    """Check a host name with a dot and nothing around it; the normal form is in lower case, without `www.`."""
    return (host_name(text) or "") if _BARE_HOST.fullmatch(text) else ""


def country(text: str) -> str:
    """Check the form of a country code: two letters (ISO 3166-1 alpha-2)."""
    text = text.upper()
    return text if _COUNTRY.fullmatch(text) else ""


def ticker(text: str) -> str:
    """Check a ticker: "EXCHANGE:SYMBOL" or "SYMBOL"; the normal form has the symbol in capitals."""
    match = _TICKER.fullmatch(text)
    if not match:
        return ""
    return ":".join(filter(None, (match["exchange"] and match["exchange"].strip(), match["symbol"].upper())))
