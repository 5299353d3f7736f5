"""The process that opens a CV: what it gave up before the first byte, and what comes back of it at most."""

import subprocess
import sys

import pytest

from colibri.resumes import child, reading
from colibri.resumes.reading import Problem, read_file
from tests.resumes.files import HOSTILE, LINES, docx, docx_with_links

MEMORY_HEAVY = (
    "PDF that unpacks to 2 GB",
    "12 pages that each unpack to 100 MB",
    "Word file of three million elements",
)


def in_a_process(code: str, content: bytes = b"") -> str:
    """What a program with the child at hand prints last."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"from colibri.resumes import child\n{code}"],
        input=content,
        capture_output=True,
        check=False,
    )
    return (done.stdout or done.stderr).decode().splitlines()[-1]


def test_whoever_reads_a_file_has_given_up_memory_time_files_and_processes():
    names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NPROC")
    told = in_a_process(
        "child.main()\nimport resource\nprint()\n"
        f"print([resource.getrlimit(getattr(resource, name)) for name in {names}])",
        docx(),
    )
    most = (child.MEMORY, child.SECONDS, 0, 0, 0)
    assert told == str([(one, one) for one in most])


def test_more_memory_and_a_written_file_are_refused(tmp_path):
    assert in_a_process("child.confine()\nbytearray(child.MEMORY)").startswith("MemoryError")
    written = f"with open({str(tmp_path / 'x')!r}, 'w') as file: file.write('x')"
    assert in_a_process(f"child.confine()\n{written}").startswith("OSError")


@pytest.mark.parametrize("name", MEMORY_HEAVY)
def test_the_heaviest_files_stay_under_300_mb(name):
    """The most the process ever held, unless it was ended for its time before it could tell."""
    told = in_a_process(
        "child.main()\nprint()\nprint(*[l for l in open('/proc/self/status') if l.startswith('VmHWM')])",
        HOSTILE[name][0](),
    )
    if told.startswith("VmHWM"):
        assert int(told.split()[1]) < 300_000


def test_it_is_told_nothing_of_this_process(monkeypatch, tmp_path):
    """Keys and passwords of the environment stay here."""
    monkeypatch.setenv("COLIBRI_SECRET_KEY", "canary")
    spy = tmp_path / "spy"
    spy.write_text(
        f"#!{sys.executable} -I\nimport json, os, sys\n"
        "print(json.dumps(dict(kind='pdf', pages=1, images=0, columns=False, links=sys.argv[1:],"
        " lines=[f'{k}={v}' for k, v in os.environ.items()])))\n"
    )
    spy.chmod(0o755)
    monkeypatch.setattr(reading.sys, "executable", str(spy))
    read = read_file(b"x")
    assert read.links == ("-I", "-m", "colibri.resumes.child", "fr"), "no path of the environment either"
    assert "canary" not in str(read.lines)


def test_whoever_takes_too_long_is_ended_and_the_next_file_is_read(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(reading, "SECONDS_MOST", 0.001)
        for _ in range(reading.AT_ONCE + 1):
            with pytest.raises(Problem, match="too_slow"):
                read_file(docx())
    assert read_file(docx()).lines == LINES


def test_an_answer_larger_than_any_cv_is_not_looked_at(monkeypatch):
    monkeypatch.setattr(reading, "ANSWER_MOST", 10)
    with pytest.raises(Problem, match="too_heavy"):
        read_file(docx())


def test_of_endless_words_the_first_are_kept():
    read = read_file(docx(["x" * 5_000] * 3_000))
    assert read.lines == ("x" * child.LINE_MOST,) * child.LINES_MOST


def test_links_that_lead_to_no_page_are_left_out():
    targets = ["javascript:alert(1)", "file:///etc/passwd", "https://exemple.fr/a", "mailto:c@exemple.fr"]
    many = [f"https://exemple.fr/{number}" for number in range(100)]
    links = read_file(docx_with_links([*targets, *many])).links
    assert links == ("https://exemple.fr/a", *many[:39])


def test_a_document_attached_to_a_pdf_is_no_larger_than_any_cv():
    """It is packed there: what it unpacks to is told by nothing else."""
    with pytest.raises(child.Refused, match="too_heavy"):
        child.read(b"<Candidate>" + b" " * child.XML_MOST + b"</Candidate>", "fr")


def test_limits_are_those_that_are_promised():
    """Ten seconds and 300 MB, whatever is changed here."""
    assert child.SECONDS < 10
    assert child.MEMORY < 300 * 1000 * 1000
