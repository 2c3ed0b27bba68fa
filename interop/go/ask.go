package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"

	"github.com/golang/protobuf/proto"
	"github.com/micro/go-micro/client"
	"github.com/micro/go-micro/registry"

	greeter "dev.vertxmicro/interop/greeter"
	"dev.vertxmicro/interop/rows"
	student "dev.vertxmicro/interop/student"
)

func hello(args []string) error {
	o := parse("hello", args)
	c := o.client()
	rsp := &greeter.HelloResponse{}
	req := c.NewRequest(o.service, "Greeter.Hello", &greeter.HelloRequest{Name: o.args[0]},
		client.WithContentType(o.contentType))
	if err := c.Call(context.Background(), req, rsp); err != nil {
		return err
	}
	rows.Tell(rsp)
	return nil
}

func findStudent(args []string) error {
	o := parse("student", args)
	c := o.client()
	rsp := &student.Student{}
	req := c.NewRequest(o.service, "StudentService.GetStudent", &student.StudentRequest{Name: o.args[0]},
		client.WithContentType(o.contentType))
	if err := c.Call(context.Background(), req, rsp); err != nil {
		rows.Tell(map[string]string{"error": err.Error()})
		return nil
	}
	rows.Tell(rsp)
	return nil
}

func list(args []string) error {
	services, err := registry.NewRegistry().ListServices()
	if err != nil {
		return err
	}
	names := []string{}
	for _, s := range services {
		names = append(names, s.Name)
	}
	rows.Tell(map[string][]string{"services": names})
	return nil
}

func get(args []string) error {
	o := parse("get", args)
	if len(o.args) != 1 {
		return errors.New("get: expected a name")
	}
	services, err := o.registry().GetService(o.args[0])
	if err != nil {
		return err
	}
	rows.Tell(map[string]interface{}{"found": services})
	return nil
}

// watch prints changes until standard input ends.
func watch(args []string) error {
	w, err := registry.NewRegistry().Watch()
	if err != nil {
		return err
	}
	ended := rows.InputEnds()
	go func() {
		<-ended
		w.Stop()
	}()
	rows.Tell(map[string]string{"watching": "all"})
	for {
		change, err := w.Next()
		if err != nil {
			return nil
		}
		rows.Tell(map[string]interface{}{"action": change.Action, "service": change.Service})
	}
}

// schemas prints the descriptors that the Go code was generated from.
func schemas(args []string) error {
	for _, name := range []string{"helloworld.proto", "student.proto", "peer.proto"} {
		zipped, err := gzip.NewReader(bytes.NewReader(proto.FileDescriptor(name)))
		if err != nil {
			return fmt.Errorf("%s: %v", name, err)
		}
		descriptor, err := io.ReadAll(zipped)
		if err != nil {
			return err
		}
		rows.Tell(map[string]string{"file": name, "descriptor": base64.StdEncoding.EncodeToString(descriptor)})
	}
	return nil
}
