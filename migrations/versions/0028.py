"""an invitation into an account in use waits for its owner; more that is told by mail

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('invitation', sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('invitation', sa.Column('owned_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('invitation', 'owned_at')
    op.drop_column('invitation', 'opens_at')
