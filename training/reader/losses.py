"""What the reader is taught, window by window: a loss for each head."""

from __future__ import annotations

import torch
from examples import IGNORED, SIMPLE_LINKS, SIMPLE_PARTS, Example, Told
from reader_model import FIELDS, Heads
from torch import Tensor
from torch.nn import functional

from newsgraph.extract.reader.labels import AMOUNTS_OF, LINKS, PART_AT, PARTS, PHRASES, PHRASES_OF, STATUSES, TYPES, RolePart

NONE_WEIGHT = 0.5
_FIRST = torch.tensor([PART_AT[RolePart(link.type, link.first)] for link in LINKS])
_SECOND = torch.tensor([PART_AT[RolePart(link.type, link.second)] for link in LINKS])
_TYPE_OF = [TYPES.index(part.type) for part in PARTS]
Sums = dict[str, tuple[Tensor, float]]


def lean_on_parts(heads: Heads, links: Tensor, parts: Tensor, first: Tensor, second: Tensor) -> Tensor:
    """Add to the logits of links those of the two parts that they join."""
    over = parts[:, 1:] - parts[:, :1]
    return torch.cat([links[:, :1], links[:, 1:] + heads.lean * (over[first][:, _FIRST] + over[second][:, _SECOND])], 1)


def threshold_loss(logits: Tensor, right: Tensor, hidden: Tensor) -> Tensor:
    """Rank what is right above a learned threshold, the first logit, and all else below it; hidden labels do not count."""
    logits = logits.float()
    blocked = torch.cat([torch.zeros(len(logits), 1, dtype=torch.bool), hidden], 1)
    labels = torch.cat([torch.zeros(len(logits), 1), right.float()], 1)
    logits = logits.masked_fill(blocked, -1e4)
    some = right.any(1).float()
    top = logits.masked_fill((labels == 0) & (torch.arange(logits.shape[1]) > 0), -1e4).log_softmax(-1)
    over = -(top * labels).sum(1)
    under = -logits.masked_fill(labels > 0, -1e4).log_softmax(-1)[:, 0]
    return over + under * torch.where(some > 0, 1.0, NONE_WEIGHT)


def _hot(rows: list[list[int]], width: int) -> Tensor:
    table = torch.zeros(len(rows), width, dtype=torch.bool)
    for at, row in enumerate(rows):
        table[at, row] = True
    return table


def _sentence(example: Example, piece: int) -> int:
    return next((at for at, (b, e) in enumerate(example.window.sentences) if b <= piece < e), 0)


def _glance_loss(weights: Tensor, evidence: list[list[int]], example: Example) -> tuple[Tensor, int]:
    rows = [at for at, lines in enumerate(evidence) if lines]
    if not rows:
        return torch.zeros(()), 0
    mask = torch.zeros(len(rows), weights.shape[1])
    for n, at in enumerate(rows):
        for line in evidence[at]:
            begin, end = example.window.sentences[line]
            mask[n, begin:end] = 1
    return -((weights[rows] * mask).sum(1) + 1e-6).log().sum(), len(rows)


def window_losses(heads: Heads, states: Tensor, example: Example) -> Sums:
    """Give sums of losses and what they are divided by, for one window; states are (pieces, WIDTH) without padding."""
    sums: Sums = {}
    if not example.mentions or example.names_only:
        return sums
    keys, content = heads.keys(states), heads.content(states)
    who = heads.candidates(states, example.mentions, torch.tensor(example.kinds))
    parts, alone, weights = heads.unary(who, keys, content)
    hidden = torch.zeros(len(who), len(PARTS), dtype=torch.bool)
    if example.simple:
        hidden |= ~torch.tensor(SIMPLE_PARTS)[None]
    right = _hot(example.parts, len(PARTS))
    sums["parts"] = threshold_loss(parts, right, hidden & ~right).sum(), float(right.any(1).sum()) + 0.05 * len(who)
    right = _hot(example.alone, len(PARTS))
    hidden = (hidden | _hot([sorted(h) for h in example.hidden_alone], len(PARTS))) & ~right
    sums["alone"] = threshold_loss(alone, right, hidden).sum(), float(right.any(1).sum()) + 0.1 * len(who)
    glance, count = _glance_loss(weights, example.part_evidence, example)
    if example.pairs:
        first, second = (torch.tensor([pair[side] for pair in example.pairs]) for side in (0, 1))
        links, weights = heads.pairs(who, first, second, torch.tensor(example.near), keys, content)
        links = lean_on_parts(heads, links, parts, first, second)
        right = _hot(example.links, len(LINKS))
        hidden = _hot([sorted(h) for h in example.hidden_links], len(LINKS))
        if example.simple:
            hidden |= ~torch.tensor(SIMPLE_LINKS)[None]
        sums["links"] = threshold_loss(links, right, hidden & ~right).sum(), float(right.any(1).sum()) + 0.03 * len(links)
        more, number = _glance_loss(weights, example.link_evidence, example)
        glance, count = glance + more, count + number
    sums["glance"] = glance, count
    if example.told:
        _told_losses(sums, heads, states, who, example, keys, content)
    return sums


def _told_losses(sums: Sums, heads: Heads, states: Tensor, who: Tensor, example: Example, keys: Tensor, content: Tensor) -> None:
    told = _first_of_equals(example.told)
    parties = torch.stack([torch.stack([who[n] + heads.part_in.weight[p] for n, p in one.parties]).mean(0) for one in told])
    event, weights = heads.events(parties, torch.tensor([_TYPE_OF[one.parties[0][1]] for one in told]), keys, content)
    glance, count = _glance_loss(weights, [one.evidence for one in told], example)
    sums["glance"] = sums["glance"][0] + glance, sums["glance"][1] + count
    status = torch.tensor([STATUSES.index(one.event.status) if one.event.status in STATUSES else IGNORED for one in told])
    sums["status"] = (
        functional.cross_entropy(heads.status(event).float(), status, ignore_index=IGNORED, reduction="sum"),
        float((status >= 0).sum()),
    )
    if example.simple:
        return
    past = torch.tensor([float(bool(one.event.background)) for one in told])
    sums["background"] = (
        functional.binary_cross_entropy_with_logits(heads.background(event)[:, 0].float(), past, reduction="sum"),
        float(len(told)),
    )
    lines = heads.sentence(torch.stack([states[b:e].mean(0) if e > b else states[0] for b, e in example.window.sentences]))
    scores = (heads.ask_sentence(event) @ lines.T).float() * lines.shape[1] ** -0.5
    pointed = scores.log_softmax(-1)
    rows = [(n, one.evidence) for n, one in enumerate(told) if one.evidence]
    if rows:
        sums["sentence"] = -torch.stack([pointed[n, lines].logsumexp(0) for n, lines in rows]).sum(), float(len(rows))
    _field_losses(sums, heads, states, example, told, event, pointed)


def _first_of_equals(told: list[Told]) -> list[Told]:
    """Of events with the same parties in the same parts only the news is learned: the others look the same."""
    best: dict[tuple[tuple[int, int], ...], Told] = {}
    for one in told:
        key = tuple(sorted(one.parties))
        if key not in best or (best[key].event.background and not one.event.background):
            best[key] = one
    return list(best.values())


def _field_losses(sums: Sums, heads: Heads, states: Tensor, example: Example, told: list[Told], event: Tensor, pointed: Tensor) -> None:
    rows = [(v.kind, span, line) for v, span, line in example.values] + [
        (PHRASES[p], span, _sentence(example, span[0])) for span, p in example.phrases
    ]
    none = heads.none(event).float()
    if rows:
        vectors = torch.stack([states[b:e].mean(0) for _, (b, e), _ in rows])
        near = pointed[:, [line for *_, line in rows]]
        money, chosen = heads.fields(event, vectors, torch.tensor([FIELDS.index(kind) for kind, *_ in rows]), near.to(event.dtype))
        money, chosen = money.float(), chosen.float()
    for number, name in enumerate(FIELDS):
        at = [n for n, (kind, *_) in enumerate(rows) if kind == name]
        losses = []
        for n, one in enumerate(told):
            if name == "money":
                if at:
                    goal = torch.tensor(
                        [of_value(example.values[k][0].number, example.values[k][0].high, example.values[k][0].word, one) for k in at]
                    )
                    losses.append(functional.cross_entropy(money[n, at], goal, reduction="sum") / max(1.0, float((goal > 0).sum())))
                continue
            if name in PHRASES and name not in PHRASES_OF.get(one.event.type, ()):
                continue
            options = [none[n, number : number + 1], *([none[n, -1:]] if name == "when" else [])]
            scores = torch.cat([*options, chosen[n, at]] if at else options)
            goal_at = right_options(example, one, name, at, len(options))
            if goal_at and len(scores) > 1:
                losses.append(-(scores.log_softmax(0)[goal_at].logsumexp(0)))
        if losses:
            sums[name] = torch.stack(losses).sum(), float(len(losses))


def of_value(number: float, high: float | None, currency: str, told: Told) -> int:
    """Give what a sum is of in an event, 0 for none."""
    for value, unit, of in told.event.amounts:
        if unit == currency and any(x is not None and abs(x - value) <= 0.001 * max(1.0, abs(value)) for x in (number, high)):
            return 1 + AMOUNTS_OF.index(of if of in AMOUNTS_OF else "other")
    return 0


def right_options(example: Example, told: Told, name: str, at: list[int], first: int) -> list[int]:
    """Give which options are right: 0 is none, 1 for days the day of publishing, then the values of this field."""
    event = told.event
    if name in PHRASES:
        goal = told.phrases.get(name)
        if goal is None:
            return [0] if name not in event.phrases else []
        return [first + n for n, k in enumerate(at) if k - len(example.values) == goal]
    values = [example.values[k][0] for k in at]
    if name == "when":
        if event.when is None:
            return [0]
        exact = [first + n for n, v in enumerate(values) if v.word == event.when]
        if event.when == example.published:
            exact.append(1)
        near = [first + n for n, v in enumerate(values) if event.when.startswith(v.word) or v.word.startswith(event.when)]
        return exact or near
    goal_number = event.percent if name == "percent" else event.count
    if goal_number is None:
        return [0]
    return [first + n for n, v in enumerate(values) if abs(v.number - float(goal_number)) < 1e-6 + 0.001 * float(goal_number)]
