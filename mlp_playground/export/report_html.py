"""A report as one HTML file that needs nothing else: styles and pictures are in it, and it prints well on A4."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from mlp_playground.export.report import Facts, Fields, Grid, Lines, Picture, Pictures, Report, Section, Words

Drawn = Mapping[str, tuple[str, bytes]]
"""Pictures as files, each with its media type, by the names of their views."""

STYLE = """
@page { size: A4; margin: 14mm 16mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.45 Inter, "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif;
  color: #17212b; background: #fff; max-width: 180mm; margin: 10mm auto; padding: 0 4mm;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 0 0 2mm; padding-top: 1mm; border-top: 1px solid #d5dbe1; break-after: avoid; }
p { margin: 0 0 2mm; }
.who { color: #5b6875; display: flex; flex-wrap: wrap; gap: 1mm 8mm; margin-bottom: 3mm; }
.who b { color: #17212b; font-weight: 600; }
.blank { display: inline-block; min-width: 40mm; border-bottom: 1px solid #9ba8b4; }
.sections { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm 8mm; margin-top: 5mm; }
section { grid-column: 1 / -1; min-width: 0; }
section.half { grid-column: auto; }
@media (max-width: 600px) { section.half { grid-column: 1 / -1; } .pictures { flex-direction: column; } }
.pictures { display: flex; gap: 6mm; align-items: flex-start; margin-bottom: 2mm; break-inside: avoid; }
.pictures > div { min-width: 0; }
figure { margin: 0 0 2mm; }
figure img { width: 100%; display: block; }
figcaption, .muted { color: #5b6875; font-size: 9pt; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 4mm; margin: 0; }
dt { color: #5b6875; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; margin-bottom: 2mm;
  break-inside: avoid; }
th, td { padding: 0.8mm 1.5mm; text-align: right; border-bottom: 1px solid #e9edf1; }
th:first-child, td:first-child { text-align: left; }
th { color: #5b6875; font-weight: 400; font-size: 9pt; vertical-align: bottom; }
.line { height: 8mm; border-bottom: 1px solid #9ba8b4; }
footer { color: #5b6875; font-size: 8.5pt; margin-top: 6mm; }
"""
RIGHT, WRONG = "8, 119, 189", "245, 147, 34"
"""The colours of a table's cells: on its diagonal, and beside it."""


def report_html(report: Report, pictures: Drawn) -> bytes:
    """The page, with its pictures. Everything that somebody typed is escaped."""
    title = escape(report.title)
    body = [
        f"<h1>{title}</h1>",
        _who(report.fields),
        f"<p>{escape(report.summary)}</p>",
        '<div class="sections">',
        *(_section(each, pictures) for each in report.sections),
        "</div>",
        "<footer>Made with MLP Playground</footer>",
    ]
    head = f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>{title}</title>'
    page = f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n<style>{STYLE}</style>\n</head>\n'
    return (page + "<body>\n" + "\n".join(body) + "\n</body>\n</html>\n").encode()


def _who(fields: Fields) -> str:
    blank = '<span class="blank">&nbsp;</span>'
    parts = [("Name", fields.name or None), ("Class", fields.group or None), ("Date", fields.date or None)]
    shown = (f"<span>{name}: {blank if value is None else f'<b>{escape(value)}</b>'}</span>" for name, value in parts)
    return f'<div class="who">{"".join(shown)}</div>'


def _section(section: Section, pictures: Drawn) -> str:
    kind = ' class="half"' if section.half else ""
    blocks = "\n".join(_BLOCKS[type(block)](block, pictures) for block in section.blocks)
    return f"<section{kind}>\n<h2>{escape(section.title)}</h2>\n{blocks}\n</section>"


def _words(block: Words, _pictures: Drawn) -> str:
    bold = f"<b>{escape(block.bold)}</b> " if block.bold else ""
    kind = ' class="muted"' if block.muted else ""
    return f"<p{kind}>{bold}{escape(block.text)}</p>"


def _facts(block: Facts, _pictures: Drawn) -> str:
    return "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in block.rows) + "</dl>"


def _grid(block: Grid, _pictures: Drawn) -> str:
    header = "".join(f"<th>{escape(name)}</th>" for name in block.header)
    rows = []
    for i, row in enumerate(block.rows):
        cells = []
        for j, text in enumerate(row):
            shade = block.shades[i][j - 1] if block.shades and j else 0.0
            colour = RIGHT if block.has_diagonal and i == j - 1 else WRONG
            style = f' style="background: rgba({colour}, {0.7 * shade:.3f})"' if shade else ""
            cells.append(f"<td{style}>{escape(text)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>\n<thead><tr>{header}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"


def _pictures(block: Pictures, pictures: Drawn) -> str:
    columns = []
    for column in block.columns:
        wide = column[0].size[0]
        shown = "\n".join(_picture(each, *pictures[each.view]) for each in column)
        columns.append(f'<div style="flex: {wide} 1 0">\n{shown}\n</div>')
    return '<div class="pictures">\n' + "\n".join(columns) + "\n</div>"


def _picture(picture: Picture, kind: str, content: bytes) -> str:
    # as files of their own within the page: parts of two drawings may have the same names
    source, words = f"data:{kind};base64,{base64.b64encode(content).decode()}", escape(picture.words)
    return f'<figure><img alt="{words}" src="{source}"><figcaption>{words}</figcaption></figure>'


def _lines(block: Lines, _pictures: Drawn) -> str:
    return '<div class="line"></div>' * block.n


_BLOCKS: dict[type, Callable[[Any, Drawn], str]] = {
    Words: _words,
    Facts: _facts,
    Grid: _grid,
    Pictures: _pictures,
    Lines: _lines,
}
