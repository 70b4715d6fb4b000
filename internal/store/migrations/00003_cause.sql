-- +goose Up

-- finding: which finding of the same return explains this one: its rule, sheet
-- and cells; '' = it stands for itself.
ALTER TABLE finding ADD COLUMN cause TEXT NOT NULL DEFAULT '';
