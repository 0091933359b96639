"""Mail: handed to the clinic's own server, or put into a folder where there is none."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

from pwa.config.outgoing import Mail, Outgoing
from pwa.notices.outcome import Failed
from pwa.notices.words import Message
from pwa.records import Notice

#: a link in a header must stand there whole, or no mail program finds it
WHOLE_LINES = policy.SMTP.clone(max_line_length=900)
#: seconds that the other side may take for one answer; the claim lasts longer than all of them together
PATIENCE = 30
#: from this answer on it will not be taken later either
NEVER = 500


def send(notice: Notice, to: str, message: Message, moment: datetime, hand_over: Callable[[], bool]) -> None:
    """Calls `hand_over` at the last point at which it is certain that nothing went out, and stops if it says no.

    Raises Failed."""
    outgoing: Outgoing = current_app.config["OUTGOING"]
    text = written(notice, to, message, moment, outgoing).as_bytes()
    if outgoing.mail is None:
        raise Failed("no-mail-server")
    if outgoing.mail.folder:
        if hand_over():
            _into(Path(outgoing.mail.folder), notice, text)
        return
    try:
        _hand(outgoing.mail, outgoing.sender, to, text, hand_over)
    except smtplib.SMTPResponseException as error:
        raise Failed(f"smtp-{error.smtp_code}", for_good=error.smtp_code >= NEVER) from error
    except UnicodeError as error:
        raise Failed("bad-address", for_good=True) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Failed("mail-server-away", certain=False) from error


def _hand(mail: Mail, sender: str, to: str, text: bytes, hand_over: Callable[[], bool]) -> None:
    with _about_us():
        server = _open(mail)
    try:
        with _about_us():
            _accepted(server.mail(sender))
        _accepted(server.rcpt(to))
        if hand_over():
            _accepted(server.data(text))
        with suppress(smtplib.SMTPException, OSError):  # it has the mail: how it says goodbye changes nothing
            server.quit()
    finally:
        server.close()


@contextmanager
def _about_us() -> Iterator[None]:
    """Until a receiver is named, what a server refuses is about us: it is tried again, since it may be mended."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise Failed(f"smtp-{error.smtp_code}") from error


def written(notice: Notice, to: str, message: Message, moment: datetime, outgoing: Outgoing) -> EmailMessage:
    """The Message-ID follows from the notice: should one come twice, the receiver's side can tell."""
    mail = EmailMessage(WHOLE_LINES)
    mail["From"], mail["To"] = f"Tidelog <{outgoing.sender}>", to
    mail["Subject"], mail["Date"] = message.title, format_datetime(moment)
    mail["Message-ID"] = f"<{notice.id}@{urlsplit(outgoing.address).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"
    if message.off:
        mail["List-Unsubscribe"] = f"<{message.off}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.body)
    mail["Content-Language"] = message.language
    return mail


def _open(mail: Mail) -> smtplib.SMTP:
    if mail.tls == "implicit":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE)
    if mail.tls == "starttls":
        server.starttls(context=ssl.create_default_context())
    server.ehlo_or_helo_if_needed()
    if mail.user:
        server.login(mail.user, mail.password)
    return server


def _accepted(answer: tuple[int, bytes]) -> None:
    if not 200 <= answer[0] < 300:
        raise smtplib.SMTPResponseException(*answer)


def _into(folder: Path, notice: Notice, text: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{notice.id}.eml").write_bytes(text)
