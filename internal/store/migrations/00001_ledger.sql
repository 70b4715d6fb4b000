-- +goose Up

-- Each table ends in a token that becomes STRICT where the database knows it.

-- counter: the last number given out, without gaps.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) /*strict*/;

INSERT INTO counter (name, last) VALUES ('receipt', 0);

-- submission: one file that the desk has taken.
CREATE TABLE submission (
    number      INTEGER NOT NULL PRIMARY KEY,
    receipt     TEXT NOT NULL UNIQUE,
    sha256      TEXT NOT NULL,
    content     TEXT,             -- digest of what it says, whatever the bytes
    size        INTEGER NOT NULL, -- bytes
    name        TEXT NOT NULL,
    door        TEXT NOT NULL,
    sender      TEXT NOT NULL,
    received_at TEXT NOT NULL,    -- RFC 3339, UTC
    expect      TEXT NOT NULL,    -- period, '' = nobody said
    state       TEXT NOT NULL
) /*strict*/;

CREATE INDEX submission_sha256 ON submission (sha256);
CREATE INDEX submission_expect ON submission (expect);

-- series: the returns of one form, office and period, counted in versions;
-- or those of one file that could not be placed. Its line is locked before
-- the series is changed.
CREATE TABLE series (
    name     TEXT NOT NULL PRIMARY KEY, -- form/office/period, or file/sha256
    versions INTEGER NOT NULL
) /*strict*/;

-- office_return: one office's report, as it was judged.
CREATE TABLE office_return (
    submission         INTEGER NOT NULL REFERENCES submission (number),
    part               INTEGER NOT NULL, -- place inside the submission, from 0
    series             TEXT NOT NULL REFERENCES series (name),
    version            INTEGER NOT NULL,
    form               TEXT NOT NULL,
    office             TEXT NOT NULL,    -- code; the register's other words follow
    office_name        TEXT NOT NULL,
    office_kind        TEXT NOT NULL,
    office_parent      TEXT NOT NULL,
    office_from        TEXT NOT NULL,
    office_to          TEXT NOT NULL,
    office_from_after  TEXT NOT NULL,
    office_to_after    TEXT NOT NULL,
    office_region      TEXT NOT NULL,
    office_region_sure TEXT NOT NULL,
    province           TEXT NOT NULL,
    period             TEXT NOT NULL,
    as_of              TEXT NOT NULL,
    state              TEXT NOT NULL,
    is_current         INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    PRIMARY KEY (submission, part),
    UNIQUE (series, version)
) /*strict*/;

CREATE INDEX office_return_period ON office_return (period, province);

-- return_row: one line of a return.
CREATE TABLE return_row (
    submission INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    line       INTEGER NOT NULL, -- place inside the return, from 0
    unit       TEXT NOT NULL,
    name       TEXT NOT NULL,
    name_sheet TEXT NOT NULL,
    name_row   INTEGER NOT NULL,
    name_col   INTEGER NOT NULL,
    area       TEXT NOT NULL,    -- [top,left,bottom,right]
    why        TEXT NOT NULL,
    runner_up  TEXT NOT NULL,
    left_out   TEXT NOT NULL,
    official   TEXT NOT NULL,
    PRIMARY KEY (submission, part, line),
    FOREIGN KEY (submission, part) REFERENCES office_return (submission, part)
) /*strict*/;

-- fact: what one source cell of a row means.
CREATE TABLE fact (
    submission INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    place      INTEGER NOT NULL, -- place inside the row, from 0
    field      TEXT NOT NULL,
    number     TEXT,             -- canonical decimal
    mark       TEXT NOT NULL,
    empty      TEXT NOT NULL,
    measure    TEXT NOT NULL,
    raw        TEXT NOT NULL,
    shown      TEXT NOT NULL,
    sheet      TEXT NOT NULL,
    cell_row   INTEGER NOT NULL,
    cell_col   INTEGER NOT NULL,
    doubt      INTEGER NOT NULL CHECK (doubt IN (0, 1)),
    PRIMARY KEY (submission, part, line, place),
    FOREIGN KEY (submission, part, line) REFERENCES return_row (submission, part, line)
) /*strict*/;

-- return_total: a summing row as the office wrote it.
CREATE TABLE return_total (
    submission  INTEGER NOT NULL,
    part        INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    label_sheet TEXT NOT NULL,
    label_row   INTEGER NOT NULL,
    label_col   INTEGER NOT NULL,
    words       TEXT NOT NULL,
    PRIMARY KEY (submission, part, line),
    FOREIGN KEY (submission, part) REFERENCES office_return (submission, part)
) /*strict*/;

-- total_fact: what one source cell of a summing row means.
CREATE TABLE total_fact (
    submission INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    field      TEXT NOT NULL,
    number     TEXT,
    mark       TEXT NOT NULL,
    empty      TEXT NOT NULL,
    measure    TEXT NOT NULL,
    raw        TEXT NOT NULL,
    shown      TEXT NOT NULL,
    sheet      TEXT NOT NULL,
    cell_row   INTEGER NOT NULL,
    cell_col   INTEGER NOT NULL,
    doubt      INTEGER NOT NULL CHECK (doubt IN (0, 1)),
    PRIMARY KEY (submission, part, line, place),
    FOREIGN KEY (submission, part, line) REFERENCES return_total (submission, part, line)
) /*strict*/;

-- ignored: what was read and deliberately not used.
CREATE TABLE ignored (
    submission INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    sheet      TEXT NOT NULL,
    area       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    words      TEXT NOT NULL,
    PRIMARY KEY (submission, part, line),
    FOREIGN KEY (submission, part) REFERENCES office_return (submission, part)
) /*strict*/;

-- finding: one thing to say about a return.
CREATE TABLE finding (
    submission INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    rule       TEXT NOT NULL,
    severity   TEXT NOT NULL,
    owner      TEXT NOT NULL,
    unit       TEXT NOT NULL,
    field      TEXT NOT NULL,
    sheet      TEXT NOT NULL,
    areas      TEXT NOT NULL, -- [[top,left,bottom,right],…]
    found      TEXT NOT NULL,
    expected   TEXT NOT NULL,
    args       TEXT NOT NULL, -- {"name":"value",…}
    holds      INTEGER NOT NULL CHECK (holds IN (0, 1)),
    PRIMARY KEY (submission, part, line),
    FOREIGN KEY (submission, part) REFERENCES office_return (submission, part)
) /*strict*/;

-- edition: one issue of a province's consolidated workbook.
CREATE TABLE edition (
    period   TEXT NOT NULL,
    province TEXT NOT NULL,
    form     TEXT NOT NULL,
    issue    INTEGER NOT NULL,
    as_of    TEXT NOT NULL,
    sha256   TEXT NOT NULL, -- of the workbook
    inputs   TEXT NOT NULL, -- digest of everything it was made from
    rules    TEXT NOT NULL, -- digest of the templates in force
    criteria TEXT NOT NULL,
    program  TEXT NOT NULL,
    manifest TEXT NOT NULL, -- sha256 of the manifest
    PRIMARY KEY (period, province, form, issue),
    UNIQUE (period, province, form, inputs)
) /*strict*/;

-- edition_input: a return that an edition was made from.
CREATE TABLE edition_input (
    period   TEXT NOT NULL,
    province TEXT NOT NULL,
    form     TEXT NOT NULL,
    issue    INTEGER NOT NULL,
    line     INTEGER NOT NULL,
    receipt  TEXT NOT NULL REFERENCES submission (receipt),
    sha256   TEXT NOT NULL,
    file     TEXT NOT NULL,
    office   TEXT NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (period, province, form, issue, line),
    FOREIGN KEY (period, province, form, issue) REFERENCES edition (period, province, form, issue)
) /*strict*/;
