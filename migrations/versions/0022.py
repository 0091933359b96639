"""days on which nobody at the clinic is there

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('safety_settings') as batch_op:
        batch_op.add_column(sa.Column('closed', sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('safety_settings') as batch_op:
        batch_op.alter_column('closed', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('safety_settings') as batch_op:
        batch_op.drop_column('closed')
