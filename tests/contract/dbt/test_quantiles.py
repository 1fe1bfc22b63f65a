"""The quantiles a forecast goes by are those of Student's t."""

import csv
import math
from pathlib import Path

SEED = Path(__file__).parents[3] / "dbt_project" / "seeds" / "list_t_quantiles.csv"


def share_within(quantile, degrees, steps=20_000):
    """Integrate the density of Student's t from -quantile to quantile, by Simpson's rule."""
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2))
    scale /= math.sqrt(degrees * math.pi)
    width = quantile / steps

    def density(x):
        return scale * (1 + x * x / degrees) ** (-(degrees + 1) / 2)

    inner = sum((4 if step % 2 else 2) * density(step * width) for step in range(1, steps))
    return 2 * width / 3 * (density(0) + inner + density(quantile))


def quantiles():
    with SEED.open(encoding="utf-8", newline="") as file:
        return {int(r["degrees_of_freedom"]): float(r["quantile"]) for r in csv.DictReader(file)}


def test_quantiles_leave_five_in_a_hundred_outside():
    found = quantiles()
    assert list(found) == list(range(1, 31))
    for degrees, quantile in found.items():
        assert abs(share_within(quantile, degrees) - 0.95) < 0.0001, degrees


def test_the_integral_tells_a_wrong_quantile():
    assert abs(share_within(quantiles()[3] + 0.05, 3) - 0.95) > 0.0001
