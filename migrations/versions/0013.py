"""single keys can be switched off by whoever uses the clinic's pages

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person') as batch_op:
        batch_op.add_column(sa.Column('keys_off', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('person') as batch_op:
        batch_op.alter_column('keys_off', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('person') as batch_op:
        batch_op.drop_column('keys_off')
