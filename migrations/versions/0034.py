"""what patients say of a clinic's own effects is encrypted; what outlives SECRET_KEY is kept under DATA_KEYS

Needs DATA_KEYS, and the SECRET_KEY under which pairs were shut: what it does not open waits (docs/running.md, Keys).

Revision ID: 0034
Revises: 0033
"""

import os
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from pwa.records.data_keys import begin_with_newest
from pwa.records.keyring import derived, keyring
from pwa.records.keys import unwrapped

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

TABLE, PLACE = 'reported_effect', 'reported_effect.words'
KEY = ('clinic_id', 'patient_id', 'version_id', 'effect')
PAIRS = sa.table('server_key', *(sa.column(name, kind) for name, kind in (
    ('id', sa.String()), ('wrapped', sa.LargeBinary()), ('private', sa.LargeBinary()),
)))
LASTING = sa.table('lasting_key', sa.column('number', sa.Integer()), sa.column('secret', sa.LargeBinary()))
#: rows in one go
SOME = 1000


def upgrade() -> None:
    begin_with_newest(op.get_bind())
    _made_anew(sa.LargeBinary(), lambda words: keyring().encrypt(words.encode(), PLACE))
    with op.batch_alter_table('server_key') as batch_op:
        batch_op.add_column(sa.Column('private', sa.LargeBinary(), nullable=True))
        batch_op.alter_column('wrapped', existing_type=sa.LargeBinary(), nullable=True)
    _take_pairs_over()
    op.create_table('lasting_key',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_lasting_key'))
    )
    _go_on_answering_who_was_erased()


def downgrade() -> None:
    """In the clear again. Pairs are shut under the SECRET_KEY of now; which codes were erased is no longer answered
    once the data key changes."""
    op.drop_table('lasting_key')
    _give_pairs_back()
    with op.batch_alter_table('server_key') as batch_op:
        batch_op.alter_column('wrapped', existing_type=sa.LargeBinary(), nullable=False)
        batch_op.drop_column('private')
    _made_anew(sa.String(length=120), lambda kept: keyring().decrypt(bytes(kept), PLACE).decode())


def _take_pairs_over() -> None:
    for key in op.get_bind().execute(sa.select(PAIRS)).all():
        private = unwrapped(bytes(key.wrapped), key.id, current_app.config['SECRET_KEY'])
        if private is not None:
            kept = keyring().encrypt(private, 'server_key.private')
            op.execute(PAIRS.update().where(PAIRS.c.id == key.id).values(private=kept, wrapped=None))


def _give_pairs_back() -> None:
    box = AESGCM(derived(current_app.config['SECRET_KEY'].encode(), b'tidelog server key 1'))
    for key in op.get_bind().execute(sa.select(PAIRS).where(PAIRS.c.private.is_not(None))).all():
        nonce, private = os.urandom(12), keyring().decrypt(bytes(key.private), 'server_key.private')
        wrapped = nonce + box.encrypt(nonce, private, key.id.encode())
        op.execute(PAIRS.update().where(PAIRS.c.id == key.id).values(wrapped=wrapped))


def _go_on_answering_who_was_erased() -> None:
    """Until now by a hash under the data key of that time, and no code stands anywhere by which to make it anew."""
    erasures = op.get_bind().scalar(sa.select(sa.func.count()).select_from(sa.table('erasure')))
    older = sorted(keyring().index_keys().items()) if erasures else []
    secrets = [*(key for _, key in older), os.urandom(32)]
    op.bulk_insert(LASTING, [
        {'number': number, 'secret': keyring().encrypt(secret, 'lasting_key.secret')}
        for number, secret in enumerate(secrets, 1)
    ])


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
