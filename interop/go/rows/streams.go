package rows

import (
	"fmt"
	"io"

	"dev.vertxmicro/interop/rows/peer"
)

const (
	serverItems = 2000
	clientItems = 500
)

func serverStream(c *Caller) error {
	stream, err := c.Client.Open("Peer.Count", &peer.Total{})
	if err != nil {
		return err
	}
	defer stream.Close()
	if err := stream.Send(&peer.Total{Count: serverItems, Text: "number"}); err != nil {
		return err
	}
	for i := int64(0); i < serverItems; i++ {
		if err := heard(stream, i, "number"); err != nil {
			return err
		}
	}
	if err := stream.Recv(&peer.Item{}); err != io.EOF {
		return fmt.Errorf("after the last message: %v (expected: EOF)", err)
	}
	return nil
}

func clientStream(c *Caller) error {
	stream, err := c.Client.Open("Peer.Collect", &peer.Item{})
	if err != nil {
		return err
	}
	defer stream.Close()
	for i := int64(0); i < clientItems; i++ {
		if err := stream.Send(&peer.Item{Number: i, Count: clientItems}); err != nil {
			return fmt.Errorf("message %d: %v", i, err)
		}
	}
	total := &peer.Total{}
	if err := stream.Recv(total); err != nil {
		return err
	}
	if total.Count != clientItems || total.Sum != clientItems*(clientItems-1)/2 {
		return fmt.Errorf("answered %v", total)
	}
	return nil
}

// bidiInTurns waits for each answer.
func bidiInTurns(c *Caller) error {
	stream, err := c.Client.Open("Peer.Chat", &peer.Item{})
	if err != nil {
		return err
	}
	defer stream.Close()
	for i := int64(0); i < clientItems; i++ {
		if err := stream.Send(&peer.Item{Number: i, Text: "chat"}); err != nil {
			return fmt.Errorf("sending %d: %v", i, err)
		}
		if err := heard(stream, i, "chat"); err != nil {
			return err
		}
	}
	return nil
}

// bidiAtOnce sends all and then receives all: go-micro's stream holds one lock while it receives, so nothing can be sent meanwhile.
func bidiAtOnce(c *Caller) error {
	stream, err := c.Client.Open("Peer.Chat", &peer.Item{})
	if err != nil {
		return err
	}
	defer stream.Close()
	for i := int64(0); i < clientItems; i++ {
		if err := stream.Send(&peer.Item{Number: i, Text: "chat"}); err != nil {
			return fmt.Errorf("sending %d: %v", i, err)
		}
	}
	for i := int64(0); i < clientItems; i++ {
		if err := heard(stream, i, "chat"); err != nil {
			return err
		}
	}
	return nil
}

func heard(stream Stream, number int64, text string) error {
	item := &peer.Item{}
	if err := stream.Recv(item); err != nil {
		return fmt.Errorf("message %d: %v", number, err)
	}
	if item.Number != number || item.Text != text {
		return fmt.Errorf("message %d was %v", number, item)
	}
	return nil
}
