package main

import (
	"os"
	"runtime/debug"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
)

// app is what all verbs share: the streams, the log and the values of the common flags.
type app struct {
	streams
	log       *logrus.Logger
	home      string
	catalogue string
	landing   string
	logLevel  string
	quiet     bool
}

func newApp(s streams) *app {
	log := logrus.New()
	log.SetOutput(s.err)
	log.SetLevel(logrus.WarnLevel)
	log.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, DisableColors: !paletteFor(s.err).on})
	return &app{streams: s, log: log}
}

// root makes the whole command tree.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "jiku",
		Short: "jiku (基库) builds and keeps the base databases of a city",
		Long: `jiku (基库) builds and keeps the base databases of a city: feeds of departments are read,
checked, keyed and reconciled item by item under a register of authorities, and loaded into
ClickHouse. Without a server it runs an engine of its own; JIKU_WAREHOUSE names one instead.

` + exitHelp([]int{exitDone, exitFailed, exitUsage, exitEnvironment, exitGate, exitRejects, exitInterrupted, exitTerminated}),
		Example: `  jiku check                       # are the declarations right?
  jiku plan                        # what would a run do?
  jiku run --date 2026-11-01       # do it
  jiku sql "SELECT count() FROM population.person"`,
		Version:           buildVersion(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return a.setLog() },
	}
	root.SetFlagErrorFunc(flagFault)
	root.CompletionOptions.DisableDefaultCmd = true
	a.commonFlags(root)
	root.AddCommand(
		a.upCommand(), a.downCommand(), a.statusCommand(),
		a.checkCommand(), a.planCommand(), a.runCommand(), a.rebuildCommand(), a.runsCommand(), a.deliveryCommand(),
		a.sqlCommand(), a.explainCommand(), a.idCommand(), a.scoreCommand(), a.reportCommand(), a.judgeCommand(),
		a.genCommand(), a.docsCommand(), a.codesCommand(), a.schemaCommand(), completionCommand(root),
	)
	return root
}

func (a *app) commonFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&a.home, "home", "", "`folder` with the state of this jiku (JIKU_HOME; default $XDG_DATA_HOME/jiku or ~/.local/share/jiku)")
	f.StringVar(&a.catalogue, "catalog", "", "`folder` of declarations (JIKU_CATALOG; default the built-in demo city)")
	f.StringVar(&a.landing, "landing", "", "`folder` where deliveries land (JIKU_LANDING; default HOME/landing)")
	f.StringVar(&a.logLevel, "log-level", "warning", "`level` of the log on standard error: debug, info, warning, error")
	f.BoolVar(&a.quiet, "quiet", false, "no progress on standard error")
	_ = root.MarkPersistentFlagDirname("home")
	_ = root.MarkPersistentFlagDirname("catalog")
	_ = root.MarkPersistentFlagDirname("landing")
	_ = root.RegisterFlagCompletionFunc("log-level", cobra.FixedCompletions(logLevels(), cobra.ShellCompDirectiveNoFileComp))
}

func logLevels() []string { return []string{"debug", "info", "warning", "error"} }

func (a *app) setLog() error {
	level, err := logrus.ParseLevel(a.logLevel)
	if err != nil {
		return unknown("log level", a.logLevel, logLevels())
	}
	a.log.SetLevel(level)
	return nil
}

// buildVersion is the module's version, with the commit where the build knows it.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			version += " " + s.Value[:min(len(s.Value), 12)]
		}
	}
	return version
}

// setting is a flag's value, else the environment's, else empty.
func setting(flag, variable string) string {
	if flag != "" {
		return flag
	}
	return os.Getenv(variable)
}
