"""The reference page says what the code does."""

from pathlib import Path

from colibri.networks.memory.failures import KINDS
from colibri.networks.memory.wire import CONTROLS
from colibri.networks.registry import CAPABILITIES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "networks.md").read_text(encoding="utf-8")


def test_every_network_stands_in_the_table_with_its_capabilities():
    rows = {
        cells[0].strip("`"): cells[1:]
        for cells in ([cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines())
        if len(cells) == 7 and cells[0].startswith("`")
    }
    assert set(rows) == set(CAPABILITIES)
    for name, known in CAPABILITIES.items():
        label, characters, *answers = rows[name]
        assert (label, characters.split(" ")[0]) == (known.label, str(known.character_limit))
        said = [known.private_replies, known.keyed_writes, known.listens, known.one_stream]
        assert answers == ["yes" if yes else "no" for yes in said]


def test_every_fault_and_control_of_the_network_in_memory_is_named():
    missing = [
        word for word in (*KINDS, *CONTROLS) if f"`{word}`" not in PAGE and f"world.{word}(" not in PAGE
    ]
    assert missing == []
