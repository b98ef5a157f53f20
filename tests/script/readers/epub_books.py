"""Small EPUB books, made to order."""

from io import BytesIO
from zipfile import ZipFile

CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
METADATA = (
    "<dc:title>The Lamp</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Bo Roe</dc:creator>"
    "<dc:date>2021-04-05</dc:date><dc:language>en-GB</dc:language>"
    "<dc:description>&lt;p&gt;A &lt;b&gt;tale&lt;/b&gt;.&lt;/p&gt;</dc:description>"
)


def page(body, *, attributes=""):
    head = '<html xmlns:epub="http://www.idpf.org/2007/ops"><head><title>T</title></head>'
    return f"{head}<body {attributes}>{body}</body></html>"


def opf(names, *, metadata=METADATA, manifest="", spine="", after=""):
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names)
    )
    references = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
    return (
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<metadata>{metadata}</metadata><manifest>{items}{manifest}</manifest>"
        f'<spine toc="ncx">{references}{spine}</spine>{after}</package>'
    )


def packed(files):
    archive = BytesIO()
    with ZipFile(archive, "w") as zip_file:
        zip_file.writestr("mimetype", "application/epub+zip")
        for name, content in files.items():
            zip_file.writestr(name, content)
    return archive.getvalue()


def book(bodies, *, files=None, **package):
    """The bytes of a book of pages p0.xhtml, p1.xhtml … with these bodies, and other files of its folder."""
    names = [f"p{n}.xhtml" for n in range(len(bodies))]
    pages = {f"OPS/{name}": body if "<html" in body else page(body) for name, body in zip(names, bodies, strict=True)}
    others = {f"OPS/{name}": content for name, content in (files or {}).items()}
    return packed({"META-INF/container.xml": CONTAINER, "OPS/book.opf": opf(names, **package), **pages, **others})


def contents(*entries):
    """What adds a navigation document with entries (title, target) to a book."""
    lines = "".join(f'<li><a href="{target}">{title}</a></li>' for title, target in entries)
    nav = page(f'<nav epub:type="toc"><ol>{lines}</ol></nav>')
    item = '<item id="nav" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>'
    return {"files": {"nav.xhtml": nav}, "manifest": item}
