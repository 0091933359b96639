"""a browser is known by a key of its own, not by its number

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('device', sa.Column('key_hash', sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column('device', 'key_hash')
