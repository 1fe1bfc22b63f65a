"""Whoever only asks which gates there are does not wait for Great Expectations to load."""

import subprocess
import sys


def test_naming_the_gates_loads_no_great_expectations():
    asked = (
        "import sys; from expectations.suites import GATES; assert GATES;"
        "print('great_expectations' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
