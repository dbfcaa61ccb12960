using BenchmarkDotNet.Running;
using ConnectorDb.Benchmarks.Compare;
using ConnectorDb.Benchmarks.Load;
using ConnectorDb.Benchmarks.Logging;
using ConnectorDb.Benchmarks.Page;
using ConnectorDb.Benchmarks.Polling;

switch (args)
{
    case ["compare", .. var options]:
        await Comparison.RunAsync(options);
        break;
    case ["logger"]:
        await LoggerComparison.RunAsync();
        break;
    case ["load", .. var options]:
        await LoadComparison.RunAsync(options);
        break;
    case ["attack", .. var options]:
        await AttackLoad.RunAsync(options);
        break;
    case ["memory", ..]:
        await ServerMemory.RunAsync(args.ElementAtOrDefault(1));
        break;
    case ["queries", ..]:
        await QueryMemory.RunAsync(args.ElementAtOrDefault(1));
        break;
    case ["runtime"]:
        await RuntimeSettings.RunAsync();
        break;
    case ["page", .. var options]:
        await PageFigures.RunAsync(options);
        break;
    case ["poller", ..]:
        await PollerRun.RunAsync(args.ElementAtOrDefault(1));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
