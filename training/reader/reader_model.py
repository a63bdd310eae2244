"""The network: the tagger's encoder with places for 512 pieces, its tags, and heads for parts, links and fields of events."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

sys.path.append(str(Path(__file__).parents[1] / "tagger"))
from model import HEADS, HIDDEN, NORM, SIDE, WIDTH, Layer, encoder_folder, vocabulary

from newsgraph.extract.models.tag_decoding import TAGS
from newsgraph.extract.models.word_traits import SHAPES, TRAITS
from newsgraph.extract.reader.labels import AMOUNTS_OF, KINDS, LINKS, PARTS, PHRASE_TAGS, PHRASES, STATUSES, TYPES, VALUES
from newsgraph.extract.reader.windows import LONGEST

__all__ = ["FIELDS", "NORM", "Encoder", "Heads", "Reader", "new_reader", "vocabulary"]
ROOM, GLANCE, GLANCES = 256, 192, 4  # width of candidates, of what is looked at, and how many glances
SHORT = 200  # pieces
NEAR = 3  # same sentence, next sentence, further
FIELDS = (*VALUES, *PHRASES)


class QuickLayer(Layer):
    """The same layer, with attention written out for short texts, where that takes a quarter of the time."""

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Give the next states, as `Layer` does."""
        texts, length, _ = x.shape
        q, k, v = (part.view(texts, length, HEADS, -1).transpose(1, 2) for part in self.qkv(x).chunk(3, -1))
        if length < SHORT:
            seen = ((q @ k.transpose(2, 3)) * q.shape[-1] ** -0.5 + mask).softmax(-1).to(v.dtype) @ v
        else:
            seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        x = self.norm(x + self.drop(self.out(seen.transpose(1, 2).reshape(texts, length, WIDTH))))
        return self.norm_2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):  # type: ignore[misc,unused-ignore] # types are checked without torch too
    """Word pieces, shapes and traits to states and tags."""

    def __init__(self, pieces: int, layers: int) -> None:
        """Make an encoder without weights of worth."""
        super().__init__()
        self.word, self.place = nn.Embedding(pieces, WIDTH), nn.Embedding(LONGEST, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, NORM)
        self.layers = nn.ModuleList(QuickLayer() for _ in range(layers))
        self.shape_in, self.trait_in = nn.Embedding(SHAPES, WIDTH), nn.Linear(len(TRAITS), WIDTH, bias=False)
        self.shape_out, self.trait_out = nn.Embedding(SHAPES, SIDE), nn.Linear(len(TRAITS), SIDE, bias=False)
        self.hidden, self.tags, self.phrase_tags = (
            nn.Linear(WIDTH + 2 * SIDE, HIDDEN),
            nn.Linear(HIDDEN, len(TAGS)),
            nn.Linear(HIDDEN, len(PHRASE_TAGS)),
        )
        self.mark = nn.Embedding(1 + len(KINDS), WIDTH)
        self.drop = nn.Dropout(0.1)
        for weight in (self.shape_in.weight, self.trait_in.weight, self.mark.weight):
            nn.init.zeros_(weight)

    def forward(
        self, pieces: Tensor, shapes: Tensor, traits: Tensor, mask: Tensor, marks: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Give states, logits of tags and logits of phrase tags of each piece."""
        x = self.word(pieces) + self.place.weight[: pieces.shape[1]] + self.shape_in(shapes) + self.trait_in(traits)
        if marks is not None:
            x = x + self.mark(marks)
        x = self.drop(self.norm(x))
        added = (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, added)
        side = torch.cat([self.drop(x), self.shape_out(shapes), self.trait_out(traits)], -1)
        side = self.drop(functional.gelu(self.hidden(side)))
        return x, self.tags(side), self.phrase_tags(side)


class Heads(nn.Module):  # type: ignore[misc,unused-ignore] # types are checked without torch too
    """All that is asked about the candidates of one window; states are (pieces, WIDTH)."""

    def __init__(self) -> None:
        """Make heads without weights of worth."""
        super().__init__()
        self.kind, self.candidate = nn.Embedding(len(KINDS), 32), nn.Linear(WIDTH + 32, ROOM)
        self.keys, self.content = nn.Linear(WIDTH, GLANCE), nn.Linear(WIDTH, GLANCE)
        self.ask_one, self.one = nn.Linear(ROOM, GLANCE), nn.Linear(ROOM + GLANCE, ROOM)
        self.parts, self.alone = nn.Linear(ROOM, 1 + len(PARTS)), nn.Linear(ROOM, 1 + len(PARTS))
        self.ask_first, self.ask_second = nn.Linear(ROOM, GLANCE), nn.Linear(ROOM, GLANCE, bias=False)
        self.pair_first, self.pair_second = nn.Linear(ROOM, ROOM), nn.Linear(ROOM, ROOM, bias=False)
        self.both, self.pair_both, self.pair_seen = (
            nn.Linear(ROOM, GLANCE),
            nn.Linear(GLANCE, ROOM, bias=False),
            nn.Linear(GLANCE, ROOM, bias=False),
        )
        self.near, self.links = nn.Embedding(NEAR, ROOM), nn.Linear(ROOM, 1 + len(LINKS))
        self.lean = nn.Parameter(torch.tensor(0.25))
        self.part_in, self.event = nn.Embedding(len(PARTS), ROOM), nn.Linear(ROOM, ROOM)
        self.type_in = nn.Embedding(len(TYPES), ROOM)
        self.ask_event, self.event_seen = nn.Linear(ROOM, GLANCE), nn.Linear(ROOM + GLANCE, ROOM)
        self.status, self.background = nn.Linear(ROOM, len(STATUSES)), nn.Linear(ROOM, 1)
        self.sentence, self.ask_sentence = nn.Linear(WIDTH, GLANCE), nn.Linear(ROOM, GLANCE)
        self.value, self.ask_value = nn.Linear(WIDTH, GLANCE), nn.Linear(ROOM, GLANCE)
        self.field_in = nn.Embedding(len(FIELDS), GLANCE)
        self.field_event, self.field_value, self.field_both = (
            nn.Linear(ROOM, GLANCE),
            nn.Linear(GLANCE, GLANCE, bias=False),
            nn.Linear(GLANCE, GLANCE, bias=False),
        )
        self.field_near = nn.Linear(1, GLANCE, bias=False)
        self.money, self.chosen = nn.Linear(GLANCE, 1 + len(AMOUNTS_OF)), nn.Linear(GLANCE, 1)
        self.none = nn.Linear(ROOM, len(FIELDS) + 1)  # none of each field, and the day of publishing
        self.drop = nn.Dropout(0.15)
        for table in (self.kind, self.near, self.part_in, self.type_in, self.field_in):
            nn.init.normal_(table.weight, std=0.1)

    def look(self, asked: Tensor, keys: Tensor, content: Tensor) -> tuple[Tensor, Tensor]:
        """Look at the text; gives what is seen and the first glance's weights, which are taught to be the evidence's."""
        count, length = asked.shape[0], keys.shape[0]
        q = asked.view(count, GLANCES, -1).transpose(0, 1)
        k, v = (one.view(length, GLANCES, -1).transpose(0, 1) for one in (keys, content))
        weights = ((q @ k.transpose(1, 2)) * (GLANCE // GLANCES) ** -0.5).float().softmax(-1)
        return (weights.to(v.dtype) @ v).transpose(0, 1).reshape(count, GLANCE), weights[0]

    def candidates(self, states: Tensor, mentions: list[list[tuple[int, int]]], kinds: Tensor) -> Tensor:
        """Make the vector of each candidate: the maximum over its mentions of the mean of their pieces, and its kind."""
        pooled = torch.stack([torch.stack([states[b:e].mean(0) for b, e in one]).amax(0) for one in mentions])
        return self.drop(functional.gelu(self.candidate(torch.cat([pooled, self.kind(kinds).to(pooled.dtype)], -1))))

    def unary(self, who: Tensor, keys: Tensor, content: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give logits of parts, of events alone, and the weights of the look."""
        seen, weights = self.look(self.ask_one(who), keys, content)
        x = self.drop(functional.gelu(self.one(torch.cat([who, seen], -1))))
        return self.parts(x), self.alone(x), weights

    def pairs(self, who: Tensor, first: Tensor, second: Tensor, near: Tensor, keys: Tensor, content: Tensor) -> tuple[Tensor, Tensor]:
        """Give logits of links of pairs, without what parts add, and the weights of the look."""
        asked = torch.tanh(self.ask_first(who)[first] + self.ask_second(who)[second])
        seen, weights = self.look(asked, keys, content)
        both = self.both(who)
        x = self.pair_first(who)[first] + self.pair_second(who)[second] + self.pair_both(both[first] * both[second]) + self.pair_seen(seen)
        return self.links(self.drop(functional.gelu(x + self.near(near)))), weights

    def events(self, parties: Tensor, types: Tensor, keys: Tensor, content: Tensor) -> tuple[Tensor, Tensor]:
        """Make the vector of each event out of the mean over its parties of candidate and part, and the weights of the look."""
        x = functional.gelu(self.event(parties) + self.type_in(types))
        seen, weights = self.look(self.ask_event(x), keys, content)
        return self.drop(functional.gelu(self.event_seen(torch.cat([x, seen], -1)))), weights

    def fields(self, event: Tensor, values: Tensor, which: Tensor, near: Tensor) -> tuple[Tensor, Tensor]:
        """Give logits of what each value is of, and of its being the event's, for events (n) and values (m): (n, m, ...)."""
        v = self.value(values)
        x = self.field_event(event)[:, None] + self.field_value(v)[None] + self.field_both(self.ask_value(event)[:, None] * v[None])
        x = self.drop(functional.gelu(x + self.field_in(which)[None] + self.field_near(near[..., None])))
        return self.money(x), self.chosen(x)[..., 0]


class Reader(nn.Module):  # type: ignore[misc,unused-ignore] # types are checked without torch too
    """Encoder and heads."""

    def __init__(self, pieces: int, layers: int) -> None:
        """Make a reader without weights of worth."""
        super().__init__()
        self.encoder, self.heads = Encoder(pieces, layers), Heads()


def new_reader(layers: int) -> Reader:
    """Make a reader with the weights that the tagger starts from."""
    _, rows = vocabulary()
    net = Reader(len(rows), layers)
    given = {name.removeprefix("bert."): value for name, value in load_file(encoder_folder() / "model.safetensors").items()}
    own = net.encoder
    with torch.no_grad():
        own.word.weight.copy_(given["embeddings.word_embeddings.weight"][rows])
        own.place.weight.copy_(
            given["embeddings.position_embeddings.weight"][:LONGEST] + given["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(own.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(own.layers):
            root = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                getattr(layer.qkv, kind).copy_(
                    torch.cat([given[f"{root}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")])
                )
            for module, name in ((layer.out, "attention.output.dense"), (layer.norm, "attention.output.LayerNorm"), (layer.up, "intermediate.dense"), (layer.down, "output.dense"), (layer.norm_2, "output.LayerNorm")):  # fmt: skip
                _copy(module, given, f"{root}.{name}")
    return net


def _copy(module: nn.Module, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
