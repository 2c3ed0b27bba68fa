package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand"
	"strings"
	"time"

	"github.com/golang/protobuf/proto"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/errors"
	"github.com/micro/go-micro/metadata"

	"dev.vertxmicro/interop/peer"
)

func (c *caller) call(ctx context.Context, endpoint string, req, rsp proto.Message, opts ...client.CallOption) error {
	return c.client.Call(ctx, c.client.NewRequest(c.options.service, endpoint, req,
		client.WithContentType(c.contentType)), rsp, opts...)
}

func (c *caller) echo(req *peer.Payload) error {
	rsp := &peer.Payload{}
	if err := c.call(context.Background(), "Peer.Echo", req, rsp); err != nil {
		return err
	}
	if rsp.Text != req.Text || !bytes.Equal(rsp.Data, req.Data) {
		return fmt.Errorf("answered %d characters and %d bytes (expected: %d and %d, the same)",
			len(rsp.Text), len(rsp.Data), len(req.Text), len(req.Data))
	}
	return nil
}

func unary(c *caller) error {
	return c.echo(&peer.Payload{Text: "Grüße, 服务 <&> \"\\\n", Data: []byte{0, 1, 254, 255}})
}

func emptyMessage(c *caller) error {
	return c.echo(&peer.Payload{})
}

func largeMessage(c *caller) error {
	data := make([]byte, 3<<20)
	rand.New(rand.NewSource(3)).Read(data)
	return c.echo(&peer.Payload{Data: data})
}

func concurrentCalls(c *caller) error {
	const calls = 3200
	done := make(chan error, calls)
	for i := 0; i < calls; i++ {
		go func(number int) {
			done <- c.echo(&peer.Payload{Text: fmt.Sprint("call ", number)})
		}(i)
	}
	failed, first := 0, error(nil)
	for i := 0; i < calls; i++ {
		if err := <-done; err != nil {
			failed, first = failed+1, err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d failed, the last with %v", failed, calls, first)
	}
	return nil
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

func failure(c *caller) error {
	err := c.call(context.Background(), "Peer.Fail",
		&peer.Failure{Id: "peer.fail", Code: 409, Detail: "50% Grüße <& \"quoted\" \\"}, &peer.Payload{})
	if err == nil {
		return fmt.Errorf("no error (expected: code 409)")
	}
	parsed := errors.Parse(err.Error())
	expected := errors.Error{Id: "peer.fail", Code: 409, Detail: "50% Grüße <& \"quoted\" \\", Status: "Conflict"}
	if *parsed != expected {
		return fmt.Errorf("error %s (expected: %s)", err, expected.Error())
	}
	return expect(err, expected.Error())
}

func plainFailure(c *caller) error {
	err := c.call(context.Background(), "Peer.Fail", &peer.Failure{Detail: "plainly wrong"}, &peer.Payload{})
	return expect(err, "plainly wrong")
}

func unknownService(c *caller) error {
	err := c.call(context.Background(), "Nobody.Echo", &peer.Payload{Text: "x"}, &peer.Payload{})
	if wrong := expect(err, "rpc: can't find service Nobody"); wrong != nil {
		return wrong
	}
	err = c.client.Call(context.Background(), c.client.NewRequest("nobody.there", "Peer.Echo", &peer.Payload{},
		client.WithContentType(c.contentType)), &peer.Payload{})
	return expect(err, errors.InternalServerError("go.micro.client", "service nobody.there: not found").Error(),
		errors.InternalServerError("go.micro.client", "error selecting nobody.there node: not found").Error())
}

func unknownEndpoint(c *caller) error {
	err := c.call(context.Background(), "Peer.Nothing", &peer.Payload{Text: "x"}, &peer.Payload{})
	return expect(err, "rpc: can't find method Nothing")
}

func timeout(c *caller) error {
	start := time.Now()
	err := c.call(context.Background(), "Peer.Wait", &peer.Delay{Millis: 1500}, &peer.Payload{},
		client.WithRequestTimeout(200*time.Millisecond))
	if took := time.Since(start); took > time.Second {
		return fmt.Errorf("took %v (expected: 200ms)", took)
	}
	if err == nil || errors.Parse(err.Error()).Code != 408 {
		return fmt.Errorf("error %v (expected: code 408)", err)
	}
	return c.echo(&peer.Payload{Text: "after a timeout"})
}

func metadataArrives(c *caller) error {
	sent := metadata.Metadata{"X-Peer-One": "1", "peer-two": "two, 2", "X-Peer-Utf8": "Grüße 服务",
		"Micro-From-Service": "go.caller"}
	seen := &peer.Entries{}
	if err := c.call(metadata.NewContext(context.Background(), sent), "Peer.Headers", &peer.Payload{}, seen); err != nil {
		return err
	}
	for name, value := range sent {
		if found := entry(seen, name); found != value {
			return fmt.Errorf("%s arrived as %q (expected: %q)", name, found, value)
		}
	}
	next := &peer.Entries{}
	if err := c.call(context.Background(), "Peer.Headers", &peer.Payload{}, next); err != nil {
		return err
	}
	if leaked := entry(next, "X-Peer-One"); leaked != "" {
		return fmt.Errorf("X-Peer-One of the call before arrived again")
	}
	return nil
}

func entry(seen *peer.Entries, name string) string {
	for key, value := range seen.Values {
		if strings.EqualFold(key, name) {
			return value
		}
	}
	return ""
}
