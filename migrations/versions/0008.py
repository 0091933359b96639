"""safety plans that patients share

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('safety_plan',
    sa.Column('signs', sa.Text(), nullable=True),
    sa.Column('helps', sa.Text(), nullable=True),
    sa.Column('people', sa.Text(), nullable=True),
    sa.Column('places', sa.Text(), nullable=True),
    sa.Column('safer', sa.Text(), nullable=True),
    sa.Column('audience', sa.String(length=12), nullable=False),
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('version_id', sa.String(length=40), nullable=False),
    sa.Column('record', sa.String(length=36), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('felt_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.CheckConstraint("audience IN ('therapist', 'care-team')", name=op.f('ck_safety_plan_audience')),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id', 'version_id'], ['version.clinic_id', 'version.patient_id', 'version.id'], name=op.f('fk_safety_plan_clinic_id_patient_id_version_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'version_id', name=op.f('pk_safety_plan'))
    )
    op.create_index(op.f('ix_safety_plan_clinic_id_patient_id_day'), 'safety_plan', ['clinic_id', 'patient_id', 'day'])


def downgrade() -> None:
    op.drop_table('safety_plan')
