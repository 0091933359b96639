"""another app with codes takes the place of the one in use

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('authenticator', sa.Column('next_secret', sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column('authenticator', 'next_secret')
