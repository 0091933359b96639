"""codes by which a patient comes in once on another screen

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sign_in_code',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'], name=op.f('fk_sign_in_code_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'person_id', name=op.f('pk_sign_in_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_sign_in_code_code_hash'))
    )


def downgrade() -> None:
    op.drop_table('sign_in_code')
