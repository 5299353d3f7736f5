"""Small tables for `colibri plan`."""

from pathlib import Path

TABLES = {
    "relays.csv": "id,budget,attention\nr1,2,0.2\nr2,,\nr3,1,\n",
    "follows.csv": "relay,member,family,region,recruiter\nr1,lea,J,11,1\nr1,ali,,1,\nr2,lea,,,\nr2,zoe,,,0\n",
    "appeals.csv": "id,cap,prior,family,region\na1,2,1.5,J1501,11\na2,,,,\n",
}


def fill(folder: Path, **changed: str | bytes) -> Path:
    """Write the tables, some of them changed, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (TABLES | changed).items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
