"""how far the rules have run again after a clinic changed them

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('safety_settings') as batch_op:
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('judged_to', sa.String(length=36), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('safety_settings') as batch_op:
        batch_op.drop_column('judged_to')
        batch_op.drop_column('changed_at')
