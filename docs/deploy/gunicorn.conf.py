"""How gunicorn serves: two processes that answer eight requests each at a time, behind a proxy that speaks TLS."""

import os

from gunicorn.systemd import sd_notify

#: the release's own folder, not the link that leads there: what runs stays whole while the next one takes its place
chdir = os.getcwd()
bind = "127.0.0.1:8000"
workers = 2
threads = 8
#: also where no proxy stands in front, a slow sender holds a thread for seconds only
worker_class = "pwa.operating.arriving.Worker"
#: a door to its master that nobody here uses
control_socket_disable = True
#: the master would tell systemd that it runs before anybody read the settings
systemd = os.environ.pop("NOTIFY_SOCKET", None)
#: gunicorn's own lines in the form of ours; requests have a line of ours each
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "pwa.operating.lines.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["stderr"], "propagate": False}},
}


def post_worker_init(worker):
    """It can answer, so that `systemctl start` fails where it cannot."""
    if systemd:
        os.environ["NOTIFY_SOCKET"] = systemd
        sd_notify("READY=1", worker.log, unset_environment=True)
