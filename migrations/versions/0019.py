"""summaries: what was felt after a treatment in all, and a row for each patient's first course

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from pwa.records import beginning, summing

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

ANSWERS = "('no-before', 'not-so', 'no-after', 'yes', 'no')"
COUNTS = ('felt', 'mild', 'timed', 'brief')
#: what the sums read, by table
TREATMENT = ('record', 'written_at', 'version_id', 'status', 'day', 'at', 'route', 'number', 'dose', 'unit', 'place',
             'lot')
REPORT, EFFECT = ('version_id', 'treatment', 'window'), ('version_id', 'effect', 'severity', 'ongoing', 'lasted')
CHECK_IN = ('day', 'felt_at', 'mood', 'thoughts')


def upgrade() -> None:
    in_all = op.create_table('felt_in_all', *_ids('clinic_id', 'patient_id', 'treatment'),
    sa.Column('week', sa.Integer(), nullable=False),
    sa.Column('route', sa.String(length=16), nullable=False),
    sa.Column('told', sa.Boolean(), nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
    *_keys('felt_in_all', 'treatment')
    )
    op.create_index('ix_felt_in_all_counted', 'felt_in_all',
                    ['clinic_id', 'patient_id', 'week', 'route', 'told', *COUNTS])
    first = op.create_table('first_course', *_ids('clinic_id', 'patient_id'),
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
    op.create_index('ix_first_course_counted', 'first_course',
                    ['clinic_id', 'started', 'route', 'relief', 'thoughts', 'lasting', 'sixth', 'days'])
    whose = summing.TREATMENTS.c.clinic_id, summing.TREATMENTS.c.patient_id
    for patient in op.get_bind().execute(sa.select(*whose).distinct()).all():
        _fill(tuple(patient), in_all, first)


def downgrade() -> None:
    op.drop_table('first_course')
    op.drop_table('felt_in_all')


def _fill(patient: tuple[str, str], in_all: sa.Table, first: sa.Table) -> None:
    """By the code that keeps them: moments and means are no work for two dialects of SQL."""
    treatments, doses = _rows(summing.TREATMENTS, TREATMENT, patient), _rows(summing.DOSES, ('treatment',), patient)
    said = _rows(summing.REPORTS, REPORT, patient), _rows(summing.EFFECTS, EFFECT, patient)
    rows = summing.summed(*patient, treatments, doses, *said)[summing.IN_ALL]
    course = beginning.summed(*patient, treatments, doses, _rows(beginning.CHECK_INS, CHECK_IN, patient))
    for table, some in ((in_all, rows), (first, course[beginning.FIRST])):
        if some:
            op.bulk_insert(table, some)


def _rows(table: sa.Table, names: tuple[str, ...], patient: tuple[str, str]) -> list[dict[str, object]]:
    columns = sa.select(*(table.c[name] for name in names))
    found = columns.where(table.c.clinic_id == patient[0], table.c.patient_id == patient[1])
    return [dict(row._mapping) for row in op.get_bind().execute(found)]


def _ids(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(length=36), nullable=False) for name in names]


def _keys(table: str, *more: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'],
                                name=op.f(f'fk_{table}_clinic_id_patient_id')),
        sa.PrimaryKeyConstraint('clinic_id', 'patient_id', *more, name=op.f(f'pk_{table}')),
    ]
