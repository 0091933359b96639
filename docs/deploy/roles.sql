-- For psql, as PostgreSQL's superuser, once and before `db upgrade`: one role owns the tables, and the service's own changes
-- rows alone. Give each a password by \password, or let them in by a certificate.
CREATE ROLE tidelog_owner LOGIN;
CREATE ROLE tidelog LOGIN;
CREATE DATABASE tidelog OWNER tidelog_owner;
\connect tidelog
REVOKE ALL ON DATABASE tidelog FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE tidelog TO tidelog;
GRANT USAGE ON SCHEMA public TO tidelog;
GRANT CREATE, USAGE ON SCHEMA public TO tidelog_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE tidelog_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tidelog;
ALTER DEFAULT PRIVILEGES FOR ROLE tidelog_owner GRANT USAGE ON SEQUENCES TO tidelog;
