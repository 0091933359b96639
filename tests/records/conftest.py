from tests.clinic.conftest import says

__all__ = ["says"]
