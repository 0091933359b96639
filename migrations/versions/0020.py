"""summaries: what was felt after a treatment in all, and a row for each patient's first course

Revision ID: 0020
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0016'
branch_labels = None
depends_on = None

ANSWERS = "('no-before', 'not-so', 'no-after', 'yes', 'no')"
COUNTS = ('felt', 'mild', 'timed', 'brief')


def upgrade() -> None:
    """`flask rebuild` fills them from the versions."""
    op.create_table('felt_in_all', *_ids('clinic_id', 'patient_id', 'treatment'),
    sa.Column('week', sa.Integer(), nullable=False),
    sa.Column('route', sa.String(length=16), nullable=False),
    sa.Column('told', sa.Boolean(), nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
    *_keys('felt_in_all', 'treatment')
    )
    op.create_index('ix_felt_in_all_counted', 'felt_in_all',
                    ['clinic_id', 'patient_id', 'week', 'route', 'told', *COUNTS])
    op.create_table('first_course', *_ids('clinic_id', 'patient_id'),
    sa.Column('started', sa.Date(), nullable=False),
    sa.Column('route', sa.String(length=16), nullable=False),
    sa.Column('sixth', sa.Date(), nullable=True),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.Column('relief', sa.String(length=12), nullable=False),
    sa.Column('thoughts', sa.String(length=12), nullable=False),
    sa.Column('lasting', sa.String(length=12), nullable=True),
    *(sa.CheckConstraint(f'{name} IN {ANSWERS}', name=op.f(f'ck_first_course_{name}'))
      for name in ('relief', 'thoughts', 'lasting')),
    *_keys('first_course')
    )
    op.create_index('ix_first_course_clinic_id_started', 'first_course', ['clinic_id', 'started'])


def downgrade() -> None:
    op.drop_table('first_course')
    op.drop_table('felt_in_all')


def _ids(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(length=36), nullable=False) for name in names]


def _keys(table: str, *more: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'],
                                name=op.f(f'fk_{table}_clinic_id_patient_id')),
        sa.PrimaryKeyConstraint('clinic_id', 'patient_id', *more, name=op.f(f'pk_{table}')),
    ]
