using System.Runtime.InteropServices;
using ConnectorDb.Benchmarks.Compare.Rows;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Benchmarks.Compare;

/// <summary>The promises of docs/performance.md beside their peers, in one run and one table.</summary>
internal static class Comparison
{
    private const string Large = "--large";
    private const string Series = "--series";

    /// <param name="options"><c>--large</c>; <c>--series folder</c>; the names of some parts, where not all are wanted.</param>
    public static async Task RunAsync(string[] options)
    {
        int series = Array.IndexOf(options, Series);
        string? folder = series < 0 ? null : options.ElementAtOrDefault(series + 1) ?? throw new ArgumentException($"{Series} needs a folder of CSV files.");
        (string Name, Func<IAsyncEnumerable<Row>> Run)[] parts =
        [
            ("engine", EngineRows.RunAsync),
            ("cmdlets", CmdletRows.RunAsync),
            ("sizes", () => SizeRows.RunAsync(folder)),
            ("dataset", DatasetRows.RunAsync),
            ("members", MemberRows.RunAsync),
            ("charts", ChartRows.RunAsync),
            ("appends", SmallAppendRows.RunAsync),
            ("streams", StreamRows.RunAsync),
            ("rest", RestRows.RunAsync),
            ("influx", InfluxRows.RunAsync),
            ("tenfold", TenfoldRows.RunAsync),
            ("postgres", PostgresRows.RunAsync),
            (Large, LargeRow.RunAsync),
        ];
        string[] wanted = [.. options.Where((option, i) => series < 0 || (i != series && i != series + 1))];
        bool isAll = wanted.All(name => name == Large);
        if (wanted.Except(parts.Select(part => part.Name)).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"There is no part '{unknown}'. There are {string.Join(", ", parts.Select(part => part.Name))}.");
        }

        PrintSettings();
        Console.WriteLine(Row.Head);
        foreach ((string name, Func<IAsyncEnumerable<Row>> run) in parts)
        {
            if (wanted.Contains(name) || (isAll && name != Large))
            {
                await foreach (Row row in run())
                {
                    Console.WriteLine(row);
                }
            }
        }
    }

    private static void PrintSettings()
    {
        using SqliteConnection sqlite = new("Data Source=:memory:");
        sqlite.Open();
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; DuckDB {DuckDb.Version}, SQLite {sqlite.ServerVersion} (WAL, synchronous=FULL).");
        Console.WriteLine($"Median of {Contest.Rounds} rounds in turns, after one to warm up.");
        Console.WriteLine();
    }
}
