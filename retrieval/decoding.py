"""Bytes of a text file as letters, whichever of the usual encodings they are in."""

from retrieval.errors import UnreadableFile

# UTF-8 with or without its mark; what Korean Windows writes; each refuses what it did not write.
ENCODINGS = ("utf-8-sig", "cp949")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode_text(data: bytes) -> str:
    """The text that bytes are, in UTF-8, UTF-16 with a mark or CP949; UnreadableFile for none."""
    encodings = ("utf-16",) if data.startswith(UTF_16_MARKS) else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile("reading.not_text")
