"""How a request arrives: gunicorn itself waits for one for ever, so that each slow sender would hold a thread, and
of one that it cannot read it tells the log from whom it came and what stands in it."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from typing import Any

from gunicorn.http import errors
from gunicorn.util import write_error
from gunicorn.workers.gthread import TConn, ThreadWorker

#: what is ours although it is a kind of theirs: a header that the application made
OURS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
ANSWERS = {
    errors.ForbiddenProxyRequest: (403, "Forbidden"),
    errors.LimitRequestLine: (414, "URI Too Long"),
    errors.ExpectationFailed: (417, "Expectation Failed"),
    errors.LimitRequestHeaders: (431, "Request Header Fields Too Large"),
    errors.UnsupportedTransferCoding: (501, "Not Implemented"),
}


class Worker(ThreadWorker):
    #: a proxy hands a request over as a whole, so this is long
    seconds = 5.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._since: dict[TConn, float] = {}

    def handle(self, conn: TConn) -> Any:
        self._since[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            del self._since[conn]

    def murder_pending(self) -> None:
        """Once a second. Who took too long is heard no further; an answer that is still being made goes out."""
        super().murder_pending()
        for conn, since in list(self._since.items()):
            if time.monotonic() - since > self.seconds:
                with suppress(OSError):  # it ended by itself meanwhile
                    conn.sock.shutdown(socket.SHUT_RD)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Of what a sender did wrong the log has the kind alone."""
        if isinstance(exc, OURS) or not isinstance(exc, errors.ParseException | ssl.SSLError):
            super().handle_error(req, client, addr, exc)
            return
        status, reason = ANSWERS.get(type(exc), (400, "Bad Request"))
        self.log.warning("No request that can be read: %s, answered %s", type(exc).__name__, status)
        with suppress(OSError):  # they did not wait for it
            write_error(client, status, reason, "")
