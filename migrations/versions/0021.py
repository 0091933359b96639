"""how one comes in: invitations, second steps, passkeys

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

BEFORE = ('alert', 'escalation', 'reminder', 'operator')
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('invitation',
    *(sa.Column(name, sa.String(length=36), nullable=False) for name in ('clinic_id', 'id', 'person_id')),
    sa.Column('made_by', sa.String(length=36), nullable=True),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', INSTANT, nullable=False),
    sa.Column('expires_at', INSTANT, nullable=False),
    sa.Column('used_at', INSTANT, nullable=True),
    sa.Column('withdrawn_at', INSTANT, nullable=True),
    _of_person('invitation', 'person_id'),
    _of_person('invitation', 'made_by'),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_invitation_code_hash'))
    )
    op.create_index('ix_invitation_clinic_id_person_id', 'invitation', ['clinic_id', 'person_id'])
    op.create_table('authenticator', *_whose(),
    sa.Column('secret', sa.LargeBinary(), nullable=False),
    sa.Column('confirmed_at', INSTANT, nullable=True),
    sa.Column('last_step', sa.Integer(), nullable=False),
    _of_person('authenticator', 'person_id'),
    sa.PrimaryKeyConstraint('clinic_id', 'person_id', name=op.f('pk_authenticator'))
    )
    op.create_table('recovery_code', *_whose(),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    _of_person('recovery_code', 'person_id'),
    sa.PrimaryKeyConstraint('clinic_id', 'person_id', 'code_hash', name=op.f('pk_recovery_code'))
    )
    op.create_table('passkey',
    *(sa.Column(name, sa.String(length=36), nullable=False) for name in ('clinic_id', 'id', 'person_id')),
    sa.Column('credential', sa.String(length=1364), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('made_at', INSTANT, nullable=False),
    _of_person('passkey', 'person_id'),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('credential', name=op.f('uq_passkey_credential'))
    )
    op.create_index('ix_passkey_clinic_id_person_id', 'passkey', ['clinic_id', 'person_id'])
    op.create_table('challenge',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('expires_at', INSTANT, nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_challenge'))
    )
    with op.batch_alter_table('sign_in') as batch_op:
        batch_op.add_column(sa.Column('two_steps', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('browser', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('proved_at', INSTANT, nullable=True))
        batch_op.add_column(sa.Column('seen_at', INSTANT, nullable=True))
    op.execute('UPDATE sign_in SET proved_at = opened_at, seen_at = opened_at')
    with op.batch_alter_table('sign_in') as batch_op:
        batch_op.alter_column('two_steps', server_default=None)
        batch_op.alter_column('browser', server_default=None)
        batch_op.alter_column('proved_at', nullable=False)
        batch_op.alter_column('seen_at', nullable=False)
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.add_column(sa.Column('idle_minutes', sa.Integer(), nullable=False, server_default='15'))
        batch_op.add_column(sa.Column('patient_days', sa.Integer(), nullable=False, server_default='400'))
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.alter_column('idle_minutes', server_default=None)
        batch_op.alter_column('patient_days', server_default=None)
    _notices((*BEFORE, 'invited', 'keys'))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE what IN ('invited', 'keys')")
    _notices(BEFORE)
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.drop_column('patient_days')
        batch_op.drop_column('idle_minutes')
    with op.batch_alter_table('sign_in') as batch_op:
        batch_op.drop_column('seen_at')
        batch_op.drop_column('proved_at')
        batch_op.drop_column('browser')
        batch_op.drop_column('two_steps')
    for table in ('challenge', 'passkey', 'recovery_code', 'authenticator', 'invitation'):
        op.drop_table(table)


def _whose() -> list[sa.Column]:
    return [sa.Column(name, sa.String(length=36), nullable=False) for name in ('clinic_id', 'person_id')]


def _of_person(table: str, column: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(['clinic_id', column], ['person.clinic_id', 'person.id'],
                                   name=op.f(f'fk_{table}_clinic_id_{column}'))


def _notices(whats: tuple[str, ...]) -> None:
    with op.batch_alter_table('notice') as batch_op:
        batch_op.drop_constraint(op.f('ck_notice_what'), type_='check')
        batch_op.create_check_constraint(op.f('ck_notice_what'), f'what IN {whats}')
