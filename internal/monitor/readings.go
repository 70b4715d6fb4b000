package monitor

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Readings are looked up when somebody asks for the metrics. Each has two
// seconds; one that fails is left out of the answer, and
// tonghop_reading_success says which. A nil one is not shown at all.
type Readings struct {
	// Unsettled counts the submissions that were received and have no verdict
	// yet, and tells how long the oldest of them has been waiting.
	Unsettled func(ctx context.Context) (count int, oldest time.Duration, err error)
	// FailingJobs counts the jobs that have failed and are not done since,
	// those that were given up among them.
	FailingJobs func(ctx context.Context) (int, error)
	// SinceTick is how long ago the clock last looked for what is due.
	SinceTick func(ctx context.Context) (time.Duration, error)
}

// reader collects the readings.
type reader struct {
	log      *slog.Logger
	readings []*reading
	success  *prometheus.Desc
}

// reading is one question, whose answer are the values of some metrics.
type reading struct {
	name  string
	descs []*prometheus.Desc
	probe probe[[]float64]

	mu     sync.Mutex
	failed bool // the last time, so that the log hears of it once
}

func newReader(r Readings, log *slog.Logger) *reader {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	c := &reader{log: log, success: desc("reading_success", "Whether a reading succeeded: 1, or 0.", "reading")}
	if r.Unsettled != nil {
		c.add("unsettled", func(ctx context.Context) ([]float64, error) {
			n, oldest, err := r.Unsettled(ctx)
			return []float64{float64(n), oldest.Seconds()}, err
		}, desc("submissions_unsettled", "Submissions that were received and have no verdict yet."),
			desc("submissions_unsettled_oldest_age_seconds", "How long the oldest submission without a verdict has been waiting; 0 if there is none."))
	}
	if r.FailingJobs != nil {
		c.add("failing_jobs", func(ctx context.Context) ([]float64, error) {
			n, err := r.FailingJobs(ctx)
			return []float64{float64(n)}, err
		}, desc("jobs_failing", "Jobs that have failed and are not done since."))
	}
	if r.SinceTick != nil {
		c.add("since_tick", func(ctx context.Context) ([]float64, error) {
			d, err := r.SinceTick(ctx)
			return []float64{d.Seconds()}, err
		}, desc("clock_tick_age_seconds", "How long ago the clock last looked for what is due."))
	}
	return c
}

// desc describes a metric.
func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName("tonghop", "", name), help, labels, nil)
}

func (c *reader) add(name string, run func(ctx context.Context) ([]float64, error), descs ...*prometheus.Desc) {
	r := &reading{name: name, descs: descs}
	r.probe.limit, r.probe.run = patience, run
	c.readings = append(c.readings, r)
}

// Describe lists the metrics of the readings.
func (c *reader) Describe(out chan<- *prometheus.Desc) {
	for _, r := range c.readings {
		for _, d := range r.descs {
			out <- d
		}
	}
	out <- c.success
}

// Collect makes all readings at once.
func (c *reader) Collect(out chan<- prometheus.Metric) {
	var all sync.WaitGroup
	for _, r := range c.readings {
		all.Go(func() { c.collect(r, out) })
	}
	all.Wait()
}

// collect makes one reading.
func (c *reader) collect(r *reading, out chan<- prometheus.Metric) {
	values, err := r.probe.ask(context.Background())
	r.mu.Lock()
	changed := r.failed != (err != nil)
	r.failed = err != nil
	r.mu.Unlock()
	if changed && err != nil {
		c.log.Warn("metrics could not be read", "reading", r.name, "error", err)
	}
	success := 1.0
	if err != nil {
		success, values = 0, nil
	}
	for i, v := range values {
		out <- prometheus.MustNewConstMetric(r.descs[i], prometheus.GaugeValue, v)
	}
	out <- prometheus.MustNewConstMetric(c.success, prometheus.GaugeValue, success, r.name)
}
