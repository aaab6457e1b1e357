"""One tab of the page without a browser: what a browser calls, when, and what comes back.

Gradio sends each output of a running event as what changed since the frame before. A tab has one
stream of such frames for all its events, and opens it anew whenever it waits for any.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

QUESTION = "question"
"""The id of the box into which the question is typed."""

Message = dict[str, Any]
Dependency = dict[str, Any]


@dataclass
class Page:
    """What a browser knows of the page once it has loaded it."""

    config: dict[str, Any]
    _components: dict[int, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self._components = {
            each["id"]: each["props"] | {"type": each["type"]} for each in self.config["components"]
        }

    def endpoint(self, name: str) -> Dependency:
        """Return an event by its name."""
        return next(each for each in self.config["dependencies"] if each["api_name"] == name)

    def triggered(self, elem_id: str, name: str) -> Dependency:
        """Return the event that a component triggers by a name."""
        (number,) = (n for n, box in self._components.items() if box.get("elem_id") == elem_id)
        return next(
            each for each in self.config["dependencies"] if [number, name] in each["targets"]
        )

    def on_load(self) -> list[Dependency]:
        """Return what the browser calls by itself when the page is loaded."""
        return [
            each
            for each in self.config["dependencies"]
            if any(target[1] == "load" for target in each["targets"])
        ]

    def after(self, event: Dependency, *, failed: bool = False) -> list[Dependency]:
        """Return what the browser calls by itself once an event is through."""
        wrong = "trigger_only_on_success" if failed else "trigger_only_on_failure"
        return [
            each
            for each in self.config["dependencies"]
            if each["trigger_after"] == event["id"] and each["backend_fn"] and not each[wrong]
        ]

    def inputs(self, event: Dependency, question: str) -> list[Any]:
        """Return what the page's boxes hold, the question in its own."""
        boxes = [self._components[number] for number in event["inputs"]]
        return [
            question
            if box.get("elem_id") == QUESTION
            else None
            if box["type"] == "state"
            else box.get("value")
            for box in boxes
        ]

    def place_of(self, event: Dependency, elem_id: str) -> int:
        """Return the place of a component among the outputs of an event."""
        ids = [self._components[number].get("elem_id") for number in event["outputs"]]
        return ids.index(elem_id)


class Output:
    """What one output of an event shows, as its frames come in."""

    def __init__(self, place: int) -> None:
        """Watch the output at a place; it shows nothing yet."""
        self._place = place
        self._sent: Any = None
        self.shown = ""

    def take(self, message: Message) -> str:
        """Take in a message of the event, and return what the output shows then."""
        data = (message.get("output") or {}).get("data")
        if message["msg"] not in {"process_generating", "process_completed"} or not data:
            return self.shown
        sent = data[self._place]
        # The first frame and the last are whole; those between are a list of changes.
        if isinstance(sent, list) and message["msg"] == "process_generating":
            for action, path, value in sent:
                if not path:
                    self._sent = self._sent + value if action == "append" else value
        else:
            self._sent = sent
        # What is no text leaves the output as it is.
        if isinstance(self._sent, str):
            self.shown = self._sent
        return self.shown


class Session:
    """What a tab calls, with one stream for all that it waits for."""

    def __init__(self, client: httpx.AsyncClient, name: str) -> None:
        """Be the tab with a name; nothing is called yet."""
        self._client = client
        self._name = name
        self._messages: dict[str, asyncio.Queue[Message]] = defaultdict(asyncio.Queue)
        self._waited_for: set[str] = set()
        self._reader: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Keep the session alive, as an open tab does."""
        heartbeat = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            running = [task for task in (heartbeat, self._reader) if task]
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def call(
        self,
        event: Dependency,
        inputs: Sequence[Any],
        watch: Callable[[Message], object] = lambda message: None,
        event_data: Any = None,
    ) -> Message:
        """Call an event, and return its last message once it is through.

        Args:
            event: The event.
            inputs: What its boxes hold.
            watch: Is called with each message of it.
            event_data: What the button carries that was clicked.

        Raises:
            httpx.HTTPError: the server does not answer, or refuses.
        """
        body = {
            "data": list(inputs),
            "fn_index": event["id"],
            "session_hash": self._name,
            "event_data": event_data,
            "trigger_id": event["targets"][0][0],
        }
        if not event["queue"]:
            answer = await self._client.post("/gradio_api/run/predict", json=body)
            answer.raise_for_status()
            return {"success": True, "output": answer.json()}
        joined = await self._client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        number = joined.json()["event_id"]
        self._waited_for.add(number)
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read())
        try:
            while True:
                message = await self._messages[number].get()
                watch(message)
                if message["msg"] == "process_completed":
                    return message
        finally:
            self._waited_for.discard(number)
            self._messages.pop(number, None)

    async def _read(self) -> None:
        """Read the stream for as long as anything is waited for."""
        while self._waited_for:
            data = {"session_hash": self._name}
            try:
                async with self._client.stream(
                    "GET", "/gradio_api/queue/data", params=data
                ) as response:
                    response.raise_for_status()
                    async for line in response.aiter_lines():
                        if line.startswith("data:"):
                            self._deal_out(json.loads(line[5:]))
            except httpx.HTTPError as error:
                self._break_off(f"{type(error).__name__}: {error}")

    def _deal_out(self, message: Message) -> None:
        number = message.get("event_id")
        if number is None:
            if message["msg"] == "unexpected_error":
                self._break_off(message.get("message", ""))
            return
        if message["msg"] == "process_completed":
            self._waited_for.discard(number)
        self._messages[number].put_nowait(message)

    def _break_off(self, why: str) -> None:
        """Tell whoever waits that nothing more comes."""
        for number in self._waited_for:
            self._messages[number].put_nowait(
                {"msg": "process_completed", "success": False, "output": {"error": why}}
            )
        self._waited_for.clear()

    async def _beat(self) -> None:
        address = f"/gradio_api/heartbeat/{self._name}"
        with suppress(httpx.HTTPError):
            async with self._client.stream("GET", address, timeout=None) as response:
                async for _ in response.aiter_lines():
                    pass
