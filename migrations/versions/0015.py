"""the reading room: visits, offers, goals, what of a journal was read, and a therapist's own notes

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('visit',
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('therapist', sa.String(length=36), nullable=False),
    *_head('visit'),
    sa.CheckConstraint("status IN ('planned', 'cancelled')", name=op.f('ck_visit_status')),
    )
    op.create_index('ix_visit_clinic_id_patient_id_day', 'visit', ['clinic_id', 'patient_id', 'day'])
    op.create_index('ix_visit_clinic_id_therapist_at', 'visit', ['clinic_id', 'therapist', 'at'])
    op.create_table('offer',
    sa.Column('offer', sa.String(length=32), nullable=True),
    sa.Column('line', sa.Text(), nullable=True),
    sa.Column('until', sa.Date(), nullable=False),
    *_head('offer'),
    )
    op.create_index('ix_offer_clinic_id_patient_id_day', 'offer', ['clinic_id', 'patient_id', 'day'])
    op.create_table('goal',
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('measure', sa.String(length=8), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('done', sa.Boolean(), nullable=True),
    *_head('goal'),
    sa.CheckConstraint("measure IN ('ten', 'three')", name=op.f('ck_goal_measure')),
    )
    op.create_index('ix_goal_clinic_id_patient_id_day', 'goal', ['clinic_id', 'patient_id', 'day'])
    with op.batch_alter_table('journal_entry') as batch_op:
        batch_op.add_column(sa.Column('offer', sa.String(length=36), nullable=True))
    op.create_table('entry_read',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('version_id', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id', 'version_id'], ['version.clinic_id', 'version.patient_id', 'version.id'], name=op.f('fk_entry_read_clinic_id_patient_id_version_id')),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'], name=op.f('fk_entry_read_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'version_id', 'person_id', name=op.f('pk_entry_read'))
    )
    op.create_table('annotation',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('record', sa.String(length=36), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'], name=op.f('fk_annotation_clinic_id_patient_id')),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'], name=op.f('fk_annotation_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_annotation'))
    )
    op.create_index('ix_annotation_clinic_id_patient_id_person_id_at', 'annotation', ['clinic_id', 'patient_id', 'person_id', 'at'])


def downgrade() -> None:
    op.drop_table('annotation')
    op.drop_table('entry_read')
    with op.batch_alter_table('journal_entry') as batch_op:
        batch_op.drop_column('offer')
    op.drop_table('goal')
    op.drop_table('offer')
    op.drop_table('visit')


def _head(table: str) -> list[sa.Column | sa.Constraint]:
    """What every typed row says of its version."""
    moments = [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ('felt_at', 'written_at', 'received_at')]
    return [
        sa.Column('clinic_id', sa.String(length=36), nullable=False),
        sa.Column('patient_id', sa.String(length=36), nullable=False),
        sa.Column('version_id', sa.String(length=40), nullable=False),
        sa.Column('record', sa.String(length=36), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        *moments,
        sa.Column('zone', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(['clinic_id', 'patient_id', 'version_id'], ['version.clinic_id', 'version.patient_id', 'version.id'], name=op.f(f'fk_{table}_clinic_id_patient_id_version_id')),
        sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'version_id', name=op.f(f'pk_{table}')),
    ]
