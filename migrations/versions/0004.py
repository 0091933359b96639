"""alerts of every rule, what was done about them, and asking to be called

Revision ID: 0004
Revises: 0003
"""

from datetime import UTC

import sqlalchemy as sa
from alembic import op

from pwa.records.ids import uuid7


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

#: the answer to the question about thoughts → its tier; until now only a yes was an alert
TIERS = {'often': 'urgent', 'now-and-then': 'high'}
BEFORE = sa.table(
    'alert', *map(sa.column, ('clinic_id', 'patient_id', 'version_id', 'answer', 'opened_by')),
    sa.column('raised_at', sa.DateTime(timezone=True)), sa.column('opened_at', sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    asked = sa.select(BEFORE, sa.column('record')).select_from(
        BEFORE.outerjoin(sa.table('version', *map(sa.column, ('clinic_id', 'patient_id', 'id', 'record'))),
        sa.text('version.clinic_id = alert.clinic_id AND version.patient_id = alert.patient_id AND version.id = alert.version_id'))
    ).order_by(BEFORE.c.raised_at)
    before = op.get_bind().execute(asked).mappings().all()
    op.drop_table('alert')
    op.create_table('alert',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('problem', sa.String(length=40), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('tier', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version_id', sa.String(length=40), nullable=True),
    sa.Column('assigned_to', sa.String(length=36), nullable=True),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('acknowledged_by', sa.String(length=36), nullable=True),
    sa.Column('snoozed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('escalated', sa.Integer(), nullable=False),
    sa.Column('escalate_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolved_by', sa.String(length=36), nullable=True),
    sa.CheckConstraint("state IN ('raised', 'acknowledged', 'resolved')", name=op.f('ck_alert_state')),
    sa.CheckConstraint("tier IN ('urgent', 'high', 'watch')", name=op.f('ck_alert_tier')),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'], name=op.f('fk_alert_clinic_id_patient_id')),
    sa.ForeignKeyConstraint(['clinic_id', 'assigned_to'], ['person.clinic_id', 'person.id'], name=op.f('fk_alert_clinic_id_assigned_to')),
    sa.ForeignKeyConstraint(['clinic_id', 'acknowledged_by'], ['person.clinic_id', 'person.id'], name=op.f('fk_alert_clinic_id_acknowledged_by')),
    sa.ForeignKeyConstraint(['clinic_id', 'resolved_by'], ['person.clinic_id', 'person.id'], name=op.f('fk_alert_clinic_id_resolved_by')),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_alert'))
    )
    op.create_index('ix_alert_escalate_at', 'alert', ['escalate_at'], unique=False)
    op.create_index('uq_alert_open', 'alert', ['clinic_id', 'patient_id', 'problem'], unique=True, sqlite_where=sa.text("state != 'resolved'"), postgresql_where=sa.text("state != 'resolved'"))
    op.create_table('alert_cause',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('record', sa.String(length=40), nullable=False),
    sa.Column('version_id', sa.String(length=40), nullable=True),
    sa.Column('alert_id', sa.String(length=36), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('came_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'alert_id'], ['alert.clinic_id', 'alert.id'], name=op.f('fk_alert_cause_clinic_id_alert_id')),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'], name=op.f('fk_alert_cause_clinic_id_patient_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'rule', 'record', name=op.f('pk_alert_cause'))
    )
    op.create_index(op.f('ix_alert_cause_clinic_id_alert_id'), 'alert_cause', ['clinic_id', 'alert_id'], unique=False)
    op.create_table('alert_event',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('alert_id', sa.String(length=36), nullable=False),
    sa.Column('what', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'alert_id'], ['alert.clinic_id', 'alert.id'], name=op.f('fk_alert_event_clinic_id_alert_id')),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'], name=op.f('fk_alert_event_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_alert_event'))
    )
    op.create_index(op.f('ix_alert_event_clinic_id_alert_id_at'), 'alert_event', ['clinic_id', 'alert_id', 'at'], unique=False)
    op.create_table('call_request',
    sa.Column('asked', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('version_id', sa.String(length=40), nullable=False),
    sa.Column('record', sa.String(length=36), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('felt_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id', 'version_id'], ['version.clinic_id', 'version.patient_id', 'version.id'], name=op.f('fk_call_request_clinic_id_patient_id_version_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'version_id', name=op.f('pk_call_request'))
    )
    op.create_index(op.f('ix_call_request_clinic_id_patient_id_day'), 'call_request', ['clinic_id', 'patient_id', 'day'], unique=False)
    op.create_table('responder',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'], name=op.f('fk_responder_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'place', name=op.f('pk_responder'))
    )
    op.create_table('safety_settings',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('opens', sa.Time(), nullable=False),
    sa.Column('closes', sa.Time(), nullable=False),
    sa.Column('minutes', sa.JSON(), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('off', sa.JSON(), nullable=False),
    sa.Column('tells_seen', sa.Boolean(), nullable=False),
    sa.Column('signed_by', sa.String(length=120), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], name=op.f('fk_safety_settings_clinic_id')),
    sa.PrimaryKeyConstraint('clinic_id', name=op.f('pk_safety_settings'))
    )
    _take_over(before)


def _take_over(before) -> None:
    """What was opened is resolved; what a patient has open becomes one alert."""
    tables = sa.MetaData()
    tables.reflect(op.get_bind(), only=('alert', 'alert_cause'))
    alerts, causes, still_open = [], {}, {}
    for one in before:
        moment = one['raised_at'] if one['raised_at'].tzinfo else one['raised_at'].replace(tzinfo=UTC)
        whose = {'clinic_id': one['clinic_id'], 'patient_id': one['patient_id']}
        tier, opened, rule = TIERS[one['answer']], one['opened_at'], f"thoughts-{one['answer']}"
        alert = None if opened else still_open.get((one['clinic_id'], one['patient_id']))
        if alert is None:
            alert = {
                **whose, 'id': uuid7(moment), 'problem': 'thoughts', 'rule': rule, 'tier': tier,
                'state': 'resolved' if opened else 'raised', 'raised_at': one['raised_at'], 'count': 0,
                'last_at': one['raised_at'], 'version_id': one['version_id'], 'acknowledged_at': opened,
                'acknowledged_by': one['opened_by'], 'resolved_at': opened, 'resolved_by': one['opened_by'],
                'escalated': 0, 'escalate_at': None if opened else one['raised_at'],
            }
            alerts.append(alert)
            if not opened:
                still_open[one['clinic_id'], one['patient_id']] = alert
        alert['count'] += 1
        alert['last_at'] = one['raised_at']
        if tier == 'urgent':
            alert |= {'rule': rule, 'tier': tier}
        record = one['record'] or one['version_id']
        cause = causes.setdefault((one['patient_id'], rule, record), {
            **whose, 'rule': rule, 'record': record, 'at': one['raised_at'], 'came_at': one['raised_at'],
        })
        if not opened or 'alert_id' not in cause:
            cause |= {'version_id': one['version_id'], 'alert_id': alert['id']}
    for table, rows in (('alert', alerts), ('alert_cause', list(causes.values()))):
        if rows:
            op.bulk_insert(tables.tables[table], rows)


def downgrade() -> None:
    """What was raised by other rules, and what was done, is lost."""
    for table in ('safety_settings', 'responder', 'call_request', 'alert_event', 'alert_cause', 'alert'):
        op.drop_table(table)
    op.create_table('alert',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('version_id', sa.String(length=40), nullable=False),
    sa.Column('answer', sa.String(length=16), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_by', sa.String(length=36), nullable=True),
    sa.ForeignKeyConstraint(['clinic_id', 'opened_by'], ['person.clinic_id', 'person.id'], name=op.f('fk_alert_clinic_id_opened_by')),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id', 'version_id'], ['version.clinic_id', 'version.patient_id', 'version.id'], name=op.f('fk_alert_clinic_id_patient_id_version_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'version_id', name=op.f('pk_alert'))
    )
    op.create_index('ix_alert_unopened', 'alert', ['clinic_id', 'patient_id'])
