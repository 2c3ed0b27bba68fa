package main

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/micro/go-micro/broker"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/metadata"
	"github.com/micro/go-micro/registry"

	"dev.vertxmicro/interop/rows"
	"dev.vertxmicro/interop/rows/peer"
)

// publish sends each text as an Item of this number, "-" as a message with nothing in it.
func publish(args []string) error {
	flags := flag.NewFlagSet("publish", flag.ExitOnError)
	name := flags.String("topic", rows.Topic, "topic to publish to")
	contentType := flags.String("type", "application/protobuf", "content type")
	subscribers := flags.Int("subscribers", 1, "how many to wait for: go-micro asks for 100 ms, and then never again")
	_ = flags.Parse(args)
	o := &options{}
	found := &patient{Registry: o.registry(), topic: *name, subscribers: *subscribers}
	publisher := client.NewClient(client.Broker(httpBroker(found)), client.ContentType(*contentType))
	if err := publisher.Options().Broker.Connect(); err != nil {
		return err
	}
	for i, text := range flags.Args() {
		ctx := metadata.NewContext(context.Background(), metadata.Metadata{"name": "davie"})
		var err error
		if text == "-" {
			err = publisher.Options().Broker.Publish(*name, &broker.Message{Header: map[string]string{"Empty": "yes"}})
		} else {
			err = publisher.Publish(ctx, publisher.NewMessage(*name, &peer.Item{Number: int64(i), Text: text}))
		}
		if err != nil {
			return err
		}
	}
	rows.Tell(map[string]interface{}{"published": len(flags.Args())})
	<-rows.InputEnds()
	return nil
}

// subscribe tells each message as it came.
func subscribe(args []string) error {
	flags := flag.NewFlagSet("subscribe", flag.ExitOnError)
	name := flags.String("topic", rows.Topic, "topic to subscribe to")
	queue := flags.String("queue", "", "queue to share its messages with")
	_ = flags.Parse(args)
	o := &options{}
	b := httpBroker(o.registry())
	if err := b.Connect(); err != nil {
		return err
	}
	var shared []broker.SubscribeOption
	if *queue != "" {
		shared = append(shared, broker.Queue(*queue))
	}
	subscription, err := b.Subscribe(*name, func(event broker.Event) error {
		rows.Tell(map[string]interface{}{
			"topic": event.Topic(), "header": event.Message().Header, "body": event.Message().Body})
		return nil
	}, shared...)
	if err != nil {
		return err
	}
	rows.Tell(map[string]string{"subscribed": *name})
	stopped := make(chan os.Signal, 1)
	signal.Notify(stopped, syscall.SIGTERM)
	select {
	case <-stopped:
	case <-rows.InputEnds():
	}
	if err := subscription.Unsubscribe(); err != nil {
		return err
	}
	return b.Disconnect()
}

// patient is a registry that asks again until so many nodes of a topic have answered.
type patient struct {
	registry.Registry
	topic       string
	subscribers int
}

func (p *patient) GetService(name string) ([]*registry.Service, error) {
	for end := time.Now().Add(20 * time.Second); ; {
		found, err := p.Registry.GetService(name)
		count := 0
		for _, service := range found {
			for _, node := range service.Nodes {
				if node.Metadata["topic"] == p.topic {
					count++
				}
			}
		}
		if count >= p.subscribers || time.Now().After(end) {
			return found, err
		}
	}
}

func httpBroker(found registry.Registry) broker.Broker {
	return broker.NewBroker(broker.Addrs("127.0.0.1:0"), broker.Registry(found))
}
