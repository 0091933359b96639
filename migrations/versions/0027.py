"""patients are told when who treats them has changed

Revision ID: 0027
Revises: 0026
"""

from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

BEFORE = ('alert', 'escalation', 'reminder', 'operator', 'invited', 'keys', 'emergency', 'looked')


def upgrade() -> None:
    _notices((*BEFORE, 'team'))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE what = 'team'")
    _notices(BEFORE)


def _notices(whats: tuple[str, ...]) -> None:
    with op.batch_alter_table('notice') as batch_op:
        batch_op.drop_constraint(op.f('ck_notice_what'), type_='check')
        batch_op.create_check_constraint(op.f('ck_notice_what'), f'what IN {whats}')
