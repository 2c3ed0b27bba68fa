package main

import (
	"context"

	"github.com/micro/go-micro"
	"github.com/micro/go-micro/broker"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/metadata"
	_ "github.com/micro/go-plugins/broker/mqtt"

	greeter "dev.vertxmicro/interop/greeter"
)

// subscribe prints what comes for a topic until standard input ends.
func subscribe(topic string, service micro.Service) error {
	b := service.Options().Broker
	if err := b.Connect(); err != nil {
		return err
	}
	_, err := b.Subscribe(topic, func(event broker.Event) error {
		message := event.Message()
		tell(map[string]interface{}{"topic": event.Topic(), "header": message.Header, "body": message.Body})
		return nil
	})
	if err != nil {
		return err
	}
	tell(map[string]string{"subscribed": topic})
	<-service.Options().Context.Done()
	return b.Disconnect()
}

// publish sends a plain message, one of protobuf and one of JSON to a topic, and stays until standard input ends: the plugin does not
// wait for what it sends.
func publish(topic string, service micro.Service) error {
	b := service.Options().Broker
	if err := b.Connect(); err != nil {
		return err
	}
	plain := &broker.Message{Header: map[string]string{"Name": "gr\u00fc\u00df <dich>", "empty": ""}, Body: []byte{0, 1, 0xff}}
	if err := b.Publish(topic, plain); err != nil {
		return err
	}
	ctx := metadata.NewContext(context.Background(), metadata.Metadata{"Name": "davie"})
	student := &greeter.HelloRequest{Name: "davie"}
	if err := service.Client().Publish(ctx, client.NewMessage(topic, student)); err != nil {
		return err
	}
	json := client.NewMessage(topic, student, func(o *client.MessageOptions) { o.ContentType = "application/json" })
	if err := service.Client().Publish(ctx, json); err != nil {
		return err
	}
	tell(map[string]string{"published": topic})
	<-service.Options().Context.Done()
	return b.Disconnect()
}
