"""a therapist's note knows the words that it is about; an entry that was read can be marked to read again

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('annotation') as table:
        table.add_column(sa.Column('quote', sa.Text(), nullable=True))
        table.add_column(sa.Column('begins', sa.Integer(), nullable=True))
    with op.batch_alter_table('entry_read') as table:
        table.add_column(sa.Column('again', sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('entry_read') as table:
        table.drop_column('again')
    with op.batch_alter_table('annotation') as table:
        table.drop_column('begins')
        table.drop_column('quote')
