using System.Diagnostics;
using System.Management.Automation.Runspaces;

namespace ConnectorDb.Benchmarks.Cmdlets;

/// <summary>
/// One million numbers in and out through the cmdlets of the built module, in turns with cmdlets that do nothing and with
/// SQLite alone. The best of three rounds counts, in elapsed time and in processor time of this process.
/// </summary>
internal static class CmdletComparison
{
    private const int Count = 1_000_000;
    private const int Rounds = 3;

    public static void Run()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("connectordb-benchmark-");
        using BareSqlite bare = new(Path.Combine(folder.FullName, "bare.db"));
        using Runspace runspace = Open(folder.FullName, out double[] numbers);
        (string Name, Action Work)[] contestants =
        [
            ("$numbers | Test-Empty", () => ModuleRunspace.Invoke(runspace, "$numbers | Test-Empty x")),
            ("$numbers | Add-CdbDatapoint", () => ModuleRunspace.Invoke(runspace, "$numbers | Add-CdbDatapoint (New-CdbStream \"a$([guid]::NewGuid().ToString('N').Substring(20))\" -Schema number)")),
            ("Add-CdbDatapoint -Value $numbers", () => ModuleRunspace.Invoke(runspace, "Add-CdbDatapoint (New-CdbStream \"a$([guid]::NewGuid().ToString('N').Substring(20))\" -Schema number) -Value $numbers")),
            ("SQLite alone, INSERT", () => bare.Write(numbers)),
            ("Write-Empty | Test-Empty", () => ModuleRunspace.Invoke(runspace, "Write-Empty 1000000 | Test-Empty x")),
            ("Get-CdbDatapoint | Test-Empty", () => ModuleRunspace.Invoke(runspace, "Get-CdbDatapoint read | Test-Empty x")),
            ("Get-CdbDatapoint -Transform 'if $ > 0.5' | Test-Empty", () => ModuleRunspace.Invoke(runspace, "Get-CdbDatapoint read -Transform 'if $ > 0.5' | Test-Empty x")),
            ("SQLite alone, SELECT", () => bare.Read()),
        ];

        Measurement[] best = new Measurement[contestants.Length];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < contestants.Length; i++)
            {
                Measurement measured = Measurement.Of(contestants[i].Work);
                best[i] = round == 0 ? measured : best[i].Best(measured);
            }
        }

        Console.WriteLine($"{Count:N0} numbers, best of {Rounds}, {Environment.ProcessorCount} processors");
        foreach (((string name, _), Measurement measured) in contestants.Zip(best))
        {
            Console.WriteLine($"{name,-55} {measured.Elapsed.TotalSeconds,7:F2} s elapsed {measured.Processor.TotalSeconds,7:F2} s of processor {Count / measured.Processor.TotalSeconds,12:N0} per processor second");
        }

        runspace.Close();
        bare.Dispose();
        folder.Delete(recursive: true);
    }

    private static Runspace Open(string folder, out double[] numbers)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Test-Empty", typeof(TestEmptyCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Write-Empty", typeof(WriteEmptyCommand), null));
        Runspace runspace = ModuleRunspace.Open(state);
        Random random = new(1);
        numbers = Enumerable.Range(0, Count).Select(_ => Math.Round(random.NextDouble(), 3)).ToArray();
        runspace.SessionStateProxy.SetVariable("numbers", numbers);
        runspace.SessionStateProxy.SetVariable("folder", folder);
        ModuleRunspace.Invoke(runspace, "Connect-Cdb \"$folder/store.cdb\"; New-CdbStream read -Schema number; Add-CdbDatapoint read $numbers");
        return runspace;
    }

    private readonly record struct Measurement(TimeSpan Elapsed, TimeSpan Processor)
    {
        public static Measurement Of(Action work)
        {
            GC.Collect();
            using Process self = Process.GetCurrentProcess();
            TimeSpan before = self.TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            work();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            self.Refresh();
            return new Measurement(elapsed, self.TotalProcessorTime - before);
        }

        public Measurement Best(Measurement other)
            => new(Elapsed < other.Elapsed ? Elapsed : other.Elapsed, Processor < other.Processor ? Processor : other.Processor);
    }
}
