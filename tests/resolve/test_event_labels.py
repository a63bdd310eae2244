"""What events are called: everything that is known of them and nothing else."""

from __future__ import annotations

import pytest

from newsgraph.core.model import EventAmount, Money, Status
from newsgraph.core.vocabulary import EVENT_TYPES, ROLES
from newsgraph.resolve.events.event_labels import event_label

Roles = list[tuple[str, str]]


def of(amount: float, kind: str, currency: str = "USD") -> EventAmount:
    """Make an amount of some kind."""
    return EventAmount(Money(amount, currency), kind)


@pytest.mark.parametrize(
    ("type_name", "roles", "fields", "expected"),
    [
        ("acquisition", {"acquirer": "Acme", "target": "Bolt"}, {"amount": of(5e6, "price")}, "Acme acquires Bolt for $5M"),
        ("acquisition", {"acquirer": "Acme", "seller": "Bolt"}, {"part": "self-driving unit"}, "Acme acquires Bolt's self-driving unit"),
        ("acquisition", {"acquirer": "Acme", "target": "Bolt"}, {"part": "paper mills"}, "Acme acquires Bolt's paper mills"),
        (
            "acquisition",
            {"acquirer": "Acme", "target": "Cask", "seller": "Bolt"},
            {"part": "Cask business"},
            "Acme acquires Bolt's Cask business",
        ),
        ("acquisition", {"acquirer": "Acme", "target": "Cask", "seller": "Bolt"}, {}, "Acme acquires Cask from Bolt"),
        ("acquisition", {"acquirer": "Acme", "target": "Bolt"}, {"percent": 60.0}, "Acme acquires 60% of Bolt"),
        ("acquisition", {"seller": "Bolt"}, {"part": "mill in Lisbon"}, "Bolt's mill in Lisbon sold"),
        ("acquisition", {"acquirer": "Acme"}, {"amount": of(5e6, "price")}, "Acme makes an acquisition for $5M"),
        ("acquisition", {"acquirer": "Acme", "target": "Bolt"}, {"amount": of(5, "per_share")}, "Acme acquires Bolt for $5 per share"),
        ("acquisition", {"acquirer": "Acme", "target": "Bolt"}, {"part": "stake", "percent": 30.0}, "Acme acquires a 30% stake in Bolt"),
        ("acquisition", {"acquirer": "Acme", "target": "Bolt", "seller": "Cask"}, {"part": "stake"}, "Acme acquires a stake in Bolt from Cask"),
        ("acquisition", {"target": "Bolt", "seller": "Cask"}, {"part": "two-thirds"}, "Two-thirds of Bolt sold by Cask"),
        ("merger", {"party": "Acme+Bolt"}, {}, "Acme and Bolt merge"),
        ("merger", {"party": "Acme+Bolt"}, {"part": "satellite businesses"}, "Acme and Bolt combine satellite businesses"),
        ("investment", {"investor": "Acme", "target": "Bolt"}, {"amount": of(5e6, "stake"), "percent": 7.0}, "Acme invests $5M in Bolt (7% stake)"),
        ("investment", {"investor": "Acme", "target": "Bolt"}, {}, "Acme invests in Bolt"),
        ("funding_round", {"company": "Acme", "lead": "Bolt", "investor": "Cask"}, {"amount": of(5e6, "round")}, "Acme raises $5M in a round led by Bolt with Cask"),
        ("funding_round", {"company": "Acme"}, {}, "Acme raises money"),
        ("acquisition", {"seller": "Bolt"}, {}, "Bolt makes a sale"),
        ("dividend", {"company": "Acme"}, {"amount": of(0.375, "per_share")}, "Acme returns $0.375 per share to shareholders"),
        ("ipo", {"company": "Acme", "venue": "Newmarket"}, {}, "Acme goes public in Newmarket"),
        ("closure", {"company": "Acme", "place": "Bath"}, {"part": "bathroom plant"}, "Acme closes bathroom plant in Bath"),
        ("financial_result", {"company": "Acme", "period": "Nine Months"}, {}, "Acme reports results for the nine months"),
        ("ipo", {"company": "Acme", "venue": "New York"}, {}, "Acme goes public in New York"),
        ("ipo", {"company": "Acme", "venue": "Oslo Børs"}, {}, "Acme goes public on Oslo Børs"),
        ("closure", {"company": "Acme", "place": "Aba"}, {"part": "Aba brewery"}, "Acme closes Aba brewery"),
        ("financial_result", {"company": "Acme", "period": "Third-quarter"}, {}, "Acme reports results for the third quarter"),
        ("financial_result", {"company": "Acme", "period": "last year"}, {}, "Acme reports results for last year"),
        ("financial_result", {"company": "Acme", "period": "FY24"}, {}, "Acme reports results for FY24"),
        ("rating", {"rater": "Bolt", "company": "Acme"}, {"amount": of(1150, "per_share", "INR")}, "Bolt rates Acme: ₹1,150"),
        ("acquisition", {"acquirer": "Acme"}, {"amount": of(5.25, "per_share")}, "Acme makes an acquisition for $5.25 per share"),
        ("ipo", {"company": "Acme", "venue": "Nasdaq"}, {"amount": of(5e6, "total")}, "Acme goes public on Nasdaq for $5M"),
        ("partnership", {"party": "Acme+Bolt+Cask"}, {}, "Acme, Bolt and Cask: partnership"),
        ("partnership", {"party": "Acme+Bolt"}, {"amount": of(9e7, "contract")}, "Acme and Bolt: $90M partnership"),
        ("contract", {"supplier": "Acme", "customer": "Bolt", "product": "45 aircraft"}, {}, "Acme wins a contract from Bolt for 45 aircraft"),
        ("lawsuit", {"plaintiff": "Acme", "defendant": "Bolt", "court": "High Court"}, {}, "Acme sues Bolt (High Court)"),
        ("lawsuit", {"defendant": "Bolt"}, {"amount": of(5e6, "damages")}, "Bolt in a lawsuit for $5M"),
        ("settlement", {"payer": "Acme", "payee": "Bolt"}, {"amount": of(5e6, "total")}, "Acme settles with Bolt for $5M"),
        ("settlement", {"party": "Acme+Bolt"}, {}, "Acme and Bolt settle"),
        ("regulatory_action", {"authority": "EU", "company": "Altmark Power"}, {"amount": of(4.2e8, "fine", "EUR")}, "EU fines Altmark Power €420M"),
        ("regulatory_action", {"authority": "EU", "company": "Acme"}, {}, "EU acts against Acme"),
        ("approval", {"company": "Osmia", "authority": "FDA", "product": "Osmivir"}, {}, "Osmia gets approval for Osmivir from FDA"),
        ("appointment", {"company": "Helm Bank", "person": "Maria Dorn", "position": "chief executive"}, {}, "Helm Bank names Maria Dorn chief executive"),
        ("appointment", {"company": "Helm Bank"}, {}, "Helm Bank makes an appointment"),
        ("departure", {"company": "Acme", "person": "Jane Roe", "position": "CFO"}, {}, "Jane Roe leaves Acme as CFO"),
        ("layoff", {"company": "Quarrow", "place": "Lyon"}, {"count": 1200}, "Quarrow cuts 1,200 jobs in Lyon"),
        ("expansion", {"company": "Acme", "place": "Lyon"}, {"amount": of(5e6, "cost")}, "Acme expands in Lyon for $5M"),
        ("closure", {"company": "Acme", "place": "Lyon"}, {"part": "paper mill"}, "Acme closes paper mill in Lyon"),
        ("product_launch", {"company": "Microsoft", "product": "Power Apps Developer Plan"}, {}, "Microsoft launches Power Apps Developer Plan"),
        ("recall", {"company": "Acme", "product": "pumps"}, {"count": 300}, "Acme recalls 300 pumps"),
        ("breach", {"company": "Acme", "attacker": "Grey Fox"}, {"count": 5000}, "Acme suffers a data breach of 5,000 records by Grey Fox"),
        ("bankruptcy", {"company": "Acme"}, {"amount": of(5e6, "debt")}, "Insolvency of Acme with $5M of debt"),
        ("financial_result", {"company": "Acme", "period": "third quarter"}, {"amount": of(5e6, "loss")}, "Acme reports a loss of $5M for the third quarter"),
        ("guidance", {"company": "Acme", "period": "2025"}, {"amount": of(5e6, "revenue")}, "Acme expects revenue of $5M for 2025"),
        ("financial_result", {"company": "Acme", "period": "Q3", "effect": "net profit up 7%"}, {}, "Acme reports net profit up 7% for Q3"),
        ("guidance", {"company": "Acme", "period": "2025", "effect": "forecast cut"}, {}, "Acme: forecast cut for 2025"),
        ("rating", {"rater": "Bolt", "company": "Acme", "effect": "downgrade to hold"}, {}, "Bolt rates Acme: downgrade to hold"),
        ("dividend", {"company": "Acme", "effect": "dividend of 22 cents"}, {}, "Acme: dividend of 22 cents"),
        ("regulatory_action", {"authority": "EU", "company": "Acme", "effect": "investigation"}, {}, "EU investigates Acme"),
        ("other", {"party": "Acme+Bolt", "effect": "loan"}, {"amount": of(5e6, "other")}, "Acme and Bolt: $5M loan"),
        ("rating", {"rater": "Bolt", "company": "Acme"}, {"amount": of(5, "per_share")}, "Bolt rates Acme: $5"),
        ("dividend", {"company": "Acme"}, {"amount": of(5e6, "total")}, "Acme returns $5M to shareholders"),
        ("spin_off", {"company": "Acme", "unit": "Bolt"}, {}, "Acme spins off Bolt"),
        ("award", {"receiver": "Acme", "giver": "Bolt"}, {}, "Acme honoured by Bolt"),
        ("acquisition", {"acquirer": "Acme", "seller": "Bolt"}, {"part": "two gardens"}, "Acme acquires two gardens from Bolt"),
        ("financial_result", {"company": "Acme", "effect": "operating profit down 5%"}, {"amount": of(5e6, "profit")}, "Acme reports an operating profit of $5M"),
        ("financial_result", {"company": "Acme", "effect": "core earnings"}, {"amount": of(5e6, "profit")}, "Acme reports core earnings of $5M"),
        ("financial_result", {"company": "Acme", "effect": "operating profit down 5%"}, {"amount": of(5e6, "loss")}, "Acme reports a loss of $5M"),
        ("guidance", {"company": "Acme", "effect": "adjusted EBITDA"}, {"amount": of(5e6, "profit")}, "Acme expects adjusted EBITDA of $5M"),
        ("layoff", {"company": "Acme", "effect": "up to 1,200"}, {"count": 1200}, "Acme cuts up to 1,200 jobs"),
        ("layoff", {"company": "Acme", "effect": "about 900"}, {"count": 1200}, "Acme cuts 1,200 jobs"),
        ("appointment", {"company": "Acme", "position": "CFO"}, {}, "Acme names a new CFO"),
        ("appointment", {"company": "Acme", "position": "heads for sales"}, {}, "Acme names heads for sales"),
        ("guidance", {"company": "Acme", "effect": "sales up 5%"}, {}, "Acme expects sales up 5%"),
        ("guidance", {"company": "Acme", "period": "2025", "effect": "2025 outlook raised"}, {}, "Acme: 2025 outlook raised"),
        ("guidance", {"company": "Acme", "effect": "revenue of $5bn to $6bn"}, {"amount": of(5e9, "revenue")}, "Acme expects revenue of $5bn to $6bn"),
        ("guidance", {"company": "Acme", "period": "full year"}, {}, "Acme gives an outlook for the full year"),
        ("rating", {"rater": "Bolt", "company": "Acme", "effect": "buy, price target raised"}, {"amount": of(5, "per_share")}, "Bolt rates Acme: buy, price target raised to $5"),
        ("rating", {"rater": "Bolt", "company": "Acme", "effect": "hold, price target"}, {"amount": of(5, "per_share")}, "Bolt rates Acme: hold, price target of $5"),
        ("rating", {"rater": "Bolt", "company": "Acme", "effect": "upgrade to buy"}, {"amount": of(5, "per_share")}, "Bolt rates Acme: upgrade to buy ($5)"),
        ("dividend", {"company": "Acme", "effect": "dividend raised"}, {"amount": of(0.25, "per_share")}, "Acme: dividend raised ($0.25 per share)"),
        ("dividend", {"company": "Acme", "effect": "buyback"}, {"amount": of(5e6, "total")}, "Acme: buyback of $5M"),
        ("regulatory_action", {"company": "Acme", "effect": "investigation"}, {}, "Acme faces an investigation"),
        ("regulatory_action", {"company": "Acme", "effect": "charges"}, {}, "Acme faces charges"),
        ("regulatory_action", {"authority": "EU", "effect": "warning"}, {}, "EU warns"),
        ("regulatory_action", {"authority": "EU", "company": "Acme", "effect": "fine"}, {"amount": of(5e6, "other")}, "EU fines Acme $5M"),
        ("deal", {"party": "Acme+Bolt"}, {"amount": of(5e6, "total")}, "Acme and Bolt: $5M deal"),
    ],
)  # fmt: skip
def test_a_label_says_what_is_known(type_name: str, roles: dict[str, str], fields: dict[str, object], expected: str) -> None:
    pairs = [(role, name) for role, names in roles.items() for name in names.split("+")]

    assert event_label(type_name, pairs, **fields) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "type_name", "roles", "expected"),
    [
        (Status.ENDED, "acquisition", [("acquirer", "Apple"), ("target", "Nissan")], "Ended: acquisition of Nissan by Apple"),
        (Status.RUMOURED, "partnership", [("party", "Apple"), ("party", "Nissan")], "Rumour: partnership of Apple and Nissan"),
        (Status.PLANNED, "layoff", [("company", "Acme")], "Planned: job cuts at Acme"),
        (Status.PLANNED, "departure", [("company", "Acme"), ("position", "CEO")], "Planned: departure of the CEO of Acme"),
        (Status.RUMOURED, "appointment", [("company", "Acme"), ("position", "CEO")], "Rumour: appointment of a new CEO at Acme"),
        (Status.PLANNED, "funding_round", [("company", "Acme")], "Planned: fundraising by Acme"),
        (Status.RUMOURED, "ipo", [("company", "Acme")], "Rumour: stock market listing of Acme"),
        (Status.ENDED, "dividend", [("company", "Acme"), ("effect", "interim dividend suspended")], "Ended: interim dividend by Acme"),
        (Status.DENIED, "investment", [("investor", "Acme"), ("target", "Bolt")], "Denied: investment by Acme in Bolt"),
        (Status.COMPLETED, "merger", [("party", "Acme"), ("party", "Bolt")], "Acme and Bolt merge"),
    ],
)
def test_a_label_says_a_status_that_is_no_fact(status: Status, type_name: str, roles: Roles, expected: str) -> None:
    assert event_label(type_name, roles, status=status) == expected


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("type_name", EVENT_TYPES)
def test_no_label_omits_what_makes_its_event_another(type_name: str, status: Status) -> None:
    kind = EVENT_TYPES[type_name]
    roles = [(role, f"the {role}") for role in kind.roles if role in {kind.first, "person", "product"}]
    with_part = type_name in {"acquisition", "closure", "investment"}
    part = "packaging arm" if with_part else None
    counted = type_name in {"layoff", "recall", "breach"}
    label = event_label(type_name, roles, status=status, part=part, count=1234 if counted else None)

    assert all(name in label for role, name in roles if role in {"person", "product"})
    assert not part or part in label
    assert not counted or "1,234" in label
    assert (":" in label and label.split(":")[0] in {"Planned", "Rumour", "Denied", "Ended"}) == (
        status.value not in {"announced", "completed"}
    )


def test_a_label_never_has_an_empty_place() -> None:
    for type_name in EVENT_TYPES:
        for status in Status:
            assert not set("{}[]") & set(event_label(type_name, [], status=status))
            for role in ROLES:
                label = event_label(type_name, [(role, "Acme")], status=status)
                assert "  " not in label
                assert not set("{}[]") & set(label)


def test_many_parties_are_counted() -> None:
    label = event_label("partnership", [("party", name) for name in ("Acme", "Bolt", "Cask", "Dune", "Elk")])

    assert label == "Acme, Bolt, Cask and 2 others: partnership"
