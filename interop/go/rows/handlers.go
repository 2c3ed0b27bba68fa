package rows

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"dev.vertxmicro/interop/rows/peer"
)

// Recorder counts events of the topic.
type Recorder struct {
	sync.Mutex
	count int64
	last  string
}

// Heard is the subscriber of the topic.
func (r *Recorder) Heard(ctx context.Context, event *peer.Item) error {
	r.Lock()
	defer r.Unlock()
	r.count++
	r.last = event.Text
	return nil
}

// Handlers are the unary endpoints of peer.proto. What they need of a version of go-micro is handed in.
type Handlers struct {
	Recorder *Recorder
	// Failure makes an error of go-micro.
	Failure func(id, detail string, code int32) error
	// Metadata reads what came with a call.
	Metadata func(ctx context.Context) map[string]string
}

// Echo answers what it gets.
func (h *Handlers) Echo(ctx context.Context, req *peer.Payload, rsp *peer.Payload) error {
	rsp.Text, rsp.Data = req.Text, req.Data
	return nil
}

// Fail fails as asked.
func (h *Handlers) Fail(ctx context.Context, req *peer.Failure, rsp *peer.Payload) error {
	if req.Code == 0 {
		return errors.New(req.Detail)
	}
	return h.Failure(req.Id, req.Detail, req.Code)
}

// Wait answers after a while.
func (h *Handlers) Wait(ctx context.Context, req *peer.Delay, rsp *peer.Payload) error {
	time.Sleep(time.Duration(req.Millis) * time.Millisecond)
	rsp.Text = "waited"
	return nil
}

// Headers answers the metadata that came.
func (h *Handlers) Headers(ctx context.Context, req *peer.Payload, rsp *peer.Entries) error {
	rsp.Values = h.Metadata(ctx)
	return nil
}

// Events answers what events came.
func (h *Handlers) Events(ctx context.Context, req *peer.Payload, rsp *peer.Total) error {
	h.Recorder.Lock()
	defer h.Recorder.Unlock()
	if req.Text == Topic {
		rsp.Count, rsp.Text = h.Recorder.count, h.Recorder.last
	}
	return nil
}

// Count sends numbers. A stream that is closed by its handler never says that it ended.
func Count(stream Stream) error {
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
func Collect(stream Stream) error {
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
func Chat(stream Stream) error {
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
