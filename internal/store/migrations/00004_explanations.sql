-- +goose Up

-- explanation: what an office says of a value that is asked about. The place is
-- that of the question when it came. Times as in 00002_work.sql.
CREATE TABLE explanation (
    number      INTEGER NOT NULL PRIMARY KEY,
    receipt     TEXT NOT NULL, -- of the submission that brought it
    form        TEXT NOT NULL,
    office      TEXT NOT NULL, -- code
    office_name TEXT NOT NULL,
    province    TEXT NOT NULL,
    period      TEXT NOT NULL,
    rule        TEXT NOT NULL,
    severity    TEXT NOT NULL,
    sheet       TEXT NOT NULL,
    cells       TEXT NOT NULL,
    unit        TEXT NOT NULL,
    field       TEXT NOT NULL,
    found       TEXT NOT NULL, -- the value that it is of, as shown
    figure      TEXT NOT NULL, -- the same as a figure, '' = it is none
    words       TEXT NOT NULL,
    person      TEXT NOT NULL, -- as typed
    received    TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
    decided_by  TEXT NOT NULL DEFAULT '',
    decided     TEXT NOT NULL DEFAULT '',
    reason      TEXT NOT NULL DEFAULT '',
    holds       INTEGER NOT NULL CHECK (holds IN (0, 1))
) /*strict*/;

CREATE INDEX explanation_office ON explanation (form, office);

-- tolerance: what may stand because an explanation was accepted.
CREATE TABLE tolerance (
    number       INTEGER NOT NULL PRIMARY KEY,
    explanation  INTEGER NOT NULL REFERENCES explanation (number),
    form         TEXT NOT NULL,
    version      TEXT NOT NULL,
    province     TEXT NOT NULL,
    office       TEXT NOT NULL, -- '' = every office
    unit         TEXT NOT NULL, -- '' = every commune
    field        TEXT NOT NULL,
    rule         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    amount       TEXT NOT NULL,
    approved_by  TEXT NOT NULL,
    made         TEXT NOT NULL,
    until_day    TEXT NOT NULL, -- '' = as long as the version of the form
    withdrawn_by TEXT NOT NULL DEFAULT '',
    withdrawn    TEXT NOT NULL DEFAULT ''
) /*strict*/;
