from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, inspect

from pwa import create_app
from pwa.config import Settings
from pwa.records import db
from tests.conftest import SECRET


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    url = f"sqlite:///{tmp_path}/empty.db" if request.param == "sqlite" else request.getfixturevalue("postgres")
    app = create_app(Settings(SECRET, url))
    with app.app_context():
        yield
        db.session.remove()
        left = MetaData()
        left.reflect(db.engine)
        left.drop_all(db.engine)
        db.engine.dispose()


def test_the_migrated_schema_equals_the_models(empty):
    upgrade(directory="migrations")
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, db.metadata) == []
    migrated = constraints()
    db.drop_all()
    db.create_all()
    assert migrated == constraints()


def test_migrations_can_be_taken_back(empty):
    upgrade(directory="migrations")
    downgrade(directory="migrations", revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


def constraints() -> dict[str, set[str]]:
    """What the comparison of Alembic does not look at: the checks of every table, by name."""
    inspector = inspect(db.engine)
    return {
        table: {str(check["name"]) for check in inspector.get_check_constraints(table)}
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }
