"""Runs notebooks through the real kernel, one kernel per notebook, and writes what they printed.

    .venv/bin/python test/notebooks/execute.py --update notebooks/002-matrix-derivative.ipynb   writes the outputs back
    .venv/bin/python test/notebooks/execute.py --into FOLDER notebooks/*.ipynb                  writes copies there

The kernel is the one of share/jupyter (`npm run build`). A cell that fails is an error unless it is tagged
`raises-exception`. What changes from run to run (times, message ids) is not kept.
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ["JUPYTER_PATH"] = str(ROOT / "share" / "jupyter")

import nbformat  # noqa: E402 (JUPYTER_PATH is read on import)
from nbclient import NotebookClient  # noqa: E402
from nbclient.exceptions import CellExecutionError  # noqa: E402

SECONDS_PER_CELL = 60


def execute(path: Path):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="nabla",
        timeout=SECONDS_PER_CELL,
        coalesce_streams=True,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.pop("transient", None)
    notebook.metadata.pop("widgets", None)
    return notebook


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--update", action="store_true", help="write the outputs back in place")
    where.add_argument("--into", type=Path, help="write executed copies into this folder")
    parser.add_argument("notebooks", nargs="+", type=Path)
    options = parser.parse_args()
    for path in options.notebooks:
        try:
            executed = execute(path)
        except CellExecutionError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            return 1
        nbformat.validate(executed)
        target = path if options.update else options.into / path.name
        nbformat.write(executed, target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
