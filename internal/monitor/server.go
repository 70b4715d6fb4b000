package monitor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/tonghop/tonghop"
)

// Options says what a server shows and where.
type Options struct {
	Address string   // host:port; port 0 takes any that is free
	Public  bool     // the address may be one that other machines reach
	Checks  []Check  // what /readyz asks
	Metrics *Metrics // what /metrics shows; nil = it is not there
	Log     *slog.Logger
	Limit   time.Duration // of one check; 0 = 2 seconds
}

// Server answers on one address.
type Server struct {
	listener net.Listener
	http     *http.Server
	log      *slog.Logger
	ended    chan struct{} // closed when nothing is served any more
}

// errPublic keeps what is meant for this machine on it, whatever a name stands
// for there.
var errPublic = errors.New("other machines reach this address")

// Start begins to answer. The error is monitor.listen (address) if the address
// is not to be had. ctx is for the start alone; [Server.Stop] ends the server.
func Start(ctx context.Context, o Options) (*Server, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", o.Address)
	if err != nil {
		return nil, tonghop.Fail("monitor.listen", err, "address", o.Address)
	}
	if a, ok := l.Addr().(*net.TCPAddr); !o.Public && (!ok || !a.IP.IsLoopback()) {
		return nil, tonghop.Fail("monitor.listen", errors.Join(errPublic, l.Close()), "address", o.Address)
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if o.Limit <= 0 {
		o.Limit = patience
	}
	s := &Server{listener: l, log: log, ended: make(chan struct{})}
	s.http = &http.Server{
		Handler:           handler(o, log),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second, // a scrape may wait for readings that are slow
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	go s.serve()
	return s, nil
}

// handler knows the three addresses; anything else is 404, and anything but GET
// and HEAD is 405.
func handler(o Options, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, passed+"\n") })
	mux.Handle("GET /readyz", newReadiness(o.Checks, o.Limit, log))
	if o.Metrics != nil {
		mux.Handle("GET /metrics", o.Metrics.handler(log))
	}
	return mux
}

// serve answers until the server is stopped.
func (s *Server) serve() {
	defer close(s.ended)
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		s.log.Error("health and metrics ended", "error", err)
	}
}

// Addr is where the server answers: host and the real port.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Stop takes no more requests and waits for those under way; when ctx ends
// before that, it cuts them off. Stopping again does nothing.
func (s *Server) Stop(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	<-s.ended
	if err != nil {
		return fmt.Errorf("stop health and metrics: %w", err)
	}
	return nil
}
