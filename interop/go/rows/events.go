package rows

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/golang/protobuf/proto"

	"dev.vertxmicro/interop/rows/peer"
)

// event sends a message of a topic to the port of the calls, and asks whether the subscriber had it.
func event(c *Caller) error {
	before, after := &peer.Total{}, &peer.Total{}
	if err := c.events(before); err != nil {
		return err
	}
	text := fmt.Sprint("event ", before.Count, " of ", c.ContentType)
	if err := c.send(&peer.Item{Number: 7, Text: text}); err != nil {
		return err
	}
	if err := c.events(after); err != nil {
		return err
	}
	return heardOnce(before, after, text)
}

// publishedEvent publishes to a topic that the service subscribes to, and asks whether its subscriber had it, once.
func publishedEvent(c *Caller) error {
	before, after := &peer.Total{}, &peer.Total{}
	if err := c.events(before); err != nil {
		return err
	}
	text := fmt.Sprint("published after ", before.Count, " as ", c.ContentType)
	if err := c.Client.Publish(&peer.Item{Number: 7, Text: text}); err != nil {
		return err
	}
	for end := time.Now().Add(10 * time.Second); after.Count <= before.Count && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
		if err := c.events(after); err != nil {
			return err
		}
	}
	// A second one would follow the first at once.
	time.Sleep(50 * time.Millisecond)
	if err := c.events(after); err != nil {
		return err
	}
	return heardOnce(before, after, text)
}

func (c *Caller) events(total *peer.Total) error {
	*total = peer.Total{}
	return c.call(context.Background(), "Peer.Events", &peer.Payload{Text: Topic}, total)
}

func heardOnce(before, after *peer.Total, text string) error {
	if after.Count != before.Count+1 || after.Text != text {
		return fmt.Errorf("%d events, the last %q (expected: %d, %q)", after.Count, after.Text, before.Count+1, text)
	}
	return nil
}

func (c *Caller) send(item *peer.Item) error {
	body, err := marshal(c.ContentType, item)
	if err != nil {
		return err
	}
	header, answer, err := c.Client.Send(map[string]string{
		"Content-Type": c.ContentType, "Micro-Topic": Topic, "Micro-Id": "0f1e2d3c"}, body)
	if err != nil {
		return err
	}
	if text := header["Micro-Error"]; text != "" {
		return fmt.Errorf("answered the error %s", text)
	}
	if len(answer) > 0 {
		return fmt.Errorf("answered %q (expected: nothing)", answer)
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
