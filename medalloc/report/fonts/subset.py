"""Cuts the board pack's fonts from Noto Sans CJK: python -m medalloc.report.fonts.subset (needs fonttools)."""

from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent
SOURCE = "/usr/share/fonts/opentype/noto/NotoSansCJK-{weight}.ttc"
"""As Debian's package fonts-noto-cjk has it."""

LATIN = (
    *((0x20, 0x7F), (0xA0, 0x250), (0x370, 0x460), (0x1E00, 0x1F00)),
    *((0x2010, 0x2040), (0x2070, 0x2095), (0x20A0, 0x20C0), (0x2100, 0x2150), (0x2150, 0x218C)),
    *((0x2190, 0x21A0), (0x2200, 0x2270), (0x25A0, 0x25D0), (0x3000, 0x3020), (0xFF00, 0xFFEF)),
)
"""European letters, and signs, as first and one after the last."""


def gb2312(rows: Iterable[int]) -> set[str]:
    """Return the characters of rows of GB 2312: 16 to 55 the frequent ones, 56 to 87 those of places and names."""
    pairs = (bytes([0xA0 + row, 0xA0 + cell]) for row in rows for cell in range(1, 95))
    return {pair.decode("gb2312", "ignore") for pair in pairs} - {""}


def main() -> None:
    """Write both fonts, and which characters the regular one has."""
    from fontTools import subset
    from fontTools.ttLib import TTCollection

    catalogue = set((FOLDER.parents[1] / "ui/locale/zh_CN/LC_MESSAGES/medalloc.po").read_text(encoding="utf-8"))
    signs = {chr(code) for first, end in LATIN for code in range(first, end)} | catalogue | gb2312(range(1, 10))
    # headings are mostly our own words; a character that bold lacks is taken from the regular font
    for weight, characters in (("Regular", signs | gb2312(range(16, 88))), ("Bold", signs)):
        fonts = TTCollection(SOURCE.format(weight=weight)).fonts
        font = next(each for each in fonts if each["name"].getDebugName(4).startswith("Noto Sans CJK SC"))
        options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"])
        options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "pwid"]
        options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(each) for each in characters])
        cutter.subset(font)
        font.save(FOLDER / f"NotoSansCJKsc-{weight}-subset.otf")
        if weight == "Regular":
            known = "".join(map(chr, sorted(font.getBestCmap())))
            lines = (known[start : start + 80] for start in range(0, len(known), 80))
            (FOLDER / "characters.txt").write_text("\n".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
