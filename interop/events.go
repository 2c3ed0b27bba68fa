package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/golang/protobuf/proto"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/transport"

	"dev.vertxmicro/interop/peer"
)

// event sends a message of a topic to the port of the calls, and asks whether the subscriber had it.
func event(c *caller) error {
	before, after := &peer.Total{}, &peer.Total{}
	if err := c.call(context.Background(), "Peer.Events", &peer.Payload{Text: topic}, before); err != nil {
		return err
	}
	text := fmt.Sprint("event ", before.Count, " of ", c.contentType)
	if err := c.send(&peer.Item{Number: 7, Text: text}); err != nil {
		return err
	}
	if err := c.call(context.Background(), "Peer.Events", &peer.Payload{Text: topic}, after); err != nil {
		return err
	}
	if after.Count != before.Count+1 || after.Text != text {
		return fmt.Errorf("%d events, the last %q (expected: %d, %q)", after.Count, after.Text, before.Count+1, text)
	}
	return nil
}

// publishedEvent publishes to a topic that the service subscribes to, and asks whether its subscriber had it, once.
func publishedEvent(c *caller) error {
	before, after := &peer.Total{}, &peer.Total{}
	if err := c.call(context.Background(), "Peer.Events", &peer.Payload{Text: topic}, before); err != nil {
		return err
	}
	text := fmt.Sprint("published after ", before.Count, " as ", c.contentType)
	message := c.publisher().NewMessage(topic, &peer.Item{Number: 7, Text: text})
	if err := c.publisher().Publish(context.Background(), message); err != nil {
		return err
	}
	for end := time.Now().Add(10 * time.Second); after.Count == before.Count && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
		if err := c.call(context.Background(), "Peer.Events", &peer.Payload{Text: topic}, after); err != nil {
			return err
		}
	}
	// A second one would follow the first at once.
	time.Sleep(50 * time.Millisecond)
	if err := c.call(context.Background(), "Peer.Events", &peer.Payload{Text: topic}, after); err != nil {
		return err
	}
	if after.Count != before.Count+1 || after.Text != text {
		return fmt.Errorf("%d events, the last %q (expected: %d, %q)", after.Count, after.Text, before.Count+1, text)
	}
	return nil
}

// publisher is the client with a broker that finds both services which subscribe to the topic in these tests.
func (c *caller) publisher() client.Client {
	if c.publishing == nil {
		found := &patient{Registry: c.options.registry(), topic: topic, subscribers: 2}
		c.publishing = client.NewClient(client.Broker(httpBroker(found)), client.ContentType(c.contentType))
	}
	return c.publishing
}

func (c *caller) send(item *peer.Item) error {
	next, err := c.client.Options().Selector.Select(c.options.service)
	if err != nil {
		return err
	}
	node, err := next()
	if err != nil {
		return err
	}
	body, err := marshal(c.contentType, item)
	if err != nil {
		return err
	}
	socket, err := c.options.transport().Dial(node.Address)
	if err != nil {
		return err
	}
	defer socket.Close()
	message := &transport.Message{Body: body, Header: map[string]string{
		"Content-Type": c.contentType, "Micro-Topic": topic, "Micro-Id": "0f1e2d3c"}}
	if err := socket.Send(message); err != nil {
		return err
	}
	answer := &transport.Message{}
	if err := socket.Recv(answer); err != nil {
		return err
	}
	if text := answer.Header["Micro-Error"]; text != "" {
		return fmt.Errorf("answered the error %s", text)
	}
	if len(answer.Body) > 0 {
		return fmt.Errorf("answered %q (expected: nothing)", answer.Body)
	}
	return nil
}

// marshal makes the body that go-micro publishes: without an envelope, whatever the content type.
func marshal(contentType string, item *peer.Item) ([]byte, error) {
	switch contentType {
	case "application/json", "application/json-rpc":
		return json.Marshal(item)
	default:
		return proto.Marshal(item)
	}
}
