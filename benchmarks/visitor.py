"""A visitor without a browser: speaks to a server as Streamlit's page does, protobuf messages over a WebSocket."""

from __future__ import annotations

import time
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

LARGEST = 64 << 20
TEXTS = ("markdown", "heading", "alert", "text")


@dataclass
class Visitor:
    """Somebody on a page: its elements by their place, as the last runs left them."""

    address: str
    query: dict[str, str] = field(default_factory=dict)
    page: str = ""
    received: int = 0
    faults: list[str] = field(default_factory=list)
    cookies: CookieJar = field(default_factory=CookieJar)
    _elements: dict[tuple[int, ...], tuple[Any, str]] = field(default_factory=dict)
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _large: dict[str, ForwardMsg] = field(default_factory=dict)
    _line: ClientConnection = field(init=False)
    _session: str = ""

    async def arrive(self) -> float:
        """Open the page; seconds until it is drawn."""
        start = time.perf_counter()
        await self.connect()
        await self._run()
        return time.perf_counter() - start

    async def connect(self) -> None:
        """Get a cookie, which a proxy goes by, and the line; a session that was lost is asked for again."""
        self._browse("/_stcore/health")
        token = next((cookie.value for cookie in self.cookies if cookie.name == "_streamlit_xsrf"), "") or "none"
        jar = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)
        address = self.address.replace("http", "ws", 1) + "/_stcore/stream"
        protocols = ["streamlit", token, *([self._session] if self._session else [])]
        headers = {"Cookie": jar, "Origin": self.address}
        self._line = await connect(
            address, subprotocols=protocols, additional_headers=headers, max_size=LARGEST, compression=None, ping_interval=None
        )  # fmt: skip

    async def leave(self) -> None:
        """Close the page."""
        await self._line.close()

    async def choose(self, key: str, *values: str) -> float:
        """Choose in a field of several values by its key; seconds until the page is drawn."""
        state = WidgetState(id=self.find(key)[0].id)
        state.string_array_value.data.extend(values)
        return await self._act(key, state)

    async def type(self, key: str, text: str) -> float:
        """Type into a field; seconds until the page is drawn."""
        return await self._act(key, WidgetState(id=self.find(key)[0].id, string_value=text))

    async def press(self, key: str) -> float:
        """Press a button; seconds until the page is drawn."""
        identity = self.find(key)[0].id
        seconds = await self._act(key, WidgetState(id=identity, trigger_value=True))
        self._states.pop(identity, None)
        return seconds

    async def rerun(self) -> float:
        """Draw the page again with all that was chosen; seconds until it is drawn."""
        start = time.perf_counter()
        await self._run()
        return time.perf_counter() - start

    async def hand_in(self, key: str, name: str, raw: bytes) -> float:
        """Choose a file; seconds from the request for a place to the page drawn with it."""
        start = time.perf_counter()
        asked = BackMsg()
        asked.file_urls_request.request_id, asked.file_urls_request.session_id = "1", self._session
        asked.file_urls_request.file_names.append(name)
        await self._send(asked)
        place = (await self._until("file_urls_response")).file_urls_response.file_urls[0]
        self._browse(place.upload_url, raw, name)
        state = WidgetState(id=self.find(key)[0].id)
        told = state.file_uploader_state_value.uploaded_file_info.add()
        told.file_id, told.name, told.size = place.file_id, name, len(raw)
        told.file_urls.CopyFrom(place)
        await self._act(key, state)
        return time.perf_counter() - start

    def find(self, key: str) -> tuple[Any, str]:
        """An element by its key, with the fragment that it stands in."""
        for element, fragment in self._elements.values():
            kind = element.WhichOneof("type")
            if str(getattr(getattr(element, kind), "id", "")).endswith(f"-{key}"):
                return getattr(element, kind), fragment
        raise KeyError(key)

    @property
    def words(self) -> str:
        """All that the page says, one element a line."""
        shown = [(path, element) for path, (element, _) in self._elements.items()]
        kinds = [(path, getattr(element, element.WhichOneof("type"))) for path, element in sorted(shown, key=_first)]
        return "\n".join(str(getattr(kind, "body", "")) for _, kind in kinds)

    def _browse(self, path: str, raw: bytes | None = None, name: str = "") -> None:
        """Ask for a path, or put a file there."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        token = next((cookie.value for cookie in self.cookies if cookie.name == "_streamlit_xsrf"), "") or ""
        request = urllib.request.Request(self.address + path, headers={"X-Xsrftoken": token, "Origin": self.address})  # noqa: S310 - our own server
        if raw is not None:
            head = f"--limit\r\nContent-Disposition: form-data; name=file; filename={name}\r\n\r\n".encode()
            body = head + raw + b"\r\n--limit--\r\n"
            request.data, request.method = body, "PUT"
            request.add_header("Content-Type", "multipart/form-data; boundary=limit")
        opener.open(request, timeout=30).close()

    async def _act(self, key: str, state: WidgetState) -> float:
        start, fragment = time.perf_counter(), self.find(key)[1]
        self._states[state.id] = state
        await self._run(fragment)
        return time.perf_counter() - start

    async def _run(self, fragment: str = "") -> None:
        """Ask for the page or for a part of it, and take in what comes until it is done."""
        asked = BackMsg()
        client = asked.rerun_script
        client.query_string, client.page_name = urlencode(self.query), self.page
        client.fragment_id = fragment
        client.cached_message_hashes.extend(self._large)
        client.widget_states.widgets.extend(self._states.values())
        client.context_info.url, client.context_info.locale = self.address, "en"
        await self._send(asked)
        await self._until("script_finished")

    async def _send(self, message: BackMsg) -> None:
        await self._line.send(message.SerializeToString())

    async def _until(self, last: str) -> ForwardMsg:
        """Take in messages up to one of a kind; a page that asks to be drawn again is not done."""
        while True:
            data = await self._line.recv()
            self.received += len(data)
            message = ForwardMsg()
            message.ParseFromString(data if isinstance(data, bytes) else data.encode())
            self._take(message)
            if message.WhichOneof("type") == last and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return message

    def _take(self, message: ForwardMsg) -> None:
        place, kind = tuple(message.metadata.delta_path), message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._large[message.ref_hash]
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self._large[message.hash] = message
        if kind == "new_session":
            self._begin(message)
        elif kind == "page_info_changed":
            self.query = dict(part.split("=", 1) for part in message.page_info_changed.query_string.split("&") if part)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            self._elements[place] = element, message.delta.fragment_id
            if element.WhichOneof("type") == "exception":
                self.faults.append(element.exception.message)

    def _begin(self, message: ForwardMsg) -> None:
        """A run begins: the whole page goes, or the part that is drawn anew."""
        self._session = message.new_session.initialize.session_id or self._session
        parts = set(getattr(message.metadata.run, "fragment_ids", ()))
        kept = {place: pair for place, pair in self._elements.items() if parts and pair[1] not in parts}
        self._elements = kept


async def drop_in(address: str, page: str = "") -> float:
    """Come, see the page drawn, and go; gives the seconds until it was drawn."""
    visitor = Visitor(address, page=page)
    seconds = await visitor.arrive()
    await visitor.leave()
    return seconds


def _first(item: tuple[tuple[int, ...], Any]) -> tuple[int, ...]:
    return item[0]
