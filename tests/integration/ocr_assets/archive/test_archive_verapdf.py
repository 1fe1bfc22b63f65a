"""veraPDF, the judge that did not write the file."""

import pikepdf
import pytest
from pikepdf import pdfa

from ocr_assets import verapdf
from ocr_assets.errors import EngineMissing
from ocr_assets.verapdf import VeraPdf
from ocr_assets.verdict import Verdict
from tests.support.scans import jpeg, pdf_of


@pytest.fixture(scope="module")
def judge(toolbox):
    return VeraPdf(toolbox.verapdf_jar, toolbox.java)


def archival(path):
    with pikepdf.open(pdf_of(path, jpeg()), allow_overwriting_input=True) as pdf:
        pdfa.save(pdf, path, "2b")
    return path


def claiming(path):
    """Write a PDF that calls itself PDF/A-2b and is not: it runs a script when opened."""
    with pikepdf.open(archival(path), allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=b"app.beep()")
        pdf.save(path)
    with pikepdf.open(path) as pdf, pdf.open_metadata() as told:
        assert told.pdfa_status == "2B"
    return path


def test_a_false_claim_is_found_out_and_a_true_one_is_believed(judge, tmp_path):
    true, false = archival(tmp_path / "true.pdf"), claiming(tmp_path / "false.pdf")
    assert judge.judge([true, false]) == {true: Verdict.PASSED, false: Verdict.FAILED}


def test_what_is_no_pdf_gets_no_verdict_and_takes_nobody_with_it(judge, tmp_path):
    good = archival(tmp_path / "line\nfeed and blanks.pdf")
    empty, text = tmp_path / "empty.pdf", tmp_path / "text.pdf"
    empty.write_bytes(b"")
    text.write_bytes(b"hello")
    assert judge.judge([empty, good, text]) == {
        empty: Verdict.NOT_JUDGED,
        good: Verdict.PASSED,
        text: Verdict.NOT_JUDGED,
    }


def test_a_judge_out_of_time_has_not_judged(toolbox, tmp_path):
    hurried = VeraPdf(toolbox.verapdf_jar, toolbox.java, start_seconds=0.05, seconds_per_file=0.0)
    good = archival(tmp_path / "a.pdf")
    assert hurried.judge([good]) == {good: Verdict.NOT_JUDGED}


def test_a_judge_out_of_memory_has_not_judged(toolbox, tmp_path):
    poor = VeraPdf(toolbox.verapdf_jar, toolbox.java, heap_mb=3)
    good = archival(tmp_path / "a.pdf")
    assert poor.judge([good]) == {good: Verdict.NOT_JUDGED}


def test_a_missing_judge_is_an_error_that_names_the_remedy(toolbox, tmp_path):
    with pytest.raises(EngineMissing, match=r"veraPDF.*kho setup"):
        VeraPdf(tmp_path / "no.jar", toolbox.java).judge([tmp_path / "a.pdf"])


def test_nobody_is_judged_without_files(judge):
    assert judge.judge([]) == {}


def test_the_right_bytes_are_not_fetched_twice(toolbox):
    before = toolbox.verapdf_jar.stat().st_mtime_ns
    verapdf.install(toolbox.verapdf_jar)
    assert toolbox.verapdf_jar.stat().st_mtime_ns == before


def test_unknown_bytes_are_not_installed(tmp_path, monkeypatch):
    class Other:
        def __init__(self, **where):
            self._cache = where["repo_cache"]

        def project(self, *_):
            return self

        at_version = artifact = project

        def resolve(self):
            path = self._cache / "greenfield.jar"
            path.write_bytes(b"something else")
            return path

    monkeypatch.setattr("jgo.maven.MavenContext", Other)
    with pytest.raises(EngineMissing, match="unknown bytes"):
        verapdf.install(tmp_path / "verapdf" / "a.jar")
    assert list((tmp_path / "verapdf").iterdir()) == []
