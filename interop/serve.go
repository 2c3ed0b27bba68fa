package main

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/micro/go-micro"
	"github.com/micro/go-micro/broker"
	failures "github.com/micro/go-micro/errors"
	"github.com/micro/go-micro/metadata"
	"github.com/micro/go-micro/server"

	greeter "dev.vertxmicro/interop/greeter"
	"dev.vertxmicro/interop/peer"
	student "dev.vertxmicro/interop/student"
)

// topic is what a peer subscribes to.
const topic = "peer.events"

func serve(args []string) error {
	o := parse("serve", args)
	ctx, cancel := context.WithCancel(context.Background())
	ended := inputEnds()
	go func() {
		<-ended
		cancel()
	}()
	found := o.registry()
	var service micro.Service
	service = micro.NewService(
		micro.Name(o.service), micro.Version("1.0.0"), micro.Context(ctx), micro.Registry(found),
		micro.Transport(o.transport()), micro.Address("127.0.0.1:0"),
		micro.Broker(broker.NewBroker(broker.Addrs("127.0.0.1:0"), broker.Registry(found))),
		micro.AfterStart(func() error {
			settings := service.Server().Options()
			tell(map[string]string{
				"serving": o.service, "id": settings.Name + "-" + settings.Id, "address": settings.Address})
			return nil
		}),
	)
	events := &recorder{last: map[string]string{}, count: map[string]int64{}}
	for _, handler := range []interface{}{&Peer{events}, &Greeter{}, &StudentService{}} {
		if err := service.Server().Handle(service.Server().NewHandler(handler)); err != nil {
			return err
		}
	}
	if err := service.Server().Subscribe(service.Server().NewSubscriber(topic, events.heard)); err != nil {
		return err
	}
	return service.Run()
}

// recorder counts events.
type recorder struct {
	sync.Mutex
	count map[string]int64
	last  map[string]string
}

func (r *recorder) heard(ctx context.Context, event *peer.Item) error {
	r.Lock()
	defer r.Unlock()
	r.count[topic]++
	r.last[topic] = event.Text
	return nil
}

// Greeter greets whoever calls.
type Greeter struct{}

// Hello greets one.
func (g *Greeter) Hello(ctx context.Context, req *greeter.HelloRequest, rsp *greeter.HelloResponse) error {
	rsp.Greeting = "Hello " + req.Name
	return nil
}

// StudentService knows one student.
type StudentService struct{}

// GetStudent finds it.
func (s *StudentService) GetStudent(ctx context.Context, req *student.StudentRequest, rsp *student.Student) error {
	if req.Name != "davie" {
		return failures.NotFound("student_service", "no student %s", req.Name)
	}
	*rsp = student.Student{Name: req.Name, Classes: "Software Engineering Major", Grade: 80, Phone: "12345678901"}
	return nil
}

// Peer is the service of proto/peer.proto.
type Peer struct {
	events *recorder
}

// Echo answers what it gets.
func (p *Peer) Echo(ctx context.Context, req *peer.Payload, rsp *peer.Payload) error {
	rsp.Text, rsp.Data = req.Text, req.Data
	return nil
}

// Fail fails as asked.
func (p *Peer) Fail(ctx context.Context, req *peer.Failure, rsp *peer.Payload) error {
	if req.Code == 0 {
		return errors.New(req.Detail)
	}
	return failures.New(req.Id, req.Detail, req.Code)
}

// Wait answers after a while.
func (p *Peer) Wait(ctx context.Context, req *peer.Delay, rsp *peer.Payload) error {
	time.Sleep(time.Duration(req.Millis) * time.Millisecond)
	rsp.Text = "waited"
	return nil
}

// Headers answers the metadata that came.
func (p *Peer) Headers(ctx context.Context, req *peer.Payload, rsp *peer.Entries) error {
	rsp.Values, _ = metadata.FromContext(ctx)
	return nil
}

// Events answers what events came.
func (p *Peer) Events(ctx context.Context, req *peer.Payload, rsp *peer.Total) error {
	p.events.Lock()
	defer p.events.Unlock()
	rsp.Count, rsp.Text = p.events.count[req.Text], p.events.last[req.Text]
	return nil
}

// Count sends numbers. A stream that is closed by its handler never says that it ended.
func (p *Peer) Count(ctx context.Context, stream server.Stream) error {
	req := &peer.Total{}
	if err := stream.Recv(req); err != nil {
		return err
	}
	for i := int64(0); i < req.Count; i++ {
		if err := stream.Send(&peer.Item{Number: i, Text: req.Text}); err != nil {
			return err
		}
	}
	return nil
}

// Collect adds numbers up.
func (p *Peer) Collect(ctx context.Context, stream server.Stream) error {
	total := &peer.Total{}
	for {
		item := &peer.Item{}
		if err := stream.Recv(item); err != nil {
			return err
		}
		total.Count++
		total.Sum += item.Number
		if total.Count >= item.Count {
			return stream.Send(total)
		}
	}
}

// Chat answers each number.
func (p *Peer) Chat(ctx context.Context, stream server.Stream) error {
	for {
		item := &peer.Item{}
		if err := stream.Recv(item); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := stream.Send(item); err != nil {
			return err
		}
	}
}
