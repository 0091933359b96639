"""a patient is told of a copy of the record, and of a correction

Revision ID: 0029
Revises: 0028
"""

from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

BEFORE = ('alert', 'escalation', 'reminder', 'operator', 'invited', 'keys', 'emergency', 'looked', 'team')
NEW = ('taken-out', 'corrected')
AFTER = ('alert', 'escalation', 'reminder', 'operator', 'emergency', 'invited', 'keys', 'looked', *NEW, 'team')


def upgrade() -> None:
    _notices(AFTER)


def downgrade() -> None:
    op.execute(f'DELETE FROM notice WHERE what IN {NEW}')
    _notices(BEFORE)


def _notices(whats: tuple[str, ...]) -> None:
    with op.batch_alter_table('notice') as batch_op:
        batch_op.drop_constraint(op.f('ck_notice_what'), type_='check')
        batch_op.create_check_constraint(op.f('ck_notice_what'), f'what IN {whats}')
