"""Each column of text that the database holds in the clear, and why it is nobody's words.

A column of free text is no row here: it is `EncryptedText`."""

from __future__ import annotations

#: by the column's name, in whichever table
EVERYWHERE = {
    "an id": "clinic_id patient_id person_id device_id version_id id record treatment alert_id sign_in_id author_id "
    "assigned_to acknowledged_by resolved_by made_by agreed_by by",
    "a hash, or a seal": "code_hash secret_hash key_hash hash cut_hash seal",
    "of a list that the code has": "kind outcome what why role part state tier rule problem status phase route drug "
    "unit place window language way effect zone lasted audience",
    "of a treatment's group: a band of the code's": "number dose",
}
HERE = {
    "an id": "adverse_event.about alert_cause.record annotation.record goal_said.goal journal_entry.offer notice.about "
    "safety_settings.judged_to visit.therapist push_subscription.id",
    "ids, as JSON": "audit.patients audit.records version.parents",
    "a hash, or a seal": "challenge.key password_try.key clash.digest person.email_index person.password_hash",
    "of a list that the code has": "adverse_event.told adverse_event.serious adverse_event.causality "
    "adverse_event.action audit.action check_in.thoughts first_course.relief first_course.thoughts "
    "first_course.lasting goal.measure journal_entry.prompt notice.channel notice.failure offer.offer "
    "passkey.name reminder_choice.daily sign_in.browser",
    "codes and numbers, as JSON": "alert_event.details effects_report.checks goal.levels treatment.observed "
    "erasure.counts signal_look.found version.errors",
    "what the clinic says to all of its patients": "clinic.name clinic_item.en clinic_item.fr protocol.name",
    "how the clinic is set": "clinic_item.every clinic_item.routes safety_settings.days safety_settings.closed "
    "safety_settings.minutes safety_settings.levels safety_settings.off safety_settings.signed asked_change.said",
    "a code that the clinic gives, of letters and digits": "patient.code",
    "a lot number, whose form no sentence has": "treatment.lot after_treatment.lot felt_after.lot",
    "why a message goes out, of ids; which process holds it": "notice.cause notice.claimed_by",
    "the network's": "audit.address audit.device",
    "the browser's own for a passkey": "passkey.credential",
}


def reasons() -> tuple[set[str], set[str]]:
    """Names of columns, and names with their table."""
    everywhere, here = ({one for names in of.values() for one in names.split()} for of in (EVERYWHERE, HERE))
    return everywhere, here
