"""How does PostgreSQL write the words of a row by itself? The same text as `finding.words`, in its own tongue.

Only for rows that did not come with their words: those of `QuerySet.update` and of SQL by hand. Readings
stand in a table of their own, which `fill_readings` keeps equal to `finding.readings`.
"""

from __future__ import annotations

from typing import Any

from qingshan.finding.readings import MOST_WAYS, ways_to_read
from qingshan.finding.words import (
    BEGIN_WORDS,
    LATIN,
    LONGEST_NUMBER,
    NAME_BEGINS,
    NAME_ENDS,
    NUMBER_BEGINS,
    READS,
    SPELLED,
)

READINGS = "finding_reading"
_COMPARED: set[str] = set()
"""Databases whose readings this process has compared one by one."""


def fill_readings(cursor: Any) -> None:
    """Make the table of readings what the program reads by."""
    cursor.execute(
        f"CREATE TABLE IF NOT EXISTS {READINGS} (character text PRIMARY KEY, ways text[] NOT NULL)"
    )
    ways = ways_to_read()
    cursor.execute(f"SELECT current_database(), count(*) FROM {READINGS}")
    database, rows = cursor.fetchone()
    if database in _COMPARED and rows == len(ways):  # each index asks for it, and to read it takes a while
        return
    _COMPARED.add(database)
    cursor.execute(f"SELECT character, ways FROM {READINGS}")
    if {character: tuple(known) for character, known in cursor.fetchall()} == ways:
        return
    cursor.execute(f"DELETE FROM {READINGS}")
    # each way as '{a,b}', which PostgreSQL reads as an array of its own
    insert = f"INSERT INTO {READINGS} SELECT c, w::text[] FROM unnest(%s::text[], %s::text[]) AS given (c, w)"
    cursor.execute(insert, [list(ways), [f"{{{','.join(each)}}}" for each in ways.values()]])


FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION qs_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT btrim(regexp_replace(translate(lower(normalize(said, NFKC)), '''"', '’”'),
     '[[:space:][:cntrl:]]+', ' ', 'g')) $$;

CREATE OR REPLACE FUNCTION qs_listed(names jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE AS
$$ SELECT ARRAY(SELECT one #>> '{}' FROM jsonb_array_elements(
     CASE WHEN jsonb_typeof(names) = 'array' THEN names ELSE '[]' END) AS one
   WHERE jsonb_typeof(one) = 'string') $$;

CREATE OR REPLACE FUNCTION qs_lines(name text) RETURNS text[] LANGUAGE plpgsql STABLE AS
$$ DECLARE
  sofar text[] := ARRAY['']; initials text[] := ARRAY['']; lines text[] := ARRAY['=' || name];
  letter text; found text[]; chinese boolean := false;
BEGIN
  FOREACH letter IN ARRAY regexp_split_to_array(name, '') LOOP
    SELECT ways INTO found FROM finding_reading WHERE character = letter;
    IF found IS NOT NULL THEN chinese := true;
    ELSIF letter ~ '^[a-z0-9]$' THEN found := ARRAY[letter];
    ELSE CONTINUE; END IF;
    SELECT array_agg(s), array_agg(i) INTO sofar, initials FROM (
      SELECT head || '''' || way AS s, letters || left(way, 1) AS i
        FROM unnest(sofar, initials) WITH ORDINALITY AS h (head, letters, a),
             unnest(found) WITH ORDINALITY AS w (way, b) ORDER BY a, b LIMIT <most_ways>) AS longer;
  END LOOP;
  IF chinese THEN
    FOR n IN 1 .. cardinality(sofar) LOOP
      lines := lines || sofar[n] || ('"' || initials[n]);
    END LOOP;
  END IF;
  RETURN lines;
END $$;

CREATE OR REPLACE FUNCTION qs_parts(said text, width int) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS
$$ SELECT substr(said, n, width) FROM generate_series(1, length(said) - width + 1) AS n $$;

CREATE OR REPLACE FUNCTION qs_pieces(line text) RETURNS SETOF text LANGUAGE plpgsql STABLE AS
$$ DECLARE
  rest text := substr(line, 2); run text; syllable text; place int := 1; width int; joined text;
BEGIN
  CASE left(line, 1)
  WHEN '=' THEN
    RETURN NEXT <begins> || left(rest, 1);
    IF length(rest) > 1 AND substr(rest, 2, 1) <> ' ' THEN RETURN NEXT <begins> || left(rest, 2); END IF;
    RETURN NEXT <ends> || right(rest, 1);
    RETURN QUERY SELECT p FROM qs_parts(rest, 1) AS p WHERE p <> ' ';
    RETURN QUERY SELECT p FROM qs_parts(rest, 2) AS p WHERE position(' ' IN p) = 0;
    FOR run IN SELECT m.parts[1] FROM regexp_matches(rest, '[!-~]+', 'g') AS m (parts) LOOP
      RETURN QUERY SELECT qs_parts(run, <latin>);
    END LOOP;
  WHEN ':' THEN
    RETURN NEXT <number> || left(rest, 1);
    IF length(rest) > 1 AND substr(rest, 2, 1) <> ' ' THEN RETURN NEXT <number> || left(rest, 2); END IF;
    FOREACH run IN ARRAY string_to_array(rest, ' ') LOOP
      RETURN QUERY SELECT qs_parts(run, <latin>);
    END LOOP;
  WHEN '''' THEN
    joined := replace(rest, '''', '');
    FOREACH syllable IN ARRAY string_to_array(rest, '''') LOOP
      FOREACH width IN ARRAY ARRAY[<latin>, <spelled>] LOOP
        IF place + width - 1 <= length(joined) THEN RETURN NEXT <reads> || substr(joined, place, width); END IF;
      END LOOP;
      place := place + length(syllable);
    END LOOP;
  ELSE
    RETURN NEXT <initials> || left(rest, 1);
    RETURN QUERY SELECT <initials> || p FROM qs_parts(rest, 2) AS p;
  END CASE;
END $$;

CREATE OR REPLACE FUNCTION qs_words(names text[], numbers text[]) RETURNS text LANGUAGE plpgsql STABLE AS
$$ DECLARE
  lines text[] := '{}'; said text;
BEGIN
  FOREACH said IN ARRAY names LOOP
    said := qs_plain(said);
    IF said <> '' THEN lines := lines || qs_lines(said); END IF;
  END LOOP;
  FOREACH said IN ARRAY numbers LOOP
    said := rtrim(left(qs_plain(said), <longest_number>));
    IF said <> '' THEN
      lines := lines || (CASE WHEN said ~ '^[\x01-\x7f]*$' THEN ':' ELSE '=' END || said);
    END IF;
  END LOOP;
  lines := ARRAY(SELECT line FROM unnest(lines) WITH ORDINALITY AS l (line, n) GROUP BY line ORDER BY min(n));
  RETURN array_to_string(lines, E'\n') || E'\n\t' || array_to_string(ARRAY(
    SELECT DISTINCT piece FROM unnest(lines) AS line, LATERAL qs_pieces(line) AS piece), ' ');
END $$;
"""


def functions() -> str:
    """The functions, with the widths and signs of `finding.words`."""
    widths = {
        "<most_ways>": MOST_WAYS,
        "<latin>": LATIN,
        "<spelled>": SPELLED,
        "<longest_number>": LONGEST_NUMBER,
        "<begins>": f"chr({ord(NAME_BEGINS)})",
        "<ends>": f"chr({ord(NAME_ENDS)})",
        "<number>": f"chr({ord(NUMBER_BEGINS)})",
        "<reads>": f"chr({ord(READS)})",
        "<initials>": f"chr({ord(BEGIN_WORDS)})",
    }
    text = FUNCTIONS
    for name, width in widths.items():
        text = text.replace(name, str(width))
    return text
