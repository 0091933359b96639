"""What a patient says of a goal between visits: how near it is, other words for it, or that it can be let go."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from pwa.domain import goals, limits
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import Id, LongText, Whole, YesNo, needed
from pwa.forms.wrong import Wrong


class GoalSaidForm(BodyForm):
    goal = Id(_("Goal"), [needed])
    level = Whole(_("How near it is"), goals.LEVEL)
    wording = LongText(_("In my words"), limits.OTHER)
    #: let go, or taken up again
    done = YesNo(_("Let this goal go"))

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and self.level.data is None and self.done.data is None and not (self.wording.data or "").strip():
            self.form_errors = [Wrong("nothing")]
            return False
        return bool(good)
