package jobs

import (
	"context"
	"log/slog"
	"strings"
)

// quiet passes on what River has to say from a warning upwards, without its own
// line for each failed job: the handler has written one that says more.
type quiet struct{ slog.Handler }

// riverSays returns the logger that River gets.
func riverSays(log *slog.Logger) *slog.Logger { return slog.New(quiet{log.Handler()}) }

// Enabled reports whether a line of this level is written.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// Handle writes a line, or not.
func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	if strings.Contains(r.Message, ": Job errored") {
		return nil
	}
	return q.Handler.Handle(ctx, r)
}

// WithAttrs stays quiet.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler {
	return quiet{q.Handler.WithAttrs(attrs)}
}

// WithGroup stays quiet.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
