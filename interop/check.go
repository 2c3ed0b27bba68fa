package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/micro/go-micro/client"
)

// caller is one content type towards one service.
type caller struct {
	options     *options
	client      client.Client
	contentType string
	publishing  client.Client
}

// row is one thing that peers must be able to do with each other.
type row struct {
	name  string
	check func(*caller) error
}

// rows go in the order of the table.
var rows = []row{
	{"unary", unary},
	{"empty message", emptyMessage},
	{"3 MiB message", largeMessage},
	{"3,200 concurrent calls", concurrentCalls},
	{"error", failure},
	{"plain error", plainFailure},
	{"unknown service", unknownService},
	{"unknown endpoint", unknownEndpoint},
	{"timeout", timeout},
	{"server stream", serverStream},
	{"client stream", clientStream},
	{"bidi", bidi},
	{"metadata", metadataArrives},
	{"event", event},
	{"published event", publishedEvent},
}

// check runs all rows, or those named, with each content type.
func check(args []string) error {
	o := parse("check", args)
	for _, contentType := range strings.Split(o.contentType, ",") {
		c := &caller{options: o, client: o.client(), contentType: contentType}
		for _, r := range rows {
			if len(o.args) > 0 && !contains(o.args, r.name) {
				continue
			}
			start := time.Now()
			err := r.run(c)
			detail := ""
			if err != nil {
				detail = err.Error()
			}
			tell(map[string]interface{}{"row": r.name, "type": contentType, "ok": err == nil, "detail": detail,
				"millis": time.Since(start).Milliseconds()})
		}
	}
	return nil
}

// run fails a check that does not end.
func (r row) run(c *caller) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				done <- fmt.Errorf("panic: %v", cause)
			}
		}()
		done <- r.check(c)
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(c.options.timeout):
		return fmt.Errorf("no end within %v", c.options.timeout)
	}
}

func contains(list []string, word string) bool {
	for _, each := range list {
		if each == word {
			return true
		}
	}
	return false
}
