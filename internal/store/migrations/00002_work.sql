-- +goose Up

-- What the work of a server leaves behind: deliveries, closed periods, due
-- runs, signs of life. Times are RFC 3339 in UTC to the second, always 20
-- characters long, so that their order is that of the text; '' = none.

-- submission: what the door vouched for, what came in together, and the door's
-- own name of the arrival.
ALTER TABLE submission ADD COLUMN office TEXT NOT NULL DEFAULT '';     -- code, '' = no door vouched
ALTER TABLE submission ADD COLUMN delivery TEXT NOT NULL DEFAULT '';   -- receipt of the first of it, '' = its own
ALTER TABLE submission ADD COLUMN parcel_key TEXT NOT NULL DEFAULT ''; -- '' = the door cannot repeat itself

CREATE UNIQUE INDEX submission_parcel ON submission (door, parcel_key) WHERE parcel_key <> '';
CREATE INDEX submission_delivery ON submission (delivery);
CREATE INDEX submission_waiting ON submission (office, number) WHERE state = 'received';

-- closing: a period that the calendar has closed for a province. Before the
-- closings of a province are looked at or changed, its line closing/CODE in
-- counter is locked.
CREATE TABLE closing (
    period   TEXT NOT NULL,
    province TEXT NOT NULL,
    due      TEXT NOT NULL,
    closed   TEXT NOT NULL,
    asked    INTEGER NOT NULL CHECK (asked IN (0, 1)), -- an edition is asked for and not begun
    PRIMARY KEY (period, province)
) /*strict*/;

-- schedule: what is remembered of a schedule.
CREATE TABLE schedule (
    name       TEXT NOT NULL PRIMARY KEY,
    expression TEXT NOT NULL,
    since      TEXT NOT NULL,
    considered TEXT NOT NULL
) /*strict*/;

-- due_run: one due time of one schedule; whoever writes the line has it.
CREATE TABLE due_run (
    schedule TEXT NOT NULL,
    due      TEXT NOT NULL,
    state    TEXT NOT NULL,
    made_up  INTEGER NOT NULL CHECK (made_up IN (0, 1)),
    worker   TEXT NOT NULL,
    claimed  TEXT NOT NULL,
    finished TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    args     TEXT NOT NULL, -- {"name":"value",…}
    PRIMARY KEY (schedule, due)
) /*strict*/;

-- beat: signs of life of a worker process.
CREATE TABLE beat (
    worker TEXT NOT NULL PRIMARY KEY,
    count  INTEGER NOT NULL
) /*strict*/;
