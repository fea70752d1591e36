"""The pages beside the API: the demo clinic page at ``/`` and the widget's files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sanic import HTTPResponse, Request, Sanic
from sanic.response import empty, raw

from bot.channels.errors import NotFoundError
from bot.channels.headers import page_headers, widget_headers
from bot.channels.static import cache_policy, find

PAGE_FOLDER = Path(__file__).parent / "page"


class Pages:
    """Hands out the files of two folders."""

    def __init__(self, widget_folder: Path, origins: tuple[str, ...]) -> None:
        self._widget_folder = widget_folder
        self._origins = origins

    def attach(self, app: Sanic) -> None:
        """Add the routes."""
        app.add_route(partial(self.index), "/", methods=("GET",), name="index")
        app.add_route(partial(self.embed), "/embed.js", methods=("GET",), name="embed")
        app.add_route(partial(self.widget), "/widget/<name:path>", methods=("GET",), name="widget")
        app.add_route(partial(self.page), "/page/<name:str>", methods=("GET",), name="page")

    async def index(self, request: Request) -> HTTPResponse:
        """The demo clinic page."""
        return _file(request, PAGE_FOLDER, "index.html", page_headers())

    async def page(self, request: Request, name: str) -> HTTPResponse:
        """A file of the demo page."""
        return _file(request, PAGE_FOLDER, name, page_headers())

    async def embed(self, request: Request) -> HTTPResponse:
        """The script that a clinic's page includes."""
        return await self.widget(request, "embed.js")

    async def widget(self, request: Request, name: str) -> HTTPResponse:
        """A file of the widget, once it is built."""
        return _file(request, self._widget_folder, name, widget_headers(self._origins, cache_policy(name)))


def _file(request: Request, folder: Path, name: str, headers: dict[str, str]) -> HTTPResponse:
    found = find(folder, name)
    if found is None:
        raise NotFoundError
    found = found.encoded_for(request.headers.get("accept-encoding", ""))
    headers = {**headers, "ETag": found.tag, "Vary": "Accept-Encoding"}
    # A browser may know several, and a proxy may have made ours a weak one.
    if found.tag in request.headers.get("if-none-match", ""):
        return empty(304, headers)
    if found.encoding:
        headers["Content-Encoding"] = found.encoding
    return raw(found.path.read_bytes(), headers=headers, content_type=found.content_type)
