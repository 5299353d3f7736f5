"""Draws the plots of docs/reference/planning.md from the figures commands write.

colibri simulate --size collective --language en --out DIR
python scripts/plots.py simulation DIR/simulation.csv docs/images/simulation.svg
python bench/scale.py --sizes 1,10,100 --member-cap 200 > scale.jsonl
python scripts/plots.py scale scale.jsonl docs/images/scale.svg
"""

import argparse
import csv
import json
import math
from pathlib import Path

WIDTH, LEFT, ROW = 640, 170, 26
INK, PLAN, OTHER = "#555e66", "#0b6e4f", "#9aa5ad"


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{words}</text>'


def drawing(height: float, title: str, parts: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img"'
    style = f'font-family="sans-serif" font-size="13" fill="{INK}"'
    return f"{head} {style}><title>{title}</title>\n" + "\n".join(parts) + "\n</svg>\n"


def simulation(source: Path) -> str:
    """Bars: what the message seen least has a day, under each way of boosting."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    most = max(float(row["least"]) for row in rows)
    parts = []
    for place, row in enumerate(rows):
        least, top = float(row["least"]), place * ROW + 8
        wide = (WIDTH - LEFT - 60) * least / most
        ink = PLAN if row["policy"] == "plan" else OTHER
        parts.append(text(LEFT - 8, top + 14, row["policy"].replace("_", " "), "end"))
        parts.append(f'<rect x="{LEFT}" y="{top}" width="{wide:.1f}" height="{ROW - 7}" fill="{ink}"/>')
        parts.append(text(LEFT + wide + 6, top + 14, f"{least:.1f}"))
    return drawing(len(rows) * ROW + 16, "Visibility a day of the message seen least", parts)


def scale(source: Path) -> str:
    """Lines: processor time a follow, as days grow."""
    lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    kinds = {"first_order": ("gains alone", OTHER), "exact": ("overlap and cap counted", PLAN)}
    most = max(line[kind]["nanoseconds_a_follow"] for line in lines for kind in kinds)
    sizes = [math.log10(line["follows"]) for line in lines]
    spread = max(sizes) - min(sizes) or 1.0

    def at(line: dict, kind: str) -> tuple[float, float]:
        across = 60 + (WIDTH - 260) * (math.log10(line["follows"]) - min(sizes)) / spread
        return across, 200 - 170 * line[kind]["nanoseconds_a_follow"] / most

    parts = [f'<path d="M40 200H{WIDTH - 160}" stroke="{INK}"/>']
    parts += [text(at(one, "exact")[0], 220, f"{one['follows'] / 1e6:.1f} M", "middle") for one in lines]
    for kind, (name, ink) in kinds.items():
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(line, kind) for line in lines))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="3"/>')
        for line in lines:
            x, y = at(line, kind)
            parts.append(text(x, y - 8, f"{line[kind]['nanoseconds_a_follow']}", "middle"))
        parts.append(text(at(lines[-1], kind)[0] + 20, at(lines[-1], kind)[1] + 4, name))
    return drawing(228, "Nanoseconds of one processor a follow, by follows", parts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["simulation", "scale"])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    drawn = {"simulation": simulation, "scale": scale}[given.what](given.source)
    given.target.write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
