-- Searches without accents: "filtracion" finds "filtración", "munoz" finds "Muñoz".
--
--     psql -d YOUR_DATABASE -f unaccent.sql
--
-- Run it once in the database of Odoo, as a superuser of PostgreSQL (postgres) or as the owner of the
-- database, and restart Odoo. Debian's `postgresql` contains the extensions.
--
-- Odoo uses a function unaccent(text) where it finds one, and its text indexes contain it if it is
-- immutable, which PostgreSQL's own is not. Odoo's option `unaccent = True` declares that one
-- immutable, in databases that Odoo creates, and pg_dump does not keep it. This wrapper is dumped and
-- restored with the database; leave the option out beside it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE SCHEMA IF NOT EXISTS unaccent_schema;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA unaccent_schema;
-- It may be there already, elsewhere.
ALTER EXTENSION unaccent SET SCHEMA unaccent_schema;
GRANT USAGE ON SCHEMA unaccent_schema TO PUBLIC;
CREATE OR REPLACE FUNCTION public.unaccent(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    -- The signs of "Nº" and "N°", and that of "3ª", are letters as people type them.
    AS $$ SELECT unaccent_schema.unaccent(translate($1, U&'\00BA\00B0\00AA', 'ooa')) $$;

-- Then PostgreSQL calls it directly, twice as fast where no index serves. Only a superuser may
-- do this; repeat it after a restore. Indexes are right either way.
DO $$ BEGIN
    ALTER FUNCTION unaccent_schema.unaccent(text) IMMUTABLE;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'Run this file as a superuser, so that searches are faster.';
END $$;
