"""Settings of who may ask for metrics, and of how several processes count together."""

from __future__ import annotations

import os
from collections.abc import Mapping

from pwa.config.wrong import WrongSetting

#: the library reads it by itself, when it is imported
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def metrics_token(env: Mapping[str, str]) -> str:
    """Empty: only this machine may ask."""
    token = env.get("METRICS_TOKEN", "")
    if token and len(token) < 16:
        raise WrongSetting("METRICS_TOKEN", "must have at least 16 characters that nobody can guess")
    folder = env.get(FOLDER)
    if folder is not None and not (os.path.isdir(folder) and os.access(folder, os.W_OK)):
        raise WrongSetting(FOLDER, "must be a folder that this process may write to, emptied at each start")
    return token
