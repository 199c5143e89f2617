-- Searches without accents: "filtracion" finds "filtración", "munoz" finds "Muñoz".
--
-- Run it once in the database of Odoo, as its owner (psql -d YOUR_DATABASE -f unaccent.sql), and
-- restart Odoo. PostgreSQL's package of contributed modules must be installed; Debian's
-- `postgresql` contains it.
--
-- Odoo uses a function unaccent(text) where it finds one, and its text indexes contain it if it is
-- immutable. PostgreSQL's own is not. Odoo's option `unaccent = True` declares it immutable in
-- databases that Odoo creates, which pg_dump does not keep. This one is dumped and restored with
-- the database; leave the option out beside it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE SCHEMA IF NOT EXISTS unaccent_schema;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA unaccent_schema;
CREATE OR REPLACE FUNCTION public.unaccent(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT unaccent_schema.unaccent('unaccent_schema.unaccent'::regdictionary, $1) $$;
