"""courses: protocols, what a nurse observes, doses at home, checks, and what a clinic asks

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

ADDED = {
    'effects_report': [
        sa.Column('checks', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('can_wait', sa.Boolean(), nullable=True),
    ],
    'reported_effect': [sa.Column('words', sa.String(120), nullable=True)],
    'treatment': [
        sa.Column('weight', sa.Double(), nullable=True),
        sa.Column('lot', sa.String(120), nullable=True),
        sa.Column('given_by', sa.String(120), nullable=True),
        sa.Column('ended', sa.DateTime(timezone=True), nullable=True),
        sa.Column('observed', sa.JSON(none_as_null=True), nullable=True),
    ],
}


def upgrade() -> None:
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.add_column(column)
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.add_column(sa.Column('rems', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.alter_column('rems', server_default=None)
    op.create_table(
        'home_dose',
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('route', sa.String(16), nullable=False),
        sa.Column('mg', sa.Double(), nullable=False),
        sa.Column('someone', sa.Boolean(), nullable=True),
        sa.Column('ok_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('treatment', sa.String(36), nullable=True),
        sa.Column('note', sa.Text(), nullable=True),
        sa.Column('clinic_id', sa.String(36), nullable=False),
        sa.Column('patient_id', sa.String(36), nullable=False),
        sa.Column('version_id', sa.String(40), nullable=False),
        sa.Column('record', sa.String(36), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('felt_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('zone', sa.String(64), nullable=False),
        sa.CheckConstraint('mg > 0', name=op.f('ck_home_dose_mg')),
        sa.ForeignKeyConstraint(
            ['clinic_id', 'patient_id', 'version_id'],
            ['version.clinic_id', 'version.patient_id', 'version.id'],
            name=op.f('fk_home_dose_clinic_id_patient_id_version_id'),
        ),
        sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'version_id', name=op.f('pk_home_dose')),
    )
    op.create_index(op.f('ix_home_dose_clinic_id_patient_id_day'), 'home_dose', ['clinic_id', 'patient_id', 'day'])
    op.create_table(
        'protocol',
        sa.Column('clinic_id', sa.String(36), nullable=False),
        sa.Column('id', sa.String(36), nullable=False),
        sa.Column('name', sa.String(120), nullable=False),
        sa.Column('route', sa.String(16), nullable=False),
        sa.Column('drug', sa.String(16), nullable=False),
        sa.Column('dose', sa.Double(), nullable=False),
        sa.Column('unit', sa.String(8), nullable=False),
        sa.Column('place', sa.String(12), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=False),
        sa.Column('treatments', sa.Integer(), nullable=False),
        sa.Column('days', sa.Integer(), nullable=False),
        sa.Column('apart', sa.Integer(), nullable=False),
        sa.Column('every', sa.Integer(), nullable=False),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('dose > 0', name=op.f('ck_protocol_dose')),
        sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], name=op.f('fk_protocol_clinic_id')),
        sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_protocol')),
    )
    op.create_table(
        'clinic_item',
        sa.Column('clinic_id', sa.String(36), nullable=False),
        sa.Column('what', sa.String(8), nullable=False),
        sa.Column('id', sa.String(32), nullable=False),
        sa.Column('is_asked', sa.Boolean(), nullable=False),
        sa.Column('en', sa.String(120), nullable=True),
        sa.Column('fr', sa.String(120), nullable=True),
        sa.CheckConstraint("what IN ('effect', 'check', 'own')", name=op.f('ck_clinic_item_what')),
        sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], name=op.f('fk_clinic_item_clinic_id')),
        sa.PrimaryKeyConstraint('clinic_id', 'what', 'id', name=op.f('pk_clinic_item')),
    )


def downgrade() -> None:
    for table in ('clinic_item', 'protocol', 'home_dose'):
        op.drop_table(table)
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.drop_column('rems')
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_column(column.name)
