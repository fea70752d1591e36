"""docs/embedding.md names every attribute of the tag, and the demo page uses the tag as it says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOC = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
ATTRIBUTES = (ROOT / "widget" / "src" / "embed" / "attributes.ts").read_text(encoding="utf-8")
DEMO_PAGE = (ROOT / "bot" / "channels" / "page" / "index.html").read_text(encoding="utf-8")


def test_the_table_lists_the_attributes_that_the_script_reads() -> None:
    (read,) = re.findall(r"const \{(.*?)\} = script\.dataset", ATTRIBUTES)
    names = {f"data-{part.split('=')[0].strip()}" for part in read.split(",")}
    assert set(re.findall(r"^\| `(data-[a-z]+)`", DOC, re.MULTILINE)) == names


def test_the_demo_page_uses_only_attributes_that_the_table_lists() -> None:
    (tag,) = re.findall(r"<script async [^>]*>", DEMO_PAGE)
    assert {f"`{name}`" for name in re.findall(r"data-[a-z]+", tag)} <= set(re.findall(r"`data-[a-z]+`", DOC))
