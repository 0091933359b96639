from tests.clinic.conftest import audit, says, treated

__all__ = ["audit", "says", "treated"]
