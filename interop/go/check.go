package main

import (
	"context"
	"time"

	"github.com/golang/protobuf/proto"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/metadata"
	"github.com/micro/go-micro/transport"

	"dev.vertxmicro/interop/rows"
	"dev.vertxmicro/interop/rows/peer"
)

// check runs all rows, or those named, with each content type.
func check(args []string) error {
	o := parse("check", args)
	rows.Check(o.contentType, o.args, func(contentType string) *rows.Caller {
		c := &caller{options: o, client: o.client(), contentType: contentType}
		return &rows.Caller{Client: c, Service: o.service, ContentType: contentType, Timeout: o.timeout}
	})
	return nil
}

// caller is a rows.Client.
type caller struct {
	options     *options
	client      client.Client
	contentType string
	publishing  client.Client
}

func (c *caller) Call(ctx context.Context, service, endpoint string, req, rsp proto.Message, timeout time.Duration) error {
	request := c.client.NewRequest(service, endpoint, req, client.WithContentType(c.contentType))
	if timeout == 0 {
		return c.client.Call(ctx, request, rsp)
	}
	return c.client.Call(ctx, request, rsp, client.WithRequestTimeout(timeout))
}

func (c *caller) Open(endpoint string, empty proto.Message) (rows.Stream, error) {
	return c.client.Stream(context.Background(), c.client.NewRequest(c.options.service, endpoint, empty,
		client.WithContentType(c.contentType), client.StreamingRequest()),
		client.WithRequestTimeout(time.Minute))
}

func (c *caller) With(sent map[string]string) context.Context {
	return metadata.NewContext(context.Background(), sent)
}

// Publish publishes with a client whose broker finds both services which subscribe to the topic in these tests.
func (c *caller) Publish(item *peer.Item) error {
	if c.publishing == nil {
		found := &patient{Registry: c.options.registry(), topic: rows.Topic, subscribers: 2}
		c.publishing = client.NewClient(client.Broker(httpBroker(found)), client.ContentType(c.contentType))
	}
	return c.publishing.Publish(context.Background(), c.publishing.NewMessage(rows.Topic, item))
}

func (c *caller) Send(header map[string]string, body []byte) (map[string]string, []byte, error) {
	next, err := c.client.Options().Selector.Select(c.options.service)
	if err != nil {
		return nil, nil, err
	}
	node, err := next()
	if err != nil {
		return nil, nil, err
	}
	socket, err := c.options.transport().Dial(node.Address)
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
