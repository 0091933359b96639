"""how one comes in: invitations

Revision ID: 0018
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0016'
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
    _notices((*BEFORE, 'invited', 'keys'))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE what IN ('invited', 'keys')")
    _notices(BEFORE)
    op.drop_table('invitation')


def _of_person(table: str, column: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(['clinic_id', column], ['person.clinic_id', 'person.id'],
                                   name=op.f(f'fk_{table}_clinic_id_{column}'))


def _notices(whats: tuple[str, ...]) -> None:
    with op.batch_alter_table('notice') as batch_op:
        batch_op.drop_constraint(op.f('ck_notice_what'), type_='check')
        batch_op.create_check_constraint(op.f('ck_notice_what'), f'what IN {whats}')
