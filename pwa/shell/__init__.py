"""What makes it an app: manifest, service worker, asset versions, the headers that guard a page."""

from pwa.shell.pages import register

__all__ = ["register"]
