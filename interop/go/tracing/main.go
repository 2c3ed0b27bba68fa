// Command tracing is a stock go-micro v1.18 service with go-plugins' opentracing wrapper and Jaeger's client. It says its address,
// then each span that ends, one line of JSON each, and serves until standard input ends.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/ioutil"
	"os"
	"sync"

	"github.com/micro/go-micro"
	"github.com/micro/go-micro/broker"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/registry/memory"
	"github.com/micro/go-plugins/wrapper/trace/opentracing"
	"github.com/uber/jaeger-client-go"
)

// Call says whom to call next, if anybody.
type Call struct {
	Text     string `json:"text"`
	Address  string `json:"address"`
	Service  string `json:"service"`
	Endpoint string `json:"endpoint"`
}

// Relay calls others for whoever calls it.
type Relay struct {
	client client.Client
}

// Call calls the next, or answers what it was sent.
func (r *Relay) Call(ctx context.Context, req *Call, rsp *Call) error {
	if req.Address == "" {
		rsp.Text = req.Text
		return nil
	}
	next := r.client.NewRequest(req.Service, req.Endpoint, &Call{Text: req.Text}, client.WithContentType("application/json"))
	return r.client.Call(ctx, next, rsp, client.WithAddress(req.Address))
}

// lines reports spans on standard output.
type lines struct {
	sync.Mutex
}

func (l *lines) Report(span *jaeger.Span) {
	c := span.Context().(jaeger.SpanContext)
	l.tell(map[string]string{
		"span": span.OperationName(), "trace": fmt.Sprintf("%016x%016x", c.TraceID().High, c.TraceID().Low),
		"id": fmt.Sprintf("%016x", uint64(c.SpanID())), "parent": fmt.Sprintf("%016x", uint64(c.ParentID()))})
}

func (l *lines) Close() {}

func (l *lines) tell(line map[string]string) {
	l.Lock()
	defer l.Unlock()
	text, _ := json.Marshal(line)
	fmt.Println(string(text))
}

func main() {
	out := &lines{}
	tracer, closer := jaeger.NewTracer("go.relay", jaeger.NewConstSampler(true), out)
	defer closer.Close()
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(ioutil.Discard, os.Stdin)
		cancel()
	}()
	found := memory.NewRegistry()
	var service micro.Service
	service = micro.NewService(
		micro.Name("go.relay"), micro.Context(ctx), micro.Registry(found), micro.Address("127.0.0.1:0"),
		micro.Broker(broker.NewBroker(broker.Addrs("127.0.0.1:0"), broker.Registry(found))),
		micro.WrapHandler(opentracing.NewHandlerWrapper(tracer)),
		micro.WrapClient(opentracing.NewClientWrapper(tracer)),
		micro.AfterStart(func() error {
			out.tell(map[string]string{"address": service.Server().Options().Address})
			return nil
		}),
	)
	if err := service.Server().Handle(service.Server().NewHandler(&Relay{client: service.Client()})); err != nil {
		panic(err)
	}
	if err := service.Run(); err != nil {
		panic(err)
	}
}
