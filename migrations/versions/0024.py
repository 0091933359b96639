"""a patient hides a part of what is hers from a role

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

STANDS = sa.text('until IS NULL')


def upgrade() -> None:
    op.create_table('hidden',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('part', sa.String(length=12), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('clinician', 'therapist')", name=op.f('ck_hidden_role')),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'],
                            name=op.f('fk_hidden_clinic_id_patient_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_hidden'))
    )
    op.create_index('uq_hidden_stands', 'hidden', ['clinic_id', 'role', 'part', 'patient_id'], unique=True,
                    sqlite_where=STANDS, postgresql_where=STANDS)
    op.create_index(op.f('ix_hidden_clinic_id_patient_id_since'), 'hidden', ['clinic_id', 'patient_id', 'since'])


def downgrade() -> None:
    op.drop_index(op.f('ix_hidden_clinic_id_patient_id_since'), table_name='hidden')
    op.drop_index('uq_hidden_stands', table_name='hidden', sqlite_where=STANDS, postgresql_where=STANDS)
    op.drop_table('hidden')
