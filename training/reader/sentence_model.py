"""The heads that read one sentence at a time: what is told between two of its names, and of one of them."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from newsgraph.extract.reader.labels import KINDS, LINKS, PARTS
from newsgraph.extract.reader.sentence_heads import RELATIONS

WIDTH = 384
ROOM, GLANCES, INNER = 192, 4, 256
SIZE = ROOM // GLANCES
PLACES = 5  # before both names, the first, between them, the second, behind both


class SentenceHeads(nn.Module):  # type: ignore[misc,unused-ignore] # types are checked without torch too
    """Attention over a sentence that two names ask, or one, and two layers.

    States are (sentences, pieces, WIDTH), places (asked, pieces) with numbers below PLACES.
    """

    def __init__(self) -> None:
        """Make heads without weights of worth."""
        super().__init__()
        self.kind, self.name = nn.Embedding(len(KINDS), 32), nn.Linear(WIDTH + 32, ROOM)
        self.keys, self.content = nn.Linear(WIDTH, ROOM), nn.Linear(WIDTH, ROOM)
        self.place_key, self.place_content = nn.Embedding(PLACES, ROOM), nn.Embedding(PLACES, ROOM)
        self.swapped = nn.Embedding(2, ROOM)  # whether the second name is named first
        self.ask_first, self.ask_second = nn.Linear(ROOM, ROOM), nn.Linear(ROOM, ROOM, bias=False)
        self.pair, self.pair_out = nn.Linear(5 * ROOM, INNER), nn.Linear(INNER, 1 + len(LINKS) + len(RELATIONS))
        self.ask_one = nn.Linear(ROOM, ROOM)
        self.one, self.one_out = nn.Linear(2 * ROOM, INNER), nn.Linear(INNER, len(PARTS))
        self.drop = nn.Dropout(0.3)
        for table in (self.kind, self.place_key, self.place_content, self.swapped):
            nn.init.normal_(table.weight, std=0.1)

    def names(self, states: Tensor, sentence: Tensor, spans: Tensor, kinds: Tensor) -> Tensor:
        """Make the vector of each name: the mean of its pieces, and its kind."""
        sums = torch.cat([torch.zeros_like(states[:, :1]), states.cumsum(1)], 1)
        mean = (sums[sentence, spans[:, 1]] - sums[sentence, spans[:, 0]]) / (spans[:, 1] - spans[:, 0])[:, None]
        return self.drop(functional.gelu(self.name(torch.cat([mean, self.kind(kinds)], -1))))

    def look(self, asked: Tensor, keys: Tensor, content: Tensor, places: Tensor, hidden: Tensor) -> Tensor:
        """Look at the sentence; `keys` and `content` are those of the sentence of each that asks."""
        count, length = places.shape
        q = asked.view(count, GLANCES, SIZE)
        k, v = (one.view(count, length, GLANCES, SIZE) for one in (keys, content))
        place_k, place_v = (one.weight.view(PLACES, GLANCES, SIZE) for one in (self.place_key, self.place_content))
        scores = torch.einsum("cgd,ctgd->cgt", q, k) + torch.einsum("cgd,pgd->cgp", q, place_k).gather(
            2, places[:, None].expand(-1, GLANCES, -1)
        )
        weights = (scores * SIZE**-0.5).masked_fill(hidden[:, None], -1e4).softmax(-1)
        shares = torch.stack([(weights * (places == one)[:, None]).sum(-1) for one in range(PLACES)], -1)
        seen = torch.einsum("cgt,ctgd->cgd", weights, v) + torch.einsum("cgp,pgd->cgd", shares, place_v)
        return seen.reshape(count, ROOM)

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Give logits of pairs, none first, then links and relations, and of the parts of single names."""
        states = self.drop(batch["states"])
        keys, content = self.keys(states), self.content(states)
        who = self.names(states, batch["sentence"], batch["spans"], batch["kinds"])
        hidden = ~batch["mask"]
        first, second, at = batch["first"], batch["second"], batch["sentence"]
        a, b, line = who[first], who[second], at[first]
        asked = torch.tanh(self.ask_first(a) + self.ask_second(b) + self.swapped(batch["swapped"]))
        places = batch["pair_places"]
        seen = self.look(asked, keys[line], content[line], places, hidden[line])
        middle = (places == 2).float()  # noqa: PLR2004 - between the names
        between = torch.einsum("ct,ctd->cd", middle, content[line]) / middle.sum(1, keepdim=True).clamp(min=1)
        pairs = self.pair_out(self.drop(functional.gelu(self.pair(self.drop(torch.cat([a, b, a * b, seen, between], -1))))))
        seen = self.look(torch.tanh(self.ask_one(who)), keys[at], content[at], batch["one_places"], hidden[at])
        ones = self.one_out(self.drop(functional.gelu(self.one(self.drop(torch.cat([who, seen], -1))))))
        return pairs, ones
