package main

import (
	"context"

	"github.com/micro/go-micro"
	"github.com/micro/go-micro/broker"
	debuglog "github.com/micro/go-micro/debug/log"
	failures "github.com/micro/go-micro/errors"
	"github.com/micro/go-micro/metadata"
	"github.com/micro/go-micro/server"

	greeter "dev.vertxmicro/interop/greeter"
	"dev.vertxmicro/interop/rows"
	student "dev.vertxmicro/interop/student"
)

func serve(args []string) error {
	o := parse("serve", args)
	ctx, cancel := context.WithCancel(context.Background())
	ended := rows.InputEnds()
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
			debuglog.Info("serving ", o.service)
			settings := service.Server().Options()
			rows.Tell(map[string]string{
				"serving": o.service, "id": settings.Name + "-" + settings.Id, "address": settings.Address})
			return nil
		}),
	)
	events := &rows.Recorder{}
	for _, handler := range []interface{}{newPeer(events), &Greeter{}, &StudentService{}} {
		if err := service.Server().Handle(service.Server().NewHandler(handler)); err != nil {
			return err
		}
	}
	if err := service.Server().Subscribe(service.Server().NewSubscriber(rows.Topic, events.Heard)); err != nil {
		return err
	}
	return service.Run()
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
	rows.Handlers
}

func newPeer(events *rows.Recorder) *Peer {
	return &Peer{rows.Handlers{
		Recorder: events,
		Failure:  failures.New,
		Metadata: func(ctx context.Context) map[string]string {
			found, _ := metadata.FromContext(ctx)
			return found
		},
	}}
}

// Count sends numbers.
func (p *Peer) Count(ctx context.Context, stream server.Stream) error { return rows.Count(stream) }

// Collect adds numbers up.
func (p *Peer) Collect(ctx context.Context, stream server.Stream) error { return rows.Collect(stream) }

// Chat answers each number.
func (p *Peer) Chat(ctx context.Context, stream server.Stream) error { return rows.Chat(stream) }
