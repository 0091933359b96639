"""a rule fires for each version of an entry, so that an update that is worse is news

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

KEY = ['clinic_id', 'patient_id', 'rule', 'record']
CAUSE = sa.table('alert_cause', *map(sa.column, (*KEY, 'version_id', 'came_at')))


def upgrade() -> None:
    op.execute(CAUSE.update().where(CAUSE.c.version_id.is_(None)).values(version_id=''))
    _key([*KEY, 'version_id'], nullable=False)


def downgrade() -> None:
    """Of an entry with updates the first that fired stays."""
    first, last = CAUSE.alias('first'), CAUSE
    is_same = sa.and_(*(first.c[name] == last.c[name] for name in KEY))
    is_before = sa.tuple_(first.c.came_at, first.c.version_id) < sa.tuple_(last.c.came_at, last.c.version_id)
    op.execute(last.delete().where(sa.exists().where(is_same, is_before)))
    _key(KEY, nullable=True)
    op.execute(CAUSE.update().where(CAUSE.c.version_id == '').values(version_id=None))


def _key(columns: list[str], nullable: bool) -> None:
    with op.batch_alter_table('alert_cause') as batch_op:
        batch_op.drop_constraint('pk_alert_cause', type_='primary')
        batch_op.alter_column('version_id', existing_type=sa.String(length=40), nullable=nullable)
        batch_op.create_primary_key('pk_alert_cause', columns)
