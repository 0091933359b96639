"""no notice says that an entry was seen: the phone hears that by its pull

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

OTHERS = {
    'ck_notice_channel': "channel IN ('mail', 'push')",
    'ck_notice_state': "state IN ('waiting', 'claimed', 'sent', 'dead', 'off')",
}


def upgrade() -> None:
    op.execute("DELETE FROM notice WHERE what = 'acknowledged'")
    _may_be("what IN ('alert', 'escalation', 'reminder', 'operator')")


def downgrade() -> None:
    _may_be("what IN ('alert', 'escalation', 'reminder', 'acknowledged', 'operator')")


def _may_be(what: str) -> None:
    """SQLite makes the table anew, and reads no check from the old one."""
    name = op.f('ck_notice_what')
    if op.get_bind().dialect.name == 'sqlite':
        checks = [sa.CheckConstraint(words, name=op.f(other)) for other, words in {**OTHERS, name: what}.items()]
        with op.batch_alter_table('notice', recreate='always', table_args=checks):
            pass
    else:
        op.drop_constraint(name, 'notice', type_='check')
        op.create_check_constraint(name, 'notice', what)
