// Package rows is what peers must be able to do with each other, whichever version of go-micro they are built on: the calls and their
// checks, and what is the same in every server.
package rows

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/golang/protobuf/proto"

	"dev.vertxmicro/interop/rows/peer"
)

// Topic is what a peer subscribes to.
const Topic = "peer.events"

// Stream is what the streams of all clients and servers have in common.
type Stream interface {
	Send(interface{}) error
	Recv(interface{}) error
	Close() error
}

// Client is a client of one version of go-micro, for one service and one content type.
type Client interface {
	// Call calls an endpoint of a service, for at most so long, or the client's own time if that is zero.
	Call(ctx context.Context, service, endpoint string, req, rsp proto.Message, timeout time.Duration) error
	// Open opens a stream as generated code does: the opening frame carries an empty message.
	Open(endpoint string, empty proto.Message) (Stream, error)
	// With gives a context with metadata.
	With(metadata map[string]string) context.Context
	// Send sends a message to the port of the calls and gives the answer to it.
	Send(header map[string]string, body []byte) (map[string]string, []byte, error)
	// Publish publishes to the topic by the HTTP broker.
	Publish(item *peer.Item) error
}

// Caller is one content type towards one service.
type Caller struct {
	Client      Client
	Service     string
	ContentType string
	Timeout     time.Duration
}

func (c *Caller) call(ctx context.Context, endpoint string, req, rsp proto.Message) error {
	return c.Client.Call(ctx, c.Service, endpoint, req, rsp, 0)
}

// failed is what an error of go-micro says, in all versions.
type failed struct {
	Id     string `json:"id"`
	Code   int32  `json:"code"`
	Detail string `json:"detail"`
	Status string `json:"status"`
}

func (f failed) text() string {
	text, _ := json.Marshal(f)
	return string(text)
}

// parse reads an error of go-micro; what is none has no code.
func parse(err error) failed {
	parsed := failed{}
	_ = json.Unmarshal([]byte(err.Error()), &parsed)
	return parsed
}

// expect compares the text of an error with the ones allowed.
func expect(err error, texts ...string) error {
	if err == nil {
		return fmt.Errorf("no error (expected: %s)", texts[0])
	}
	if !contains(texts, err.Error()) {
		return fmt.Errorf("error %s (expected: %s)", err, strings.Join(texts, " or "))
	}
	return nil
}

func contains(list []string, word string) bool {
	for _, each := range list {
		if each == word {
			return true
		}
	}
	return false
}
