package main

import (
	"context"
	"io"

	debug "github.com/micro/go-micro/debug/service/proto"

	"dev.vertxmicro/interop/rows"
)

// askDebug asks a service about itself, as go-micro's own commands do: health, stats, and the latest lines of its log.
func askDebug(args []string) error {
	o := parse("debug", args)
	service := debug.NewDebugService(o.service, o.client())
	ctx := context.Background()
	health, err := service.Health(ctx, &debug.HealthRequest{})
	if err != nil {
		return err
	}
	rows.Tell(map[string]string{"health": health.Status})
	stats, err := service.Stats(ctx, &debug.StatsRequest{})
	if err != nil {
		return err
	}
	rows.Tell(map[string]bool{"stats": stats.Started > 0 && stats.Timestamp >= stats.Started && stats.Memory > 0 && stats.Threads > 0})
	stream, err := service.Log(ctx, &debug.LogRequest{Count: 100})
	if err != nil {
		return err
	}
	for {
		record, err := stream.Recv()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		rows.Tell(map[string]string{"logged": record.Value, "level": record.Metadata["level"]})
	}
	rows.Tell(map[string]string{"log": "ended"})
	return nil
}
