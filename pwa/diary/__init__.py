"""What the patient sees: user-free pages, whose data comes from the phone's own store."""

from pwa.diary.pages import PAGES, register

__all__ = ["PAGES", "register"]
