from tests.clinic.conftest import audit, judged_by, noted_by, says, treated

__all__ = ["audit", "judged_by", "noted_by", "says", "treated"]
