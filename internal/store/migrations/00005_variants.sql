-- +goose Up

-- variant_answer: what a person answered about one column of one office's layout
-- of a form. A line is never deleted: an answer that is replaced or taken back is
-- withdrawn. Times are RFC 3339 in UTC to the second; '' = none.
CREATE TABLE variant_answer (
    number       INTEGER NOT NULL PRIMARY KEY, -- from counter 'answer', whose line is locked first
    office       TEXT NOT NULL,
    form         TEXT NOT NULL,
    version      TEXT NOT NULL,
    fingerprint  TEXT NOT NULL,
    place        INTEGER NOT NULL, -- columns from the first one with a heading
    label        TEXT NOT NULL,
    field        TEXT NOT NULL,    -- '' = no field
    mark         INTEGER NOT NULL CHECK (mark IN (0, 1)),
    by_whom      TEXT NOT NULL,
    answered     TEXT NOT NULL,
    receipt      TEXT NOT NULL,    -- '' = a file that was never handed in
    sheet        TEXT NOT NULL,
    cell_row     INTEGER NOT NULL,
    cell_col     INTEGER NOT NULL,
    withdrawn_by TEXT NOT NULL,    -- '' = it counts
    withdrawn    TEXT NOT NULL
) /*strict*/;

CREATE INDEX variant_answer_office ON variant_answer (office);

-- One answer counts for a column.
CREATE UNIQUE INDEX variant_answer_open ON variant_answer (office, form, version, fingerprint, place) WHERE withdrawn_by = '';
