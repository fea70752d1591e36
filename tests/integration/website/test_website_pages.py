"""The demo page and the widget's files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bot.channels import website
from tests.integration.website.conftest import Start, raw_request


@pytest.fixture
def widget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "embed.js").write_text("embed")
    (folder / "index.html").write_text("<p>widget</p>")
    (folder / "assets" / "chat-abc.js").write_text("chat")
    (folder / ".hidden.js").write_text("hidden")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    monkeypatch.setattr(website, "WIDGET_FOLDER", folder)
    return folder


async def test_the_demo_page_says_that_it_is_one_and_loads_only_its_own(start: Start) -> None:
    async with start() as running:
        page = await running.http.get("/")
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "The clinic is not real." in page.text
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert '<script async src="/embed.js" ' in page.text
        for name, content_type in (("mark.svg", "image/svg+xml"), ("style.css", "text/css; charset=utf-8")):
            assert f"/page/{name}" in page.text
            file = await running.http.get(f"/page/{name}")
            assert (file.status_code, file.headers["content-type"]) == (200, content_type)


@pytest.mark.parametrize(
    ("path", "content_type", "cache"),
    [
        ("/embed.js", "text/javascript; charset=utf-8", "public, max-age=300"),
        ("/widget/index.html", "text/html; charset=utf-8", "no-cache"),
        (
            "/widget/assets/chat-abc.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
    ],
)
async def test_the_widgets_files_come_with_type_cache_and_policy(
    start: Start, widget: Path, path: str, content_type: str, cache: str
) -> None:
    async with start(TANDEM_ALLOWED_ORIGINS="https://clinic.example") as running:
        file = await running.http.get(path)
        assert file.status_code == 200
        assert (file.headers["content-type"], file.headers["cache-control"]) == (content_type, cache)
        own = f"http://127.0.0.1:{running.port} http://localhost:{running.port}"
        assert file.headers["content-security-policy"].endswith(f"frame-ancestors 'self' {own} https://clinic.example")
        assert file.headers["cross-origin-resource-policy"] == "cross-origin"
        tag = file.headers["etag"]
        for known in (tag, f"W/{tag}", f'"another", {tag}'):
            again = await running.http.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")


BROTLI = bytes.fromhex("0b0280656d62656403")
"""The word embed, as Node writes it: no package here writes or reads brotli."""
ENCODINGS = [
    ("br", "br"),
    ("gzip", "gzip"),
    ("gzip, deflate, br", "br"),
    ("GZIP;q=1.0, br; q=0", "gzip"),
    ("br;q=0.0, gzip;q=0", None),
    ("deflate, zstd", None),
    ("", None),
]


@pytest.mark.parametrize(("accepted", "sent"), ENCODINGS)
async def test_a_file_comes_in_the_smallest_encoding_that_the_browser_takes(
    start: Start, widget: Path, accepted: str, sent: str | None
) -> None:
    compressed(widget / "embed.js")
    async with start() as running:
        file = await running.http.get("/embed.js", headers={"Accept-Encoding": accepted})
        assert (file.headers.get("content-encoding"), file.headers["vary"]) == (sent, "Accept-Encoding")
        assert file.headers["content-type"] == "text/javascript; charset=utf-8"
        assert file.content == (BROTLI if sent == "br" else b"embed")


async def test_each_encoding_has_a_tag_of_its_own(start: Start, widget: Path) -> None:
    compressed(widget / "embed.js")
    async with start() as running:
        tags = [
            (await running.http.get("/embed.js", headers=accepts(each))).headers["etag"] for each in ("br", "gzip", "")
        ]
        assert len(set(tags)) == 3
        known = await running.http.get("/embed.js", headers={**accepts("br"), "If-None-Match": tags[0]})
        assert (known.status_code, known.headers["vary"]) == (304, "Accept-Encoding")
        assert (await running.http.get("/embed.js", headers={**accepts(""), "If-None-Match": tags[0]})).text == "embed"


async def test_a_file_that_lies_there_uncompressed_only_comes_as_it_is(start: Start, widget: Path) -> None:
    async with start() as running:
        file = await running.http.get("/embed.js", headers=accepts("br, gzip"))
        assert (file.headers.get("content-encoding"), file.headers["vary"], file.text) == (
            None,
            "Accept-Encoding",
            "embed",
        )


async def test_a_compressed_file_has_no_address_of_its_own(start: Start, widget: Path) -> None:
    compressed(widget / "embed.js")
    async with start() as running:
        assert [(await running.http.get(f"/widget/embed.js{end}")).status_code for end in (".br", ".gz")] == [404, 404]


def accepts(encodings: str) -> dict[str, str]:
    return {"Accept-Encoding": encodings}


def compressed(file: Path) -> None:
    """Put beside a file what the widget's build puts there."""
    Path(f"{file}.gz").write_bytes(gzip.compress(file.read_bytes()))
    Path(f"{file}.br").write_bytes(BROTLI)


@pytest.mark.parametrize(
    "path",
    [
        "/widget/../secret.txt",
        "/widget/assets/../../secret.txt",
        "/widget/%2e%2e/secret.txt",
        "/widget/..%2fsecret.txt",
        "/widget/%2e%2e%2fsecret.txt",
        "/widget/..\\secret.txt",
        "/widget//etc/passwd",
        "/widget/link.txt",
        "/widget/.hidden.js",
        "/widget/assets",
        "/widget/",
        "/widget/a%00.js",
        "/widget/missing.js",
        "/page/../website.py",
        "/page/..%2fwebsite.py",
        "/page/missing.js",
    ],
)
async def test_no_name_leads_out_of_the_folder(start: Start, widget: Path, path: str) -> None:
    async with start() as running:
        request = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        assert (await raw_request(running.port, request)).startswith(b"HTTP/1.1 404 ")


async def test_an_unbuilt_widget_is_simply_not_there(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(website, "WIDGET_FOLDER", Path("nowhere"))
    async with start() as running:
        missing = await running.http.get("/embed.js")
        assert (missing.status_code, missing.json()) == (404, {"error": "There is nothing at this address."})
