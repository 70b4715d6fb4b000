package monitor

import (
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/tonghop/tonghop"
)

// Metrics counts what the program does. Its methods may be called by many
// goroutines at once, and on nil, where they do nothing: a program that shows
// no metrics calls them all the same.
type Metrics struct {
	registry *prometheus.Registry

	submissions *prometheus.CounterVec
	jobs        *prometheus.CounterVec
	jobSeconds  *prometheus.HistogramVec
	pulls       *prometheus.CounterVec
	pulled      *prometheus.CounterVec
	doorFiles   *prometheus.GaugeVec
	runs        *prometheus.CounterVec
	madeUp      *prometheus.CounterVec
	editions    *prometheus.CounterVec
}

// MetricsOptions says what is known before anything is counted.
type MetricsOptions struct {
	Version   string   // of the program
	Doors     []string // names; they are shown with zeros from the start
	Schedules []string // names; likewise
	Read      Readings // what is looked up when somebody asks
	Log       *slog.Logger
}

// How a pull came out.
const (
	pullDone   = "done"
	pullFailed = "failed"
)

// NewMetrics makes metrics in a registry of their own, with those of the Go
// runtime and of the process.
func NewMetrics(o MetricsOptions) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		submissions: counter("submissions_total", "Submissions that were given a state, by door and state.",
			"door", "state"),
		jobs: counter("jobs_total", "Attempts at jobs that ended, by kind and outcome.", "kind", "outcome"),
		jobSeconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "tonghop", Name: "job_duration_seconds",
			Help:    "How long an attempt at a job took, by kind.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800}}, []string{"kind"}),
		pulls:  counter("pulls_total", "Looks into a door, by door and result.", "door", "result"),
		pulled: counter("pulled_files_total", "Files that a door handed over, by door.", "door"),
		doorFiles: prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "tonghop", Name: "door_files",
			Help: "Files that lay in a door at the last look and were not taken, by door and why."}, []string{"door", "why"}),
		runs:     counter("runs_total", "Due runs that ended, by schedule and outcome.", "schedule", "outcome"),
		madeUp:   counter("runs_made_up_total", "Due runs that were missed and made up for, by schedule.", "schedule"),
		editions: counter("editions_issued_total", "Editions that were handed out, by kind of period.", "period"),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "tonghop", Name: "build_info",
		Help:        "The version of the program; always 1.",
		ConstLabels: prometheus.Labels{"version": valid(o.Version), "go_version": runtime.Version()}})
	build.Set(1)
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.submissions, m.jobs, m.jobSeconds, m.pulls, m.pulled, m.doorFiles, m.runs, m.madeUp, m.editions, build,
		newReader(o.Read, o.Log))
	for _, door := range o.Doors {
		door = valid(door)
		m.pulls.WithLabelValues(door, pullDone)
		m.pulls.WithLabelValues(door, pullFailed)
		m.pulled.WithLabelValues(door)
	}
	for _, schedule := range o.Schedules {
		m.madeUp.WithLabelValues(valid(schedule))
	}
	return m
}

// counter makes one that has labels.
func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "tonghop", Name: name, Help: help}, labels)
}

// valid makes a label of a text: one that is not UTF-8 would end the program.
func valid(text string) string { return strings.ToValidUTF8(text, "?") }

// Submission counts a submission of a door that was given a state.
func (m *Metrics) Submission(door string, state tonghop.State) {
	if m != nil {
		m.submissions.WithLabelValues(valid(door), valid(string(state))).Inc()
	}
}

// Job counts an attempt at a job. An attempt that took no time, such as one
// that was put back for a dead worker, does not count into the durations.
func (m *Metrics) Job(kind, outcome string, took time.Duration) {
	if m == nil {
		return
	}
	m.jobs.WithLabelValues(valid(kind), valid(outcome)).Inc()
	if took > 0 {
		m.jobSeconds.WithLabelValues(valid(kind)).Observe(took.Seconds())
	}
}

// Pull counts a look into a door: how many files it handed over, and whether it
// failed.
func (m *Metrics) Pull(door string, files int, err error) {
	if m == nil {
		return
	}
	result := pullDone
	if err != nil {
		result = pullFailed
	}
	m.pulls.WithLabelValues(valid(door), result).Inc()
	m.pulled.WithLabelValues(valid(door)).Add(float64(max(files, 0)))
}

// Files notes how many files lie in a door after a look: those that wait,
// because they are new or not whole, and those that were refused.
func (m *Metrics) Files(door string, waiting, refused int) {
	if m == nil {
		return
	}
	m.doorFiles.WithLabelValues(valid(door), "waiting").Set(float64(waiting))
	m.doorFiles.WithLabelValues(valid(door), "refused").Set(float64(refused))
}

// Run counts a due run that ended.
func (m *Metrics) Run(schedule, outcome string, madeUp bool) {
	if m == nil {
		return
	}
	m.runs.WithLabelValues(valid(schedule), valid(outcome)).Inc()
	if madeUp {
		m.madeUp.WithLabelValues(valid(schedule)).Inc()
	}
}

// Edition counts an edition that was handed out.
func (m *Metrics) Edition(period tonghop.Period) {
	if m != nil {
		m.editions.WithLabelValues(valid(string(period.Kind))).Inc()
	}
}

// handler shows the metrics. What cannot be gathered is left out, and the log
// hears of it.
func (m *Metrics) handler(log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog:            slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ErrorHandling:       promhttp.ContinueOnError,
		MaxRequestsInFlight: 20,
	})
}
