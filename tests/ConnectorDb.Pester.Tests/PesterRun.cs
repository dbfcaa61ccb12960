using System.Collections.Concurrent;
using System.Text.Json;

namespace ConnectorDb.Pester.Tests;

/// <summary>Runs tests/Pester/run.ps1 in as many pwsh processes at a time as there are processors, each with its share of the files.</summary>
internal static class PesterRun
{
    /// <summary>It runs every example of every page, which takes longer than any other file, so it begins first.</summary>
    private const string Longest = "Examples.Tests.ps1";

    /// <summary>More shares than one, so that no processor waits long for the last share of another.</summary>
    private const int SharesPerProcessor = 2;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);

    public static IEnumerable<PesterResult> All()
    {
        string folder = Path.Combine(Repository.Root, "tests", "Pester");
        ILookup<bool, string> files = new DirectoryInfo(folder).GetFiles("*.Tests.ps1").Select(f => f.Name).Order(StringComparer.Ordinal).ToLookup(f => f == Longest);
        IEnumerable<string[]> shares = [[.. files[true]], .. files[false].Chunk(files[false].Count() / (SharesPerProcessor * Environment.ProcessorCount) + 1)];
        return
        [
            .. Partitioner.Create(shares, EnumerablePartitionerOptions.NoBuffering).AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount)
                .SelectMany(files => Run(folder, files)),
        ];
    }

    private static IEnumerable<PesterResult> Run(string folder, string[] files)
    {
        string report = Path.GetTempFileName();
        try
        {
            string names = string.Join(',', files.Select(file => $"'{file.Replace(".Tests.ps1", "", StringComparison.Ordinal)}'"));
            using var process = Pwsh.Start("-NonInteractive", "-Command", $"& '{folder}/run.ps1' -Name {names} -Report '{report}'");
            PwshExit exit = Pwsh.End(process, s_patience);
            PesterResult[] results = [.. File.ReadLines(report).Select(line => JsonSerializer.Deserialize<PesterResult>(line)!)];
            return [.. results, .. files.Except(results.Select(r => r.File)).Select(file => NotRun(file, exit))];
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static PesterResult NotRun(string file, PwshExit exit)
        => new(file, "No test ran.", "Failed", $"pwsh ended with code {exit.Code}.\n{exit.Output}\n{exit.Error}");
}
