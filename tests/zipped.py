"""The smallest Word, PowerPoint and e-book files that hold some text."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

OFFICE = "http://schemas.openxmlformats.org"
RELATIONSHIPS = f"{OFFICE}/officeDocument/2006/relationships"


def make_zip(path: Path, parts: Mapping[str, str]) -> Path:
    """Write a zip with these files."""
    with zipfile.ZipFile(path, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def make_docx(path: Path, heading: str, text: str) -> Path:
    """Write a Word file with a heading and a paragraph."""
    name = f'xmlns:w="{OFFICE}/wordprocessingml/2006/main"'
    head = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    body = "".join(
        f"<w:p>{style}<w:r><w:t>{words}</w:t></w:r></w:p>"
        for style, words in ((head, heading), ("", text))
    )
    return make_zip(
        path,
        {
            **_begin_package("word/document.xml", "wordprocessingml.document"),
            "word/document.xml": f"<w:document {name}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relate({}),
        },
    )


def make_pptx(path: Path, *slides: str) -> Path:
    """Write a PowerPoint file with a text a slide."""
    names = (
        f'xmlns:p="{OFFICE}/presentationml/2006/main" xmlns:a="{OFFICE}/drawingml/2006/main"'
        f' xmlns:r="{RELATIONSHIPS}"'
    )
    numbers = range(1, len(slides) + 1)
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="s{number}"/>' for number in numbers)
    return make_zip(
        path,
        {
            **_begin_package("ppt/presentation.xml", "presentationml.presentation"),
            "ppt/presentation.xml": f"<p:presentation {names}><p:sldIdLst>{ids}</p:sldIdLst>"
            "</p:presentation>",
            "ppt/_rels/presentation.xml.rels": _relate(
                {f"s{number}": ("slide", f"slides/slide{number}.xml") for number in numbers}
            ),
            **{
                f"ppt/slides/slide{number}.xml": f"<p:sld {names}><p:cSld><p:spTree><p:sp><p:txBody>"
                f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
                "</p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
                for number, text in zip(numbers, slides, strict=True)
            },
        },
    )


def make_epub(path: Path, title: str, body: str) -> Path:
    """Write an e-book of one chapter."""
    return make_zip(
        path,
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container version="1.0"'
            ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile'
            ' full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
            "c.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="2.0">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title></metadata><manifest>"
            '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
            "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>',
        },
    )


def _begin_package(main: str, kind: str) -> dict[str, str]:
    content = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{content}"/></Types>',
        "_rels/.rels": _relate({"r1": ("officeDocument", main)}),
    }


def _relate(items: Mapping[str, tuple[str, str]]) -> str:
    related = "".join(
        f'<Relationship Id="{id}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for id, (kind, target) in items.items()
    )
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{related}</Relationships>'
