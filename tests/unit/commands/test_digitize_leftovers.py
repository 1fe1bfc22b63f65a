"""What a killed `kho digitize` left behind goes with the next one; what another is at stays."""

import os
import tempfile

from commands import digitize


def test_folders_of_killed_commands_are_removed_and_those_of_living_ones_kept(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = tmp_path / "kho-digitize-4194305-abc"  # above the highest number a process can have
    alive = tmp_path / f"kho-digitize-{os.getpid()}-abc"
    foreign = tmp_path / "kho-digitize-notes"
    for folder in (dead, alive, foreign):
        folder.mkdir()
        (folder / "page-00001.json").write_text("{}")
    digitize._sweep()
    assert sorted(tmp_path.iterdir()) == sorted([alive, foreign])
