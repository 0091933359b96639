"""summaries: a row for each treatment and each window after it, and for each effect that was felt then; weekly looks

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

OF_ALL = ('route', 'week', 'number', 'dose', 'place', 'lot')


def upgrade() -> None:
    op.create_table('after_treatment', *_columns(), *_keys('after_treatment'))
    op.create_index('ix_after_treatment_counted', 'after_treatment', ['clinic_id', 'window', *OF_ALL])
    op.create_table('felt_after', *_columns(),
    sa.Column('effect', sa.String(length=32), nullable=False),
    sa.Column('severity', sa.Integer(), nullable=False),
    sa.CheckConstraint('severity BETWEEN 1 AND 3', name=op.f('ck_felt_after_severity')),
    *_keys('felt_after', 'effect')
    )
    op.create_index('ix_felt_after_counted', 'felt_after', ['clinic_id', 'window', 'effect', *OF_ALL, 'severity'])
    op.create_table('signal_look',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('week', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('method', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('found', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], name=op.f('fk_signal_look_clinic_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'week', 'method', name=op.f('pk_signal_look'))
    )
    for sentence in _filled():
        op.execute(sentence)


def downgrade() -> None:
    op.drop_table('signal_look')
    op.drop_table('felt_after')
    op.drop_table('after_treatment')


def _columns() -> list[sa.Column]:
    lengths = {'clinic_id': 36, 'patient_id': 36, 'treatment': 36, 'window': 12, 'route': 16, 'number': 8, 'dose': 16,
               'place': 12, 'lot': 120}
    strings = [sa.Column(name, sa.String(length=length), nullable=False) for name, length in lengths.items()]
    return [*strings, sa.Column('week', sa.Integer(), nullable=False)]


def _keys(table: str, *more: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'],
                                name=op.f(f'fk_{table}_clinic_id_patient_id')),
        sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'treatment', 'window', *more, name=op.f(f'pk_{table}')),
    ]


def _filled() -> tuple[str, str, str]:
    """What the typed rows of before say, once; `flask rebuild --check` compares it with the versions."""
    week = '(day - DATE \'0001-01-01\') / 7'
    if op.get_bind().dialect.name == 'sqlite':
        week = 'CAST(julianday(day) - 1721425.5 AS INTEGER) / 7'
    given = f"""
WITH newest AS (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY clinic_id, patient_id, record
                               ORDER BY written_at DESC, version_id DESC) AS place_of_it FROM treatment
), given AS (
  SELECT clinic_id, patient_id, record, {week} AS week, route, place, UPPER(TRIM(COALESCE(lot, ''))) AS lot,
    CASE WHEN number <= 1 THEN '1' WHEN number <= 3 THEN '2-3' WHEN number <= 6 THEN '4-6' ELSE 'later' END AS number,
    CASE WHEN unit = 'mg/kg' THEN CASE WHEN dose >= 1 THEN 'mg/kg-1' WHEN dose >= 0.75 THEN 'mg/kg-0.75'
                                       WHEN dose >= 0.5 THEN 'mg/kg-0.5' ELSE 'mg/kg-0' END
         ELSE CASE WHEN dose >= 150 THEN 'mg-150' WHEN dose >= 84 THEN 'mg-84'
                   WHEN dose >= 56 THEN 'mg-56' ELSE 'mg-0' END END AS dose
  FROM newest WHERE place_of_it = 1 AND (status = 'given' OR status = 'planned' AND EXISTS (
    SELECT 1 FROM home_dose d WHERE d.clinic_id = newest.clinic_id AND d.patient_id = newest.patient_id
    AND d.treatment = newest.record))
)"""
    names = 'clinic_id, patient_id, treatment, "window", week, route, number, dose, place, lot'
    of_all = 'g.week, g.route, g.number, g.dose, g.place, g.lot'
    is_its = 'r.clinic_id = g.clinic_id AND r.patient_id = g.patient_id AND r.treatment = g.record'
    is_said = 'e.clinic_id = r.clinic_id AND e.patient_id = r.patient_id AND e.version_id = r.version_id'
    whose = 'g.clinic_id, g.patient_id, g.record'
    return (
        f"""INSERT INTO after_treatment ({names}) {given}
SELECT {whose}, 'given', {of_all} FROM given g""",
        f"""INSERT INTO after_treatment ({names}) {given}
SELECT DISTINCT {whose}, r."window", {of_all} FROM given g JOIN effects_report r ON {is_its}
WHERE r."window" IS NOT NULL""",
        f"""INSERT INTO felt_after ({names}, effect, severity) {given}
SELECT {whose}, r."window", {of_all}, e.effect, MAX(e.severity) FROM given g JOIN effects_report r ON {is_its}
JOIN reported_effect e ON {is_said} WHERE r."window" IS NOT NULL AND e.severity > 0
GROUP BY {whose}, r."window", {of_all}, e.effect""",
    )
