"""How much a finding weighs: what is new or worse raises an alert; what is bad and unchanged adds to an open one."""

from typing import Literal

Weight = Literal["new", "same"] | None
NEW: Weight = "new"
SAME: Weight = "same"
