"""Mark the scripts that a page of ours brings along, so that no other inline script runs.

Gradio writes scripts into its page and knows no nonces. Without one, the policy would have to let
any inline script run, links that begin with "javascript:" among them.
"""

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.headers import page_policy

SCRIPT = b"<script"
"""Only where a script begins: Gradio escapes "<" in whatever it writes into one."""


async def with_nonce(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for a page; each of its scripts gets the nonce that its policy names."""
    nonce = secrets.token_urlsafe(16)
    # Compressed, its scripts could not be found.
    headers = MutableHeaders(raw=list(scope["headers"]))
    del headers["accept-encoding"]
    begun: Message = {}
    body = b""

    async def send_marked(message: Message) -> None:
        nonlocal begun, body
        if message["type"] == "http.response.start":
            begun = message
            return
        if message["type"] != "http.response.body":
            await send(message)  # an extension of the server's, which may come before the start
            return
        body += message.get("body", b"")
        if message.get("more_body"):
            return
        answer = MutableHeaders(raw=list(begun["headers"]))
        if Headers(raw=begun["headers"]).get("content-type", "").startswith("text/html"):
            body = body.replace(SCRIPT, SCRIPT + f' nonce="{nonce}"'.encode())
            answer["content-security-policy"] = page_policy(nonce)
            if scope["method"] != "HEAD":
                answer["content-length"] = str(len(body))
        await send({**begun, "headers": answer.raw})
        await send({**message, "body": body})

    await app({**scope, "headers": headers.raw}, receive, send_marked)
