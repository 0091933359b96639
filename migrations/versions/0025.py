"""a clinician opens a record in an emergency, and patient and managers are told

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

BEFORE = ('alert', 'escalation', 'reminder', 'operator', 'invited', 'keys')


def upgrade() -> None:
    op.create_table('emergency',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'],
                            name=op.f('fk_emergency_clinic_id_patient_id')),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'],
                            name=op.f('fk_emergency_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_emergency'))
    )
    op.create_index(op.f('ix_emergency_clinic_id_person_id_until'), 'emergency', ['clinic_id', 'person_id', 'until'])
    op.create_index(op.f('ix_emergency_clinic_id_patient_id_at'), 'emergency', ['clinic_id', 'patient_id', 'at'])
    _notices((*BEFORE, 'emergency', 'looked'))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE what IN ('emergency', 'looked')")
    _notices(BEFORE)
    op.drop_table('emergency')


def _notices(whats: tuple[str, ...]) -> None:
    with op.batch_alter_table('notice') as batch_op:
        batch_op.drop_constraint(op.f('ck_notice_what'), type_='check')
        batch_op.create_check_constraint(op.f('ck_notice_what'), f'what IN {whats}')
