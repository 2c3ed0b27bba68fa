package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/golang/protobuf/proto"
	"github.com/micro/go-micro/client"

	"dev.vertxmicro/interop/peer"
)

const (
	serverItems = 2000
	clientItems = 500
)

// open opens a stream as generated code does: the opening frame carries an empty message.
func (c *caller) open(endpoint string, empty proto.Message) (client.Stream, error) {
	return c.client.Stream(context.Background(), c.client.NewRequest(c.options.service, endpoint, empty,
		client.WithContentType(c.contentType), client.StreamingRequest()),
		client.WithRequestTimeout(time.Minute))
}

func serverStream(c *caller) error {
	stream, err := c.open("Peer.Count", &peer.Total{})
	if err != nil {
		return err
	}
	defer stream.Close()
	if err := stream.Send(&peer.Total{Count: serverItems, Text: "number"}); err != nil {
		return err
	}
	for i := int64(0); i < serverItems; i++ {
		item := &peer.Item{}
		if err := stream.Recv(item); err != nil {
			return fmt.Errorf("message %d: %v", i, err)
		}
		if item.Number != i || item.Text != "number" {
			return fmt.Errorf("message %d was %v", i, item)
		}
	}
	if err := stream.Recv(&peer.Item{}); err != io.EOF {
		return fmt.Errorf("after the last message: %v (expected: EOF)", err)
	}
	return nil
}

func clientStream(c *caller) error {
	stream, err := c.open("Peer.Collect", &peer.Item{})
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

// bidi takes turns: go-micro's stream holds one lock while it receives, so nothing can be sent meanwhile.
func bidi(c *caller) error {
	stream, err := c.open("Peer.Chat", &peer.Item{})
	if err != nil {
		return err
	}
	defer stream.Close()
	for i := int64(0); i < clientItems; i++ {
		if err := stream.Send(&peer.Item{Number: i, Text: "chat"}); err != nil {
			return fmt.Errorf("sending %d: %v", i, err)
		}
		item := &peer.Item{}
		if err := stream.Recv(item); err != nil {
			return fmt.Errorf("message %d: %v", i, err)
		}
		if item.Number != i || item.Text != "chat" {
			return fmt.Errorf("message %d was %v", i, item)
		}
	}
	return nil
}
