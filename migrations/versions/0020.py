"""a therapist's note knows the words that it is about; an entry that was read can be marked to read again; what a patient says
of a goal

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('annotation') as table:
        table.add_column(sa.Column('quote', sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column('begins', sa.Integer(), nullable=True))
    with op.batch_alter_table('entry_read') as table:
        table.add_column(sa.Column('again', sa.Boolean(), nullable=True))
    op.create_table('goal_said',
    sa.Column('goal', sa.String(length=36), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('wording', sa.LargeBinary(), nullable=True),
    sa.Column('done', sa.Boolean(), nullable=True),
    *_head('goal_said'),
    sa.CheckConstraint('level BETWEEN 0 AND 10', name=op.f('ck_goal_said_level')),
    )
    op.create_index('ix_goal_said_clinic_id_patient_id_day', 'goal_said', ['clinic_id', 'patient_id', 'day'])


def downgrade() -> None:
    op.drop_table('goal_said')
    with op.batch_alter_table('entry_read') as table:
        table.drop_column('again')
    with op.batch_alter_table('annotation') as table:
        table.drop_column('begins')
        table.drop_column('quote')

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
