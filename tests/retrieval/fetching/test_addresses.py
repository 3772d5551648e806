"""Addresses in the forms that people write."""

import httpx
import pytest

from retrieval.fetching.addresses import is_address, read_address
from retrieval.fetching.fetch_errors import FetchFailed
from retrieval.fetching.file_name import choose_file_name, clean_file_name
from retrieval.fetching.host_check import is_public

PDF_OF_ATTENTION = "https://arxiv.org/pdf/1706.03762"


@pytest.mark.parametrize(
    ("text", "url", "name"),
    [
        ("arxiv:1706.03762", PDF_OF_ATTENTION, "1706.03762.pdf"),
        ("arXiv: 1706.03762v7", f"{PDF_OF_ATTENTION}v7", "1706.03762v7.pdf"),
        ("1706.03762", PDF_OF_ATTENTION, "1706.03762.pdf"),
        ("https://arxiv.org/abs/1706.03762", PDF_OF_ATTENTION, "1706.03762.pdf"),
        ("http://www.arxiv.org/pdf/1706.03762.pdf", PDF_OF_ATTENTION, "1706.03762.pdf"),
        ("arxiv.org/html/1706.03762v7#S1", f"{PDF_OF_ATTENTION}v7", "1706.03762v7.pdf"),
        ("https://export.arxiv.org/abs/1706.03762?context=cs", PDF_OF_ATTENTION, "1706.03762.pdf"),
        ("https://doi.org/10.48550/arXiv.1706.03762", PDF_OF_ATTENTION, "1706.03762.pdf"),
        ("arxiv:hep-th/9901001", "https://arxiv.org/pdf/hep-th/9901001", "hep-th_9901001.pdf"),
        (
            "https://arxiv.org/abs/math.GT/0309136v1",
            "https://arxiv.org/pdf/math.GT/0309136v1",
            "math.GT_0309136v1.pdf",
        ),
        ("https://host.org/a%20b.pdf#page=3", "https://host.org/a%20b.pdf", "a b.pdf"),
    ],
)
def test_addresses_lead_to_the_pdf(text: str, url: str, name: str):
    address = read_address(text)

    assert (address.url, address.name) == (url, name)


@pytest.mark.parametrize(
    "text",
    ["ftp://host.org/a.pdf", "arxiv:1799.99999x", "https://", "javascript://x", "doi:10.1/2"],
)
def test_what_is_no_address_of_a_pdf_is_refused(text: str):
    assert is_address(text)
    with pytest.raises(FetchFailed) as failed:
        read_address(text)
    assert failed.value.key == "fetching.no_address"


def test_a_password_in_an_address_is_not_shown():
    with pytest.raises(FetchFailed) as failed:
        read_address("https://me:secret@host.org/a.pdf")
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize("text", ["papers", "C:\\papers\\a.pdf", "a/b.pdf", "1706.03762v7.pdf"])
def test_paths_are_no_addresses(text: str):
    assert not is_address(text)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.PDF", "boot.pdf"),
        ("a:b?.pdf", "a_b_.pdf"),
        ("con.pdf", "_con.pdf"),
        (". .", ""),
        ("\u202egnp.pdf", "gnp.pdf"),
        ("x" * 300, "x" * 100 + ".pdf"),
    ],
)
def test_names_of_files_are_harmless(name: str, clean: str):
    assert clean_file_name(name) == clean


def test_a_file_without_a_name_is_called_after_its_server():
    assert choose_file_name(httpx.URL("https://host.org/"), None) == "host.org.pdf"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("2002:7f00:1::", False),
        ("2001:0:1::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::", False),
        ("240.0.0.1", False),
        ("198.18.0.1", False),
        ("fe80::1%eth0", False),
    ],
)
def test_only_addresses_of_the_public_internet_are(address: str, public: bool):
    assert is_public(address) is public
