"""Single handwritten digits: a small network over gradients, trained on MNIST.

`python -m ocr_assets.digits MNIST OUT` trains it from the folder of the four MNIST files.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "data" / "digits.npz"

_SIDE, _BODY = 28, 20  # a digit's body fills 20 of 28 pixels
_HIDDEN, _EPOCHS, _BATCH = 96, 12, 256
_CELL, _TURNS = 4, 8  # gradients are gathered in cells of 4 x 4 pixels, in 8 directions
_CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))

Ink = NDArray[np.uint8]  # 255 is ink, 0 is paper
Floats = NDArray[np.float32]


class DigitClassifier:
    """Says how likely a piece of ink is each of the ten digits."""

    def __init__(self, file: Path = SHIPPED) -> None:
        with np.load(file) as data:
            self._layers = [data[name].astype(np.float32) for name in ("w1", "b1", "w2", "b2")]

    def log_probabilities(self, pieces: list[Ink]) -> Floats:
        """Return one row of ten log probabilities for each piece."""
        if not pieces:
            return np.zeros((0, 10), np.float32)
        w1, b1, w2, b2 = self._layers
        hidden = np.maximum(_features(pieces) @ w1 + b1, 0)
        scores = hidden @ w2 + b2
        return np.asarray(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True), np.float32)


def _features(pieces: Sequence[Ink]) -> Floats:
    """Return histograms of oriented gradients, a row a piece."""
    return np.concatenate([_gradients_of(pieces[i : i + 512]) for i in range(0, len(pieces), 512)])


def _gradients_of(pieces: Sequence[Ink]) -> Floats:
    images = np.stack([_framed(piece) for piece in pieces]).astype(np.float32) / 255
    down, across = np.gradient(images, axis=(1, 2))
    turn = (np.arctan2(down, across) % np.pi) / np.pi * _TURNS
    low, share = np.floor(turn).astype(np.int64) % _TURNS, (turn % 1).astype(np.float32)
    strength = np.hypot(across, down)
    cells = _SIDE // _CELL
    votes = np.zeros((len(images), cells, _CELL, cells, _CELL, _TURNS), np.float32)
    flat = votes.reshape(len(images), _SIDE, _SIDE, _TURNS)
    np.put_along_axis(flat, low[..., None], (strength * (1 - share))[..., None], axis=3)
    rest = np.zeros_like(flat)
    np.put_along_axis(rest, ((low + 1) % _TURNS)[..., None], (strength * share)[..., None], axis=3)
    grid = (flat + rest).reshape(votes.shape).sum(axis=(2, 4))
    blocks = np.concatenate([grid[:, i : cells - 1 + i, j : cells - 1 + j] for i, j in _CORNERS], 3)
    norm = np.linalg.norm(blocks, axis=3, keepdims=True)
    return np.asarray((blocks / (norm + 0.1)).reshape(len(images), -1), np.float32)


def _framed(ink: Ink) -> Ink:
    """Return the ink cut out, scaled to the body's size and centred."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    frame = np.zeros((_SIDE, _SIDE), np.uint8)
    if not len(rows):
        return frame
    body = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = _BODY / max(body.shape)
    width, height = (max(1, round(n * scale)) for n in (body.shape[1], body.shape[0]))
    small = cv2.resize(body, (width, height), interpolation=cv2.INTER_AREA)
    left, top = (_SIDE - width) // 2, (_SIDE - height) // 2
    frame[top : top + height, left : left + width] = small
    return frame


def train(folder: Path, out: Path) -> float:
    """Train on MNIST, write the network to ``out`` and return its accuracy on MNIST's tests."""
    random = np.random.default_rng(1)
    images, labels = _mnist(folder, "train")
    drawn = [_as_written_here(i, int(d), random) for i, d in zip(images, labels, strict=True)]
    features = _features([*images, *drawn])
    layers = _fit(features, np.concatenate([labels, labels]), random)
    w1, b1, w2, b2 = (layer.astype(np.float16) for layer in layers)
    np.savez_compressed(out, w1=w1, b1=b1, w2=w2, b2=b2)
    tests, truth = _mnist(folder, "t10k")
    guesses = DigitClassifier(out).log_probabilities(list(tests)).argmax(axis=1)
    return float((guesses == truth).mean())


def _mnist(folder: Path, part: str) -> tuple[Ink, NDArray[np.int64]]:
    images = np.frombuffer((folder / f"{part}-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    labels = np.frombuffer((folder / f"{part}-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    return images.reshape(-1, _SIDE, _SIDE), labels.astype(np.int64)


def _as_written_here(image: Ink, digit: int, random: np.random.Generator) -> Ink:
    """Return a digit leaning and stroked anew: a 1 with its long up-stroke, a 7 with its bar."""
    image = image.copy()
    rows, columns = np.nonzero(image > 128)
    if len(rows) and digit in (1, 7):
        top, bottom = int(rows.min()), int(rows.max())
        middle = int(columns[rows == top].mean()) if digit == 1 else int(columns.mean())
        if digit == 1:
            reach = int(random.integers(4, 10))
            foot = top + int(random.integers(3, max(4, int(0.8 * (bottom - top)))))
            cv2.line(image, (middle, top), (max(0, middle - reach), foot), 255, 2)
        elif random.random() < 0.6:
            height = (top + bottom) // 2
            cv2.line(image, (middle - 5, height), (middle + 5, height), 255, 2)
    lean, turn = random.uniform(-0.35, 0.2), random.uniform(-0.12, 0.12)
    matrix = np.array([[1, lean, -14 * lean], [turn, 1, -14 * turn]], np.float32)
    image = np.asarray(cv2.warpAffine(image, matrix, (_SIDE, _SIDE)), np.uint8)
    if random.random() < 0.3:
        image = np.asarray(cv2.dilate(image, np.ones((2, 2), np.uint8)), np.uint8)
    return image


def _fit(features: Floats, labels: NDArray[np.int64], random: np.random.Generator) -> list[Floats]:
    """Return the layers of a network with one hidden layer, fitted by Adam."""
    width = features.shape[1]
    layers = [
        random.normal(0, (2 / width) ** 0.5, (width, _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, np.float32),
        random.normal(0, (2 / _HIDDEN) ** 0.5, (_HIDDEN, 10)).astype(np.float32),
        np.zeros(10, np.float32),
    ]
    first, second = ([np.zeros_like(p) for p in layers] for _ in range(2))
    step = 0
    for epoch in range(_EPOCHS):
        rate = 2e-3 * 0.5 ** (epoch / 3)
        for batch in np.array_split(random.permutation(len(labels)), len(labels) // _BATCH):
            step += 1
            for i, gradient in enumerate(_gradients(layers, features[batch], labels[batch])):
                first[i] = 0.9 * first[i] + 0.1 * gradient
                second[i] = 0.999 * second[i] + 0.001 * gradient**2
                mean, spread = first[i] / (1 - 0.9**step), second[i] / (1 - 0.999**step)
                layers[i] -= (rate * mean / (np.sqrt(spread) + 1e-8)).astype(np.float32)
    return layers


def _gradients(layers: list[Floats], x: Floats, labels: NDArray[np.int64]) -> list[Floats]:
    w1, b1, w2, b2 = layers
    hidden = np.maximum(x @ w1 + b1, 0)
    scores = hidden @ w2 + b2
    error = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    error[np.arange(len(labels)), labels] -= 1
    error /= len(labels)
    back = (error @ w2.T) * (hidden > 0)
    return [x.T @ back + 1e-4 * w1, back.sum(0), hidden.T @ error + 1e-4 * w2, error.sum(0)]


if __name__ == "__main__":
    accuracy = train(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(f"{accuracy:.4f} of MNIST's test digits read right\n")
