package pipelines

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/runtime/graphx"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/universal/extworker"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/universal/runnerlib"
)

// Init must be the first thing that main calls: Beam takes over there when the process was
// started as a worker.
func Init() { beam.Init() }

// prismServer starts one fenced Prism for the process.
var prismServer = sync.OnceValues(func() (string, error) {
	quiet()
	before, err := listeners()
	if err != nil {
		return "", err
	}
	if _, err := prism.CreateJobServer(context.Background(), prism.Options{}); err != nil {
		return "", fmt.Errorf("start prism: %w", err)
	}
	port, err := fence(before)
	if err != nil {
		return "", fmt.Errorf("fence prism: %w", err)
	}
	return fmt.Sprintf("localhost:%d", port), nil
})

// quiet keeps Beam's and Prism's chatter out of jiku's output; errors come back as errors.
func quiet() {
	log.SetLogger(nothing{})
	slog.SetDefault(slog.New(slog.DiscardHandler))
}

type nothing struct{}

func (nothing) Log(context.Context, log.Severity, int, string) {}

// onPrism runs the graph on Prism in this process.
func onPrism(ctx context.Context, s *Session, p *Plan) error {
	endpoint, err := prismServer()
	if err != nil {
		return err
	}
	plan, err := element(p)
	if err != nil {
		return err
	}
	pipeline, scope := beam.NewPipelineWithRoot()
	Build(scope, s.Run, plan)
	edges, _, err := pipeline.Build()
	if err != nil {
		return fmt.Errorf("build graph: %w", err)
	}
	workers, err := extworker.StartLoopback(ctx, 0)
	if err != nil {
		return fmt.Errorf("start workers: %w", err)
	}
	defer func() { _ = workers.Stop(ctx) }()
	env, err := graphx.CreateEnvironment(ctx, graphx.URNEnvExternal, workers.EnvironmentConfig)
	if err != nil {
		return fmt.Errorf("describe workers: %w", err)
	}
	proto, err := graphx.Marshal(edges, &graphx.Options{Environment: env})
	if err != nil {
		return fmt.Errorf("encode graph: %w", err)
	}
	if _, err := runnerlib.Execute(ctx, proto, endpoint, &runnerlib.JobOptions{Name: "jiku-" + s.Run, Loopback: true}, false); err != nil {
		// The runner hands back a text; the session has the error itself.
		if first := s.Failure(); first != nil {
			return first
		}
		return fmt.Errorf("run graph: %w", err)
	}
	return nil
}
