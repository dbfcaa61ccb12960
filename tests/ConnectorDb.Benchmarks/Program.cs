using BenchmarkDotNet.Running;
using ConnectorDb.Benchmarks;
using ConnectorDb.Benchmarks.Cmdlets;
using ConnectorDb.Benchmarks.Load;
using ConnectorDb.Benchmarks.Logging;

switch (args)
{
    case ["cmdlets"]:
        CmdletComparison.Run();
        break;
    case ["logger"]:
        await LoggerComparison.RunAsync();
        break;
    case ["load", ..]:
        await LoadComparison.RunAsync(args.ElementAtOrDefault(1));
        break;
    case ["sizes", ..]:
        SegmentSizes.Print(args.ElementAtOrDefault(1));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
