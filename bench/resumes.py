"""Hostile and honest CVs through the reading process: answer and seconds of each, and memory, as JSON."""

import json
import resource
import time

from colibri.resumes.reading import Problem, read_file
from tests.resumes.files import HOSTILE, docx, pdf_columns, pdf_lines

HONEST = {"PDF": pdf_lines, "PDF in columns": pdf_columns, "Word file": docx}


def main() -> None:
    files = {name: make for name, (make, _) in HOSTILE.items()} | HONEST
    answers = {}
    for name, make in files.items():
        content = make()
        began = time.monotonic()
        try:
            answer = f"{len(read_file(content).lines)} lines"
        except Problem as problem:
            answer = problem.name
        answers[name] = {"answer": answer, "seconds": round(time.monotonic() - began, 2)}
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    slowest = max(one["seconds"] for one in answers.values())
    print(json.dumps({"files": answers, "slowest_seconds": slowest, "most_memory_mb": round(memory)}))


if __name__ == "__main__":
    main()
