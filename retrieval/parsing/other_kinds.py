"""Kinds of files that are passed over below folders, as they are told."""

from collections.abc import Mapping

from language.catalogue import write_text

GROUPS = {
    "library.pictures": ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .svg .heic".split(),
    "library.sheets": ".xlsx .xls .xlsm .csv .tsv .ods".split(),
    "library.hangul": ".hwp .hwpx".split(),
    "library.writings": ".doc .rtf .odt .pages .tex .ppt .odp .key .ps".split(),
    "library.archives": ".zip .tar .gz .tgz .7z .rar .xz .bz2".split(),
    "library.recordings": ".mp3 .wav .m4a .mp4 .mov .avi .mkv".split(),
}
OTHERS = "library.others"
# Suffixes of a group that are named.
MOST_NAMED = 6


def describe_other_kinds(counts: Mapping[str, int]) -> str:
    """One sentence on files that are passed over, by their suffixes; empty where there are none."""
    if not counts:
        return ""
    known = {suffix: group for group, suffixes in GROUPS.items() for suffix in suffixes}
    found: dict[str, dict[str, int]] = {}
    for suffix, count in sorted(counts.items()):
        found.setdefault(known.get(suffix, OTHERS), {})[suffix] = count
    parts = [
        write_text(group, count=sum(found[group].values()), suffixes=_list_suffixes(found[group]))
        for group in (*GROUPS, OTHERS)
        if group in found
    ]
    return write_text("library.passed_over", kinds=", ".join(parts))


def _list_suffixes(suffixes: Mapping[str, int]) -> str:
    named = [suffix or write_text("library.no_suffix") for suffix in suffixes]
    return " ".join([*named[:MOST_NAMED], *["…"][: len(named) > MOST_NAMED]])
