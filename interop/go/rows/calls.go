package rows

import (
	"bytes"
	"context"
	"fmt"
	"math/rand"
	"strings"
	"time"

	"dev.vertxmicro/interop/rows/peer"
)

func (c *Caller) echo(req *peer.Payload) error {
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

func unary(c *Caller) error {
	return c.echo(&peer.Payload{Text: "Grüße, 服务 <&> \"\\\n", Data: []byte{0, 1, 254, 255}})
}

func emptyMessage(c *Caller) error {
	return c.echo(&peer.Payload{})
}

func largeMessage(c *Caller) error {
	data := make([]byte, 3<<20)
	rand.New(rand.NewSource(3)).Read(data)
	return c.echo(&peer.Payload{Data: data})
}

func concurrentCalls(c *Caller) error {
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

func failure(c *Caller) error {
	err := c.call(context.Background(), "Peer.Fail",
		&peer.Failure{Id: "peer.fail", Code: 409, Detail: "50% Grüße <& \"quoted\" \\"}, &peer.Payload{})
	expected := failed{Id: "peer.fail", Code: 409, Detail: "50% Grüße <& \"quoted\" \\", Status: "Conflict"}
	return expect(err, expected.text())
}

func plainFailure(c *Caller) error {
	err := c.call(context.Background(), "Peer.Fail", &peer.Failure{Detail: "plainly wrong"}, &peer.Payload{})
	return expect(err, "plainly wrong")
}

func unknownService(c *Caller) error {
	err := c.call(context.Background(), "Nobody.Echo", &peer.Payload{Text: "x"}, &peer.Payload{})
	if wrong := expect(err, "rpc: can't find service Nobody"); wrong != nil {
		return wrong
	}
	err = c.Client.Call(context.Background(), "nobody.there", "Peer.Echo", &peer.Payload{}, &peer.Payload{}, 0)
	expected := failed{Id: "go.micro.client", Code: 500, Detail: "service nobody.there: not found", Status: "Internal Server Error"}
	other := expected
	other.Detail = "error selecting nobody.there node: not found"
	return expect(err, expected.text(), other.text())
}

func unknownEndpoint(c *Caller) error {
	err := c.call(context.Background(), "Peer.Nothing", &peer.Payload{Text: "x"}, &peer.Payload{})
	return expect(err, "rpc: can't find method Nothing")
}

func timeout(c *Caller) error {
	start := time.Now()
	err := c.Client.Call(context.Background(), c.Service, "Peer.Wait", &peer.Delay{Millis: 1500}, &peer.Payload{},
		200*time.Millisecond)
	if took := time.Since(start); took > time.Second {
		return fmt.Errorf("took %v (expected: 200ms)", took)
	}
	if err == nil || parse(err).Code != 408 {
		return fmt.Errorf("error %v (expected: code 408)", err)
	}
	return c.echo(&peer.Payload{Text: "after a timeout"})
}

func metadataArrives(c *Caller) error {
	sent := map[string]string{"X-Peer-One": "1", "peer-two": "two, 2", "X-Peer-Utf8": "Grüße 服务",
		"Micro-From-Service": "go.caller"}
	seen := &peer.Entries{}
	if err := c.call(c.Client.With(sent), "Peer.Headers", &peer.Payload{}, seen); err != nil {
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
