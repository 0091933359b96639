"""How long a request may take to arrive: gunicorn itself waits for ever, and each slow sender would hold a thread."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker


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
