"""an address is one clinic's: whoever has the same one at another clinic is somebody else

Revision ID: 0035
Revises: 0034
"""

from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

NAME = 'uq_person_email_index'


def upgrade() -> None:
    op.drop_index(NAME, 'person')
    op.create_index(NAME, 'person', ['clinic_id', 'email_index'], unique=True)


def downgrade() -> None:
    """Refused by the database once somebody is at two clinics."""
    op.drop_index(NAME, 'person')
    op.create_index(NAME, 'person', ['email_index'], unique=True)
