"""Kinds of files that are passed over below folders, as they are told."""

from collections.abc import Mapping

from language.catalogue import Language, write_text

GROUPS = {
    "kinds.pictures": ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .svg .heic".split(),
    "kinds.sheets": ".xlsx .xls .xlsm .csv .tsv .ods".split(),
    "kinds.hangul": ".hwp .hwpx".split(),
    "kinds.writings": ".doc .rtf .odt .pages .tex .ppt .odp .key .ps".split(),
    "kinds.archives": ".zip .tar .gz .tgz .7z .rar .xz .bz2".split(),
    "kinds.recordings": ".mp3 .wav .m4a .mp4 .mov .avi .mkv".split(),
}
OTHERS = "kinds.others"
# Suffixes of a group that are named.
MOST_NAMED = 6


def describe_other_kinds(counts: Mapping[str, int], language: Language | None = None) -> str:
    """One sentence on files that are passed over, by their suffixes; empty where there are none."""
    if not counts:
        return ""
    known = {suffix: group for group, suffixes in GROUPS.items() for suffix in suffixes}
    found: dict[str, dict[str, int]] = {}
    for suffix, count in sorted(counts.items()):
        found.setdefault(known.get(suffix, OTHERS), {})[suffix] = count
    parts = [
        write_text(
            group,
            language=language,
            count=sum(found[group].values()),
            suffixes=_list_suffixes(found[group], language),
        )
        for group in (*GROUPS, OTHERS)
        if group in found
    ]
    return write_text("kinds.passed_over", language=language, kinds=", ".join(parts))


def _list_suffixes(suffixes: Mapping[str, int], language: Language | None) -> str:
    named = [suffix or write_text("kinds.no_suffix", language=language) for suffix in suffixes]
    return " ".join([*named[:MOST_NAMED], *["…"][: len(named) > MOST_NAMED]])
