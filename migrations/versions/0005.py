"""notices, the browsers that are told, and what a patient wants of reminders

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('courier_turn',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('planned_until', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_courier_turn'))
    )
    op.create_table('notice',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('what', sa.String(length=12), nullable=False),
    sa.Column('about', sa.String(length=64), nullable=False),
    sa.Column('cause', sa.String(length=120), nullable=False),
    sa.Column('channel', sa.String(length=4), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claimed_by', sa.String(length=80), nullable=True),
    sa.Column('handed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failure', sa.String(length=40), nullable=True),
    sa.CheckConstraint("channel IN ('mail', 'push')", name=op.f('ck_notice_channel')),
    sa.CheckConstraint("state IN ('waiting', 'claimed', 'sent', 'dead', 'off')", name=op.f('ck_notice_state')),
    sa.CheckConstraint("what IN ('alert', 'escalation', 'reminder', 'acknowledged', 'operator')", name=op.f('ck_notice_what')),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'], name=op.f('fk_notice_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_notice')),
    sa.UniqueConstraint('clinic_id', 'person_id', 'cause', 'channel', name=op.f('uq_notice_clinic_id_person_id_cause_channel'))
    )
    with op.batch_alter_table('notice') as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_state_next_at'), ['state', 'next_at'], unique=False)

    op.create_table('push_subscription',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('sign_in_id', sa.String(length=36), nullable=False),
    sa.Column('endpoint', sa.Text(), nullable=False),
    sa.Column('p256dh', sa.String(length=100), nullable=False),
    sa.Column('auth', sa.String(length=40), nullable=False),
    sa.Column('renewed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'], name=op.f('fk_push_subscription_clinic_id_person_id')),
    sa.ForeignKeyConstraint(['clinic_id', 'sign_in_id'], ['sign_in.clinic_id', 'sign_in.id'], name=op.f('fk_push_subscription_clinic_id_sign_in_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_push_subscription'))
    )
    with op.batch_alter_table('push_subscription') as batch_op:
        batch_op.create_index(batch_op.f('ix_push_subscription_clinic_id_person_id'), ['clinic_id', 'person_id'], unique=False)

    op.create_table('reminder_choice',
    sa.Column('way', sa.String(length=4), nullable=False),
    sa.Column('sessions', sa.Boolean(), nullable=False),
    sa.Column('checks', sa.Boolean(), nullable=False),
    sa.Column('daily', sa.String(length=5), nullable=True),
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('version_id', sa.String(length=40), nullable=False),
    sa.Column('record', sa.String(length=36), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('felt_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.CheckConstraint("way IN ('push', 'mail', 'off')", name=op.f('ck_reminder_choice_way')),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id', 'version_id'], ['version.clinic_id', 'version.patient_id', 'version.id'], name=op.f('fk_reminder_choice_clinic_id_patient_id_version_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'version_id', name=op.f('pk_reminder_choice'))
    )
    with op.batch_alter_table('reminder_choice') as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_choice_clinic_id_patient_id_day'), ['clinic_id', 'patient_id', 'day'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('reminder_choice') as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_choice_clinic_id_patient_id_day'))

    op.drop_table('reminder_choice')
    with op.batch_alter_table('push_subscription') as batch_op:
        batch_op.drop_index(batch_op.f('ix_push_subscription_clinic_id_person_id'))

    op.drop_table('push_subscription')
    with op.batch_alter_table('notice') as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_state_next_at'))

    op.drop_table('notice')
    op.drop_table('courier_turn')
