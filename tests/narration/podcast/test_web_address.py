"""URIs of addresses, by the examples of RFC 3987 and UTS 46."""

import pytest

from narration.podcast.web_address import uri


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a%20b?c=d&e#f", "https://example.org/a%20b?c=d&e#f"),
        ("https://bücher.example/ö?ü=é#ß", "https://xn--bcher-kva.example/%C3%B6?%C3%BC=%C3%A9#%C3%9F"),
        ("http://me@日本.例え:8080/語", "http://me@xn--wgv71a.xn--r8jz45g:8080/%E8%AA%9E"),
        ("https://Faß.example", "https://xn--fa-hia.example"),
        ("https://a_b.example/", "https://a_b.example/"),
        ("http://[::1]:8000/é", "http://[::1]:8000/%C3%A9"),
        ("", ""),
    ],
)
def test_address_is_written_in_ascii(address: str, written: str) -> None:
    assert uri(address) == written
    assert uri(written) == written


@pytest.mark.parametrize("address", ["https://a☃.example/", f"https://é{'x' * 70}.example/", "https://[1:é/"])
def test_host_that_no_address_can_have_is_refused(address: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its words are those of the libraries
        uri(address)
