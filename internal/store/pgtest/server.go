package pgtest

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// owner owns the server and every database on it.
const owner = "tonghop"

// Server is a PostgreSQL that belongs to tests.
type Server struct {
	bin      string // where the programs are
	dir      string // its files
	password string
	port     int
	running  bool

	shell   *exec.Cmd // holds the server
	orders  io.WriteCloser
	answers *bufio.Scanner
}

// keeper is the shell script that holds a server: it starts and stops it when
// it is told to, and tidies up when nobody is there any more to tell it. $1 is
// where the programs are, $2 the folder.
const keeper = `
pid=
while read -r order how; do
	case $order in
	start) "$1/postgres" -D "$2/data" -p "$how" </dev/null >>"$2/log" 2>&1 & pid=$!; echo started ;;
	stop) kill -s "$how" "$pid"; wait "$pid"; pid=; echo stopped ;;
	esac
done
if [ -n "$pid" ]; then kill -s QUIT "$pid"; wait "$pid"; fi
rm -rf "$2"
`

// settings make a server small and quick. Commits are written but not synced:
// they outlive the server, though not the machine.
const settings = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 32MB
fsync = off
full_page_writes = off
deadlock_timeout = 100ms
autovacuum = off
log_min_messages = fatal
`

// newServer makes a server and starts it.
func newServer(bin string) (*Server, error) {
	dir, err := os.MkdirTemp("/tmp", "pgtest") // where the other user can go, too
	if err != nil {
		return nil, fmt.Errorf("make a folder for PostgreSQL: %w", err)
	}
	s := &Server{bin: bin, dir: dir, password: rand.Text()}
	if err := s.prepare(); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	if err := s.keep(); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	if err := s.choosePort(); err != nil {
		return nil, errors.Join(err, s.remove())
	}
	return s, nil
}

// prepare makes the files of the server.
func (s *Server) prepare() error {
	secret := filepath.Join(s.dir, "password")
	if err := os.WriteFile(secret, []byte(s.password), 0o600); err != nil {
		return err
	}
	if err := giveAway(s.dir, secret); err != nil {
		return fmt.Errorf("give PostgreSQL its folder: %w", err)
	}
	initdb := exec.Command(filepath.Join(s.bin, "initdb"), "-D", filepath.Join(s.dir, "data"), "--no-sync",
		"-U", owner, "-A", "scram-sha-256", "--pwfile", secret,
		"-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi")
	asOther(initdb)
	initdb.Dir = s.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	conf, err := os.OpenFile(filepath.Join(s.dir, "data", "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = conf.WriteString(settings)
	return errors.Join(err, conf.Close())
}

// keep starts the shell that holds the server.
func (s *Server) keep() error {
	s.shell = exec.Command("/bin/sh", "-c", keeper, "pgtest", s.bin, s.dir)
	asOther(s.shell)
	s.shell.Dir = "/"
	s.shell.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
	orders, err := s.shell.StdinPipe()
	if err != nil {
		return err
	}
	answers, err := s.shell.StdoutPipe()
	if err != nil {
		return err
	}
	s.orders, s.answers = orders, bufio.NewScanner(answers)
	if err := s.shell.Start(); err != nil {
		return fmt.Errorf("start the shell that holds PostgreSQL: %w", err)
	}
	return nil
}

// choosePort starts the server on a free port. Another program may take it
// between the look and the start: then the next one is tried.
func (s *Server) choosePort() error {
	var failed error
	for range 5 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		s.port = l.Addr().(*net.TCPAddr).Port
		l.Close()
		if failed = s.start(); failed == nil {
			return nil
		}
		if err := s.stop("QUIT"); err != nil {
			return errors.Join(failed, err)
		}
	}
	return failed
}

// order tells the shell what to do and waits until it did.
func (s *Server) order(order, how string) error {
	if _, err := fmt.Fprintln(s.orders, order, how); err != nil {
		return fmt.Errorf("%s PostgreSQL: %w", order, err)
	}
	if !s.answers.Scan() {
		return fmt.Errorf("%s PostgreSQL: the shell that holds it is gone: %w", order, errors.Join(s.answers.Err(), io.EOF))
	}
	return nil
}

// start starts the server and waits until it answers.
func (s *Server) start() error {
	if err := s.order("start", fmt.Sprint(s.port)); err != nil {
		return err
	}
	s.running = true
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var err error
	for ctx.Err() == nil {
		if err = s.command(ctx, "SELECT 1"); err == nil {
			return nil
		}
		if log := s.log(); strings.Contains(log, "could not create any TCP/IP sockets") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("start PostgreSQL: %w\n%s", err, s.log())
}

// stop stops the server with a signal: INT is in order, QUIT at once.
func (s *Server) stop(signal string) error {
	s.running = false
	return s.order("stop", signal)
}

// log is the end of what the server wrote.
func (s *Server) log() string {
	text, err := os.ReadFile(filepath.Join(s.dir, "log"))
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// remove ends the server and takes its files away.
func (s *Server) remove() error {
	s.running = false
	if err := s.orders.Close(); err != nil {
		return err
	}
	if err := s.shell.Wait(); err != nil {
		return fmt.Errorf("the shell that holds PostgreSQL: %w", err)
	}
	return nil
}

// Running reports whether the server was started and not stopped.
func (s *Server) Running() bool { return s.running }

// Crash ends the server at once, as a power cut would: nobody is told, and it
// must recover when it is started again. What was committed is kept.
func (s *Server) Crash(t testing.TB) {
	t.Helper()
	if err := s.stop("QUIT"); err != nil {
		t.Fatal(err)
	}
}

// Stop shuts the server down in order; whoever is connected is told.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if err := s.stop("INT"); err != nil {
		t.Fatal(err)
	}
}

// Start starts the server again, at the same address.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

// programs finds the folder with the newest PostgreSQL.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		newest := slices.MaxFunc(found, func(a, b string) int {
			if len(a) != len(b) { // 9 is older than 15
				return len(a) - len(b)
			}
			return strings.Compare(a, b)
		})
		return filepath.Dir(newest), nil
	}
	postgres, err := exec.LookPath("postgres")
	if err != nil {
		return "", errors.New("PostgreSQL is not installed")
	}
	return filepath.Dir(postgres), nil
}
