"""Converts notebooks to HTML and LaTeX as `jupyter nbconvert` does: export.py FOLDER notebooks/*.ipynb

Prose cells need pandoc on the way to LaTeX. Where there is none they stay Markdown; outputs bring their own LaTeX anyway.
"""

import json
import shutil
import sys
from pathlib import Path

from nbconvert import HTMLExporter, LatexExporter


def without_pandoc(source: str, _from: str, to: str, **_) -> str:
    """Hands the text through, in the shape of pandoc's document between the two halves of a conversion."""
    if to == "json":
        block = {"t": "RawBlock", "c": ["latex", source]}
        return json.dumps({"pandoc-api-version": [1, 23], "meta": {}, "blocks": [block]})
    if _from == "json":
        return "\n\n".join(block["c"][1] for block in json.loads(source)["blocks"])
    return source


def latex_exporter() -> LatexExporter:
    exporter = LatexExporter()
    if shutil.which("pandoc") is None:
        exporter.register_filter("convert_pandoc", without_pandoc)
    return exporter


def main(folder: Path, notebooks: list[Path]) -> None:
    for exporter in (HTMLExporter(), latex_exporter()):
        for notebook in notebooks:
            body, _ = exporter.from_filename(str(notebook))
            (folder / f"{notebook.stem}{exporter.file_extension}").write_text(body, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
