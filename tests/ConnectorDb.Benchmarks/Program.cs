using BenchmarkDotNet.Running;
using ConnectorDb.Benchmarks;
using ConnectorDb.Benchmarks.Cmdlets;

switch (args)
{
    case ["cmdlets"]:
        CmdletComparison.Run();
        break;
    case ["sizes", ..]:
        SegmentSizes.Print(args.ElementAtOrDefault(1));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
