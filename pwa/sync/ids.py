"""Ids of versions and records, in the order in which they were made."""

from pwa.records.ids import uuid7 as new_id

__all__ = ["new_id"]
