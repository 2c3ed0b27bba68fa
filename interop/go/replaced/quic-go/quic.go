// Package quic stands in for quic-go v0.13.1, which does not start on a Go newer than 1.13. It has the names that go-micro
// mentions, and each of them fails.
package quic

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"
)

var errAbsent = errors.New("QUIC is not part of this program")

// Config is what go-micro sets of a session.
type Config struct {
	KeepAlive   bool
	IdleTimeout time.Duration
}

// Stream is one stream of a session.
type Stream interface {
	Read(p []byte) (int, error)
	Write(p []byte) (int, error)
	Close() error
	SetReadDeadline(t time.Time) error
	SetWriteDeadline(t time.Time) error
}

// Session is one connection.
type Session interface {
	AcceptStream(ctx context.Context) (Stream, error)
	OpenStreamSync(ctx context.Context) (Stream, error)
	LocalAddr() net.Addr
	RemoteAddr() net.Addr
	Close() error
}

// Listener waits for sessions.
type Listener interface {
	Accept(ctx context.Context) (Session, error)
	Addr() net.Addr
	Close() error
}

// ListenAddr fails.
func ListenAddr(address string, security *tls.Config, config *Config) (Listener, error) {
	return nil, errAbsent
}

// DialAddr fails.
func DialAddr(address string, security *tls.Config, config *Config) (Session, error) {
	return nil, errAbsent
}
