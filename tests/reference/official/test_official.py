"""Official data: real files read, broken ones refused with the reason, the former version kept."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from colibri.reference.official import (
    SOURCES,
    STEPS,
    Damaged,
    Store,
    Unusable,
    read_source,
    reading,
    version_of,
)

WHEN = "2026-11-26T08:00:00+00:00"
NAF = "Code;Libellé\nA;Agriculture\n01.11Z;Culture de céréales\n"


def small(name, least=1):
    """A source that takes as few rows as a test has."""
    source = SOURCES[name]
    return replace(source, tables=tuple(replace(table, least=least) for table in source.tables))


@pytest.fixture
def naf(tmp_path):
    path = tmp_path / "naf_2025.csv"
    path.write_text(NAF, encoding="utf-8")
    return path


def refused(source, path):
    """Why a source is refused."""
    with pytest.raises(Unusable) as fault:
        read_source(source, path)
    return fault.value


SAMPLES = {
    "esco_fr": (
        "occupations_fr.csv",
        "conceptType,conceptUri,iscoGroup,code,preferredLabel,altLabels\n"
        "Occupation,http://data.europa.eu/esco/occupation/a-1,2166,2166.1,graphiste,"
        '"designer\ninfographiste"\n',
        ("occupations", {"uri": "http://data.europa.eu/esco/occupation/a-1", "isco": "2166"}),
    ),
    "communes": (
        "v_commune_2025.csv",
        "TYPECOM,COM,REG,DEP,LIBELLE\nCOM,69123,84,69,Lyon\nARM,69381,84,69,Lyon 1er\n"
        "COM,2A004,94,2A,Ajaccio\n",
        ("communes", {"code": "69123", "label": "Lyon"}),
    ),
    "density": ("grille_densite.csv", "CODGEO;DENS7\n69123;1\n", ("density", {"density": "1"})),
    "districts": (
        "liste_qpv_2024.csv",
        "code_qp;lib_qp;insee_com\nQN06901M;Quartier Exemple;69123\n",
        ("districts", {"code": "QN06901M"}),
    ),
    "naf": ("naf.csv", NAF, ("activities", {"code": "A"})),
}


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_file_laid_out_as_its_publisher_says_is_read(tmp_path, name):
    """Fictional rows under the published headings; whole values, also over several lines."""
    file, content, (table, first) = SAMPLES[name]
    path = tmp_path / file
    path.write_text(content, encoding="utf-8-sig")
    rows = read_source(small(name), path)[table]
    assert first.items() <= rows[0].items()


def test_former_communes_and_quarters_are_left_out(tmp_path):
    """Only what is a commune today counts."""
    path = tmp_path / "v_commune_2025.csv"
    path.write_text(SAMPLES["communes"][1], encoding="utf-8")
    assert [row["code"] for row in read_source(small("communes"), path)["communes"]] == ["69123", "2A004"]


def test_the_real_rome_and_crosswalk_are_read():
    """The official files as they are, from a folder and from a zip."""
    folder = os.environ.get("COLIBRI_REFERENCE_DATA")
    if not folder:
        pytest.skip("COLIBRI_REFERENCE_DATA is not set: the official files are not at hand")
    rome = read_source(SOURCES["rome"], Path(folder) / "rome")
    assert (len(rome["titles"]), len(rome["codes"])) == (13_120, 1_584)
    assert {row["code"] for row in rome["titles"]} <= {row["code"] for row in rome["codes"]}
    assert version_of(Path(folder) / "rome") == "460"
    assert len(read_source(SOURCES["crosswalk"], Path(folder) / "linking")["pairs"]) == 9_683


def test_files_are_found_in_a_zip(tmp_path, naf):
    """A zip is looked into, whatever folders it holds."""
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(naf, "deep/er/naf_2025.csv")
    assert len(read_source(small("naf"), tmp_path / "all.zip")["activities"]) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"Code;Titre\nA;x\n", "no_column"),
        (b"Code;Libell\xe9\nA;x\n", "not_utf8"),
        ("Code;Libellé\nZZ9;x\n".encode(), "bad_value"),
        ("Code;Libellé\nA\n".encode(), "short_row"),
        ("Code;Libellé\n".encode(), "too_few"),
    ],
)
def test_a_file_that_cannot_be_what_it_should_is_refused_with_the_reason(tmp_path, content, reason):
    """Empty, changed, of another encoding, with values that cannot be, cut short: nothing is guessed."""
    path = tmp_path / "naf.csv"
    path.write_bytes(content)
    assert refused(small("naf"), path).reason == reason


def test_too_few_rows_are_taken_for_a_broken_file(naf):
    """A source has at least as many rows as it has ever had, about."""
    assert refused(SOURCES["naf"], naf).words["rows"] == 2


def test_what_is_no_file_and_no_zip_is_said(tmp_path):
    """A path that leads nowhere, a zip that is none, a folder without the table."""
    assert refused(small("naf"), tmp_path / "nowhere").reason == "no_file"
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 cut")
    assert refused(small("naf"), tmp_path / "cut.zip").reason == "bad_zip"
    (tmp_path / "folder").mkdir()
    assert refused(small("naf"), tmp_path / "folder").reason == "no_table"


def test_a_wrong_checksum_is_noticed_and_a_right_one_passes(tmp_path, naf):
    """`SHA256SUMS` beside the files is held against them."""
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{'0' * 64}  {naf.name}\n", encoding="utf-8")
    assert refused(small("naf"), naf).reason == "wrong_sum"
    sums.write_text(f"{hashlib.sha256(naf.read_bytes()).hexdigest()} *{naf.name}\n", encoding="utf-8")
    assert read_source(small("naf"), naf)


def test_of_files_that_share_a_name_the_one_with_the_columns_is_read(tmp_path, naf):
    """Publishers put correspondence tables beside: which is meant tells its first line."""
    (tmp_path / "a_naf_changements.csv").write_text("Ancien;Nouveau\nA;B\n", encoding="utf-8")
    assert len(read_source(small("naf"), tmp_path)["activities"]) == 2


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_larger_than_any_source_is_refused_before_it_is_read(tmp_path, naf, monkeypatch, packed):
    """A zip by what it says it unpacks to."""
    monkeypatch.setattr(reading, "LARGEST", naf.stat().st_size - 1)
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(naf, "naf_2025.csv")
    assert refused(small("naf"), tmp_path / "all.zip" if packed else naf).reason == "too_large"


def test_a_zip_whose_inside_is_damaged_is_refused(tmp_path, naf):
    """Its list is whole, what it lists is not."""
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(naf, "naf_2025.csv")
    path.write_bytes(path.read_bytes().replace(b"Agriculture", b"Agricultura"))
    assert refused(small("naf"), path).reason == "bad_zip"


def kept(store, naf, **more):
    return store.keep(small("naf"), read_source(small("naf"), naf), version="1", read_at=WHEN, **more)


def test_what_was_kept_is_there_with_its_version_date_and_size(tmp_path, naf):
    """Nothing is there before; the rows afterwards are those read."""
    store = Store(tmp_path / "store")
    assert store.held("naf") is store.rows("naf") is None
    told = kept(store, naf)
    assert store.held("naf") == told
    assert (told.version, told.read_at, told.rows) == ("1", WHEN, 2)
    assert store.rows("naf") == read_source(small("naf"), naf)


@pytest.mark.parametrize("broken", STEPS)
def test_interrupted_at_any_step_the_former_version_serves(tmp_path, naf, broken):
    """A fault before each step leaves a whole version that counts, and the next try goes through."""
    store = Store(tmp_path / "store")
    kept(store, naf)
    former = store.rows("naf")
    naf.write_text(NAF + "01.12Z;Culture du riz\n", encoding="utf-8")

    def stop(step):
        if step == broken:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept(store, naf, step=stop)
    assert not list((tmp_path / "store" / "naf").glob("incoming-*")), "no half is left behind"
    now = Store(tmp_path / "store").rows("naf")
    assert now == (former if broken != "clear" else read_source(small("naf"), naf))
    kept(store, naf)
    assert len(store.rows("naf")["activities"]) == 3
    assert not list((tmp_path / "store" / "naf").glob("incoming-*"))


KILLED = """
import os, sys
from dataclasses import replace
from pathlib import Path
from colibri.reference.official import SOURCES, Store
source = replace(SOURCES["naf"], tables=tuple(replace(one, least=1) for one in SOURCES["naf"].tables))
rows = {"activities": [{"code": "A", "label": "Nouvelle"}] * 2}
stop = lambda step: os._exit(9) if step == sys.argv[2] else None
Store(Path(sys.argv[1])).keep(source, rows, version="2", read_at="2026-11-27", step=stop)
"""


@pytest.mark.parametrize("broken", STEPS)
def test_killed_at_any_step_the_former_version_serves(tmp_path, naf, broken):
    """Nothing can tidy up behind a process that is killed; the next one does."""
    store = Store(tmp_path / "store")
    kept(store, naf)
    former = store.rows("naf")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "store"), broken], check=False)
    assert killed.returncode == 9
    serves = store.rows("naf")
    assert (serves == former) is (broken != "clear")
    assert serves in (former, {"activities": [{"code": "A", "label": "Nouvelle"}] * 2})
    kept(store, naf)
    assert store.rows("naf") == former
    assert not list((tmp_path / "store" / "naf").glob("incoming-*"))


def test_far_fewer_rows_than_before_are_refused_unless_forced(tmp_path, naf):
    """A file that lost a fifth of its rows is sooner broken than right."""
    store = Store(tmp_path / "store")
    naf.write_text(NAF + "".join(f"01.{n}Z;x\n" for n in range(10, 20)), encoding="utf-8")
    kept(store, naf)
    naf.write_text(NAF, encoding="utf-8")
    with pytest.raises(Unusable, match="shrunk"):
        kept(store, naf)
    assert store.held("naf").rows == 12
    assert kept(store, naf, force=True).rows == store.held("naf").rows == 2


def test_a_damaged_version_is_never_served(tmp_path, naf):
    """One bit on the disk, and the rows are refused."""
    store = Store(tmp_path / "store")
    kept(store, naf)
    file = next((tmp_path / "store" / "naf").glob("v-*/rows.json.gz"))
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with pytest.raises(Damaged):
        store.rows("naf")


def test_the_version_before_stays_and_older_ones_go(tmp_path, naf):
    """Two versions are enough to go back one."""
    store = Store(tmp_path / "store")
    for number in range(4):
        naf.write_text(NAF + f"01.1{number}Z;x\n", encoding="utf-8")
        kept(store, naf)
    assert len(list((tmp_path / "store" / "naf").glob("v-*"))) == 2
    kept(store, naf)  # the same again is no further version
    assert len(list((tmp_path / "store" / "naf").glob("v-*"))) == 2
    assert json.loads(json.dumps(store.rows("naf")))
