// Command v2 is a stock go-micro v2 peer: it serves what the tests of the toolkit call, and calls what they serve. The programs of the
// newer versions differ in what they import and in nothing else.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/golang/protobuf/proto"
	"github.com/micro/go-micro/v2/broker"
	"github.com/micro/go-micro/v2/client"
	"github.com/micro/go-micro/v2/errors"
	"github.com/micro/go-micro/v2/metadata"
	"github.com/micro/go-micro/v2/registry"
	"github.com/micro/go-micro/v2/server"
	"github.com/micro/go-micro/v2/transport"

	"dev.vertxmicro/interop/rows"
	"dev.vertxmicro/interop/rows/peer"
)

const usage = `serve [flags]           serves peer until standard input ends
check [flags] [ROW…]    calls everything a peer serves; one line a check

Flags of a command: COMMAND -h`

func main() {
	commands := map[string]func([]string) error{"serve": serve, "check": check}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve serves until standard input ends: calls, and the topic by the HTTP broker.
func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ExitOnError)
	name := flags.String("service", "go.peer", "service to serve")
	_ = flags.Parse(args)
	found := registry.NewRegistry()
	serving := server.NewServer(
		server.Name(*name), server.Version("1.0.0"), server.Address("127.0.0.1:0"), server.Registry(found),
		server.Broker(httpBroker(found)))
	events := &rows.Recorder{}
	if err := serving.Handle(serving.NewHandler(newPeer(events))); err != nil {
		return err
	}
	if err := serving.Subscribe(serving.NewSubscriber(rows.Topic, events.Heard)); err != nil {
		return err
	}
	if err := serving.Start(); err != nil {
		return err
	}
	rows.Tell(map[string]string{"serving": *name})
	<-rows.InputEnds()
	return serving.Stop()
}

// Peer is the service of peer.proto.
type Peer struct {
	rows.Handlers
}

func newPeer(events *rows.Recorder) *Peer {
	return &Peer{rows.Handlers{
		Recorder: events,
		Failure:  errors.New,
		Metadata: func(ctx context.Context) map[string]string {
			found, _ := metadata.FromContext(ctx)
			return found
		},
	}}
}

// Count sends numbers.
func (p *Peer) Count(ctx context.Context, stream server.Stream) error { return rows.Count(stream) }

// Collect adds numbers up.
func (p *Peer) Collect(ctx context.Context, stream server.Stream) error { return rows.Collect(stream) }

// Chat answers each number.
func (p *Peer) Chat(ctx context.Context, stream server.Stream) error { return rows.Chat(stream) }

// check runs all rows, or those named, with each content type.
func check(args []string) error {
	flags := flag.NewFlagSet("check", flag.ExitOnError)
	name := flags.String("service", "go.peer", "service to call")
	types := flags.String("type", "application/protobuf", "content types, with commas")
	timeout := flags.Duration("timeout", 30*time.Second, "of a call")
	_ = flags.Parse(args)
	rows.Check(*types, flags.Args(), func(contentType string) *rows.Caller {
		return &rows.Caller{
			Client: newCaller(*name, contentType, *timeout), Service: *name, ContentType: contentType, Timeout: *timeout}
	})
	return nil
}

// caller is a rows.Client: go-micro's own with its defaults, except that a failure is seen rather than tried again and that a busy
// machine is waited for.
type caller struct {
	client.Client
	service     string
	contentType string
}

func newCaller(service, contentType string, timeout time.Duration) *caller {
	found := registry.NewRegistry()
	return &caller{
		client.NewClient(
			client.Registry(found), client.Broker(httpBroker(found)), client.ContentType(contentType),
			client.RequestTimeout(timeout), client.DialTimeout(timeout), client.Retries(0)),
		service, contentType}
}

func httpBroker(found registry.Registry) broker.Broker {
	return broker.NewBroker(broker.Addrs("127.0.0.1:0"), broker.Registry(found))
}

func (c *caller) Call(ctx context.Context, service, endpoint string, req, rsp proto.Message, timeout time.Duration) error {
	request := c.NewRequest(service, endpoint, req, client.WithContentType(c.contentType))
	if timeout == 0 {
		return c.Client.Call(ctx, request, rsp)
	}
	return c.Client.Call(ctx, request, rsp, client.WithRequestTimeout(timeout))
}

func (c *caller) Open(endpoint string, empty proto.Message) (rows.Stream, error) {
	return c.Stream(context.Background(), c.NewRequest(c.service, endpoint, empty,
		client.WithContentType(c.contentType), client.StreamingRequest()),
		client.WithRequestTimeout(time.Minute))
}

func (c *caller) With(sent map[string]string) context.Context {
	return metadata.NewContext(context.Background(), sent)
}

func (c *caller) Publish(item *peer.Item) error {
	return c.Client.Publish(context.Background(), c.NewMessage(rows.Topic, item))
}

func (c *caller) Send(header map[string]string, body []byte) (map[string]string, []byte, error) {
	next, err := c.Options().Selector.Select(c.service)
	if err != nil {
		return nil, nil, err
	}
	node, err := next()
	if err != nil {
		return nil, nil, err
	}
	socket, err := transport.DefaultTransport.Dial(node.Address)
	if err != nil {
		return nil, nil, err
	}
	defer socket.Close()
	if err := socket.Send(&transport.Message{Header: header, Body: body}); err != nil {
		return nil, nil, err
	}
	answer := &transport.Message{}
	if err := socket.Recv(answer); err != nil {
		return nil, nil, err
	}
	return answer.Header, answer.Body, nil
}
