"""what patients say of a clinic's own effects is encrypted

Needs DATA_KEYS.

Revision ID: 0035
Revises: 0031
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from pwa.records.data_keys import begin_with_newest
from pwa.records.keyring import keyring

revision = '0035'
down_revision = '0031'
branch_labels = None
depends_on = None

TABLE, PLACE = 'reported_effect', 'reported_effect.words'
KEY = ('clinic_id', 'patient_id', 'version_id', 'effect')
#: rows in one go
SOME = 1000


def upgrade() -> None:
    begin_with_newest(op.get_bind())
    _made_anew(sa.LargeBinary(), lambda words: keyring().encrypt(words.encode(), PLACE))


def downgrade() -> None:
    """In the clear again."""
    _made_anew(sa.String(length=120), lambda kept: keyring().decrypt(bytes(kept), PLACE).decode())


def _made_anew(kind: sa.types.TypeEngine, change: Callable) -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('PRAGMA secure_delete=ON')  # nothing of it stays in pages that are free afterwards
    op.add_column(TABLE, sa.Column('kept', kind, nullable=True))
    _rewrite(change)
    op.drop_column(TABLE, 'words')
    op.execute(f'ALTER TABLE {TABLE} RENAME COLUMN kept TO words')


def _rewrite(change: Callable) -> None:
    """Row by row in the order of the keys, some at a time."""
    bind, table = op.get_bind(), sa.table(TABLE, *map(sa.column, (*KEY, 'words', 'kept')))
    keys = [table.c[one] for one in KEY]
    these = [column == sa.bindparam(f'its_{column.name}') for column in keys]
    write = table.update().where(*these).values(kept=sa.bindparam('new'))
    page = sa.select(*keys, table.c.words).where(table.c.words.is_not(None)).order_by(*keys).limit(SOME)
    rows = bind.execute(page).all()
    while rows:
        bind.execute(write, [
            {f'its_{one}': getattr(row, one) for one in KEY} | {'new': change(row.words)} for row in rows
        ])
        last = sa.tuple_(*(sa.literal(getattr(rows[-1], one)) for one in KEY))
        rows = bind.execute(page.where(sa.tuple_(*keys) > last)).all()
