"""Makes resources/fonts from the Inter typeface (SIL Open Font License): the letters we use, digits of one width.

A font of our own makes pictures and layouts the same on every machine, and works where none is installed. A
development-time use only: needs fonttools and the folder of Debian's package fonts-inter, for example

    python packaging/make_fonts.py /usr/share/fonts/opentype/inter
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = ("Regular", "SemiBold")
TARGET = Path(__file__).parents[1] / "resources" / "fonts"
# Latin with accents, Greek, punctuation, super- and subscripts, arrows, mathematics, simple shapes
RANGES = (
    (0x20, 0x17F),
    (0x370, 0x3FF),
    (0x2010, 0x2044),
    (0x2070, 0x209C),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
)


def make(source: Path, target: Path) -> None:
    """Write the subset of the font `source` to `target`, its digits replaced by the tabular ones.

    Numbers that change while training then keep their width, so that nothing jumps.
    """
    font = TTFont(source, recalcTimestamp=False)
    substitutes = _single_substitutions(font, "tnum")
    for table in font["cmap"].tables:
        for code, glyph in table.cmap.items():
            if chr(code).isdecimal() or chr(code) in "+−.,":
                table.cmap[code] = substitutes.get(glyph, glyph)
    options = subset.Options(layout_features=["kern", "mark", "ccmp"], name_IDs=["*"], hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)


def _single_substitutions(font: TTFont, tag: str) -> dict[str, str]:
    """Glyph → glyph, as the layout feature `tag` replaces them one for one."""
    table = font["GSUB"].table
    lookups = {
        i
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == tag
        for i in record.Feature.LookupListIndex
    }
    mapping: dict[str, str] = {}
    for index in sorted(lookups):
        for part in table.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(getattr(part, "ExtSubTable", part), "mapping", {}))
    return mapping


def main() -> None:
    """Make every weight."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where Inter-Regular.otf lies")
    folder = parser.parse_args().folder
    for weight in WEIGHTS:
        make(folder / f"Inter-{weight}.otf", TARGET / f"Inter-{weight}.otf")


if __name__ == "__main__":
    main()
