"""whether a clinic asks about thoughts

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.add_column(sa.Column('thoughts_asked', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute('UPDATE clinic SET thoughts_asked = is_demo')
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.alter_column('thoughts_asked', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.drop_column('thoughts_asked')
