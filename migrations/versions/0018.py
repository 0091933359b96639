"""words, names, addresses and what reaches a browser are encrypted

Needs DATA_KEYS; all that stands is encrypted under its first key, in this one step.

Revision ID: 0018
Revises: 0017
"""

import re
from collections.abc import Callable, Iterable

import sqlalchemy as sa
from alembic import op

from pwa.records.data_keys import begin_with_newest
from pwa.records.keyring import keyring

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

TEXT, NAME = sa.Text(), sa.String(length=120)
#: table → column → what it was; None: bytes, as they stay
COLUMNS: dict[str, dict[str, sa.types.TypeEngine | None]] = {
    'adverse_event': {'words': NAME, 'note': TEXT},
    'alert_event': {'note': TEXT},
    'annotation': {'text': TEXT},
    'call_request': {'note': TEXT},
    'check_in': {'note': TEXT},
    'clash': {'text': None},
    'effects_report': {'other': TEXT, 'note': TEXT},
    'goal': {'words': TEXT},
    'home_dose': {'note': TEXT},
    'journal_entry': {'text': TEXT},
    'note': {'text': TEXT},
    'offer': {'line': TEXT},
    'patient': {'phone': sa.String(length=20)},
    'person': {'email': sa.String(length=254), 'name': NAME},
    'push_subscription': {'endpoint': TEXT, 'p256dh': sa.String(length=100), 'auth': sa.String(length=40)},
    'safety_plan': {name: TEXT for name in ('signs', 'helps', 'people', 'places', 'safer')},
    'safety_settings': {'signed_by': NAME},
    'treatment': {'given_by': NAME},
    'version': {'text': None},
}
#: what SQLite does not read back from the table
OF_PEOPLE = {
    'ck_person_role': "role IN ('patient', 'clinician', 'therapist', 'manager', 'front-desk')",
    'ck_person_language': "language IN ('en', 'fr')",
}
#: rows in one go
SOME = 1000


def upgrade() -> None:
    op.create_table('data_key',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('proof', sa.LargeBinary(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_data_key'))
    )
    op.add_column('person', sa.Column('email_index', sa.String(length=64), nullable=True))
    _index_addresses()
    if not _is_sqlite():
        op.drop_constraint('uq_person_email', 'person', type_='unique')
    _in_every_table(to_bytes=True)
    op.create_index('uq_person_email_index', 'person', ['email_index'], unique=True)
    begin_with_newest(op.get_bind())


def downgrade() -> None:
    """In the clear again."""
    op.drop_index('uq_person_email_index', 'person')
    _in_every_table(to_bytes=False)
    checks = [sa.CheckConstraint(words, name=op.f(name)) for name, words in OF_PEOPLE.items()]
    with op.batch_alter_table('person', table_args=checks) as batch_op:
        batch_op.drop_column('email_index')
        batch_op.create_unique_constraint('uq_person_email', ['email'])
    op.drop_table('data_key')


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def _in_every_table(to_bytes: bool) -> None:
    if _is_sqlite():
        op.execute('PRAGMA secure_delete=ON')  # nothing of it stays in pages that are free afterwards
    for table, columns in COLUMNS.items():
        changed = {name: kind for name, kind in columns.items() if kind is not None}
        if not to_bytes:
            _rewrite(table, columns, keyring().decrypt)
        if changed:
            (_made_anew if _is_sqlite() else _altered)(table, changed, to_bytes)
        if to_bytes:
            _rewrite(table, columns, keyring().encrypt)


def _altered(table: str, columns: dict[str, sa.types.TypeEngine], to_bytes: bool) -> None:
    for name, kind in columns.items():
        new, using = (sa.LargeBinary(), 'convert_to') if to_bytes else (kind, 'convert_from')
        op.alter_column(table, name, type_=new, postgresql_using=f"{using}({name}, 'UTF8')")


def _made_anew(table: str, columns: dict[str, sa.types.TypeEngine], to_bytes: bool) -> None:
    """From the sentence that made it, since what SQLAlchemy reads back from SQLite has lost its checks."""
    bind = op.get_bind()
    sentences = sa.text('SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type = :type AND sql IS NOT NULL')
    [made] = bind.scalars(sentences, {'table': table, 'type': 'table'})
    indexes = bind.scalars(sentences, {'table': table, 'type': 'index'}).all()
    for name, kind in columns.items():
        before, after = (str(kind), 'BLOB') if to_bytes else ('BLOB', str(kind))
        made, found = re.subn(rf'([\s,(]"?{name}"?) {re.escape(before)}', rf'\1 {after}', made)
        assert found == 1, (table, name)
    made = re.sub(r',\s*CONSTRAINT uq_person_email UNIQUE \(email\)', '', made)
    names = [column['name'] for column in sa.inspect(bind).get_columns(table)]
    read = [f'CAST("{name}" AS TEXT)' if name in columns and not to_bytes else f'"{name}"' for name in names]
    into = ', '.join(f'"{name}"' for name in names)
    op.execute(re.sub(rf'^CREATE TABLE "?{table}"?', 'CREATE TABLE made_anew', made))
    op.execute(f"INSERT INTO made_anew ({into}) SELECT {', '.join(read)} FROM {table}")
    op.execute(f'DROP TABLE {table}')
    op.execute(f'ALTER TABLE made_anew RENAME TO {table}')
    for sentence in indexes:
        op.execute(sentence)


def _index_addresses() -> None:
    person = sa.table('person', *map(sa.column, ('id', 'clinic_id', 'email', 'email_index')))
    for row in op.get_bind().execute(sa.select(person).where(person.c.email.is_not(None))).all():
        its = (person.c.clinic_id == row.clinic_id, person.c.id == row.id)
        op.get_bind().execute(person.update().where(*its).values(email_index=keyring().index(row.email)))


def _rewrite(name: str, columns: Iterable[str], change: Callable[[bytes, str], bytes]) -> None:
    """Row by row in the order of the keys, some at a time."""
    bind = op.get_bind()
    keys = sa.inspect(bind).get_pk_constraint(name)['constrained_columns']
    table = sa.table(name, *map(sa.column, (*keys, *columns)))
    key = sa.tuple_(*(table.c[one] for one in keys))
    these = [table.c[one] == sa.bindparam(f'its_{one}') for one in keys]
    write = table.update().where(*these).values({one: sa.bindparam(f'new_{one}') for one in columns})
    page = sa.select(table).order_by(*(table.c[one] for one in keys)).limit(SOME)
    rows = bind.execute(page).mappings().all()
    while rows:
        bind.execute(write, [
            {f'its_{one}': row[one] for one in keys}
            | {f'new_{one}': _changed(row[one], f'{name}.{one}', change) for one in columns}
            for row in rows
        ])
        last = sa.tuple_(*(sa.literal(rows[-1][one]) for one in keys))
        rows = bind.execute(page.where(key > last)).mappings().all()


def _changed(value: str | bytes | None, place: str, change: Callable[[bytes, str], bytes]) -> bytes | None:
    if value is None:
        return None
    return change(value.encode() if isinstance(value, str) else bytes(value), place)
