"""the rhythm of a maintenance, how often a clinic's checks come, effects of its own by route and as checks, and who changed what is asked

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('clinic_item') as batch_op:
        batch_op.add_column(sa.Column('every', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('routes', sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table('course') as batch_op:
        batch_op.add_column(sa.Column('every', sa.Integer(), nullable=True))
    op.create_table('asked_change',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'], name=op.f('fk_asked_change_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_asked_change'))
    )


def downgrade() -> None:
    op.drop_table('asked_change')
    with op.batch_alter_table('course') as batch_op:
        batch_op.drop_column('every')
    with op.batch_alter_table('clinic_item') as batch_op:
        batch_op.drop_column('routes')
        batch_op.drop_column('every')
