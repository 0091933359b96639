"""what is a patient's right: seeing who looked; records that are kept as long as the law asks, and erased

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

SOME = 1000


def upgrade() -> None:
    op.create_table('audit_patient',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('patient_id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('clinic_id', 'patient_id', 'number', name=op.f('pk_audit_patient'))
    )
    op.create_table('erasure',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=36), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'by'], ['person.clinic_id', 'person.id'],
                            name=op.f('fk_erasure_clinic_id_by')),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_erasure'))
    )
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.add_column(sa.Column('kept_years', sa.Integer(), nullable=False, server_default='10'))
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.alter_column('kept_years', server_default=None)
    with op.batch_alter_table('person') as batch_op:
        batch_op.add_column(sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))
    _name_who_stands()


def downgrade() -> None:
    with op.batch_alter_table('person') as batch_op:
        batch_op.drop_column('erased_at')
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.drop_column('kept_years')
    op.drop_table('erasure')
    op.drop_table('audit_patient')


def _name_who_stands() -> None:
    connection = op.get_bind()
    audit = sa.table('audit', *map(sa.column, ('id', 'clinic_id', 'number')), sa.column('patients', sa.JSON))
    named = sa.table('audit_patient', *map(sa.column, ('clinic_id', 'patient_id', 'number')))
    after = 0
    while rows := connection.execute(
        sa.select(audit).where(audit.c.id > after).order_by(audit.c.id).limit(SOME)
    ).all():
        after = rows[-1].id
        new = [{'clinic_id': row.clinic_id, 'patient_id': patient, 'number': row.number}
               for row in rows for patient in set(row.patients)]
        if new:
            connection.execute(named.insert(), new)
