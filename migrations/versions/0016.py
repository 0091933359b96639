"""notes and adverse events, each with all its editions; alerts of a patient by when they were raised

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

ONE_OF = {
    'told': "('app', 'phone', 'visit', 'other')",
    'grade': '(1, 2, 3, 4, 5)',
    'serious': "('no', 'hospital', 'life-threatening', 'disability', 'birth-defect', 'death', 'other')",
    'causality': "('certain', 'probable', 'possible', 'unlikely', 'unassessable')",
    'action': "('none', 'treated', 'dose-reduced', 'postponed', 'stopped', 'hospital')",
    'outcome': "('resolved', 'recovering', 'ongoing', 'sequelae', 'fatal', 'unknown')",
}


def upgrade() -> None:
    op.create_table('note', *_edition(), sa.Column('text', sa.Text(), nullable=False), *_keys('note'))
    op.create_table('adverse_event', *_edition(),
    sa.Column('told', sa.String(length=12), nullable=False),
    sa.Column('heard', sa.Date(), nullable=False),
    sa.Column('about', sa.String(length=36), nullable=True),
    sa.Column('effect', sa.String(length=32), nullable=True),
    sa.Column('words', sa.String(length=120), nullable=True),
    sa.Column('began', sa.Date(), nullable=False),
    sa.Column('ended', sa.Date(), nullable=True),
    sa.Column('grade', sa.Integer(), nullable=False),
    sa.Column('serious', sa.String(length=16), nullable=False),
    sa.Column('causality', sa.String(length=12), nullable=False),
    sa.Column('action', sa.String(length=12), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('is_mistake', sa.Boolean(), nullable=False),
    sa.CheckConstraint('effect IS NOT NULL OR words IS NOT NULL', name=op.f('ck_adverse_event_named')),
    sa.CheckConstraint('ended >= began', name=op.f('ck_adverse_event_ended')),
    *(sa.CheckConstraint(f'{name} IN {choices}', name=op.f(f'ck_adverse_event_{name}'))
      for name, choices in ONE_OF.items()),
    *_keys('adverse_event')
    )
    op.create_index('ix_adverse_event_clinic_id_began', 'adverse_event', ['clinic_id', 'began'])
    op.create_index('ix_alert_clinic_id_patient_id_raised_at', 'alert', ['clinic_id', 'patient_id', 'raised_at'])


def downgrade() -> None:
    op.drop_index('ix_alert_clinic_id_patient_id_raised_at', 'alert')
    op.drop_table('adverse_event')
    op.drop_table('note')


def _edition() -> list[sa.Column]:
    ids = [sa.Column(name, sa.String(length=36), nullable=False) for name in ('clinic_id', 'patient_id', 'id')]
    return [
        *ids,
        sa.Column('edition', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('person_id', sa.String(length=36), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    ]


def _keys(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'],
                                name=op.f(f'fk_{table}_clinic_id_patient_id')),
        sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'],
                                name=op.f(f'fk_{table}_clinic_id_person_id')),
        sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'id', 'edition', name=op.f(f'pk_{table}')),
    ]
