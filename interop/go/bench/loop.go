package bench

import (
	"context"
	"fmt"
	"sort"
	"sync"
	"time"

	"github.com/micro/go-micro/client"

	greeter "dev.vertxmicro/interop/greeter"
)

// names are as in toolkit-bench: messages of 32 bytes, no two neighbours alike, so that a mixed-up answer is seen.
var names = func() []string {
	all := make([]string, 1024)
	for i := range all {
		all[i] = fmt.Sprintf("caller %023d", i)
	}
	return all
}()

type loop struct {
	latencies []int64
	wrong     int64
}

// run keeps a number of calls in flight for a while; each answer, once checked, starts the next call. It gives calls, window,
// the latency of half and of all but a hundredth of them, and how many answers were wrong.
func run(caller client.Client, concurrency int, window time.Duration) string {
	loops := make([]loop, concurrency)
	end := time.Now().Add(window)
	var running sync.WaitGroup
	for i := range loops {
		running.Add(1)
		go func(number int) {
			defer running.Done()
			loops[number].run(caller, number, end)
		}(i)
	}
	running.Wait()
	var all []int64
	wrong := int64(0)
	for i := range loops {
		all = append(all, loops[i].latencies...)
		wrong += loops[i].wrong
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	return fmt.Sprint(len(all), " ", window.Nanoseconds(), " ", quantile(all, 50), " ", quantile(all, 99), " ", wrong)
}

func (l *loop) run(caller client.Client, number int, end time.Time) {
	for {
		name := names[number%len(names)]
		number++
		start := time.Now()
		rsp := &greeter.HelloResponse{}
		req := caller.NewRequest(service, "Greeter.Hello", &greeter.HelloRequest{Name: name})
		if err := caller.Call(context.Background(), req, rsp); err != nil || rsp.Greeting != name {
			l.wrong++
		}
		now := time.Now()
		if now.After(end) {
			return
		}
		l.latencies = append(l.latencies, now.Sub(start).Nanoseconds())
	}
}

func quantile(sorted []int64, percent int) int64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)-1)*percent/100]
}
