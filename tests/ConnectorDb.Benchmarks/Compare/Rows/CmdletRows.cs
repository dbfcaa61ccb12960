using System.Management.Automation.Runspaces;
using ConnectorDb.Benchmarks.Cmdlets;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>A million numbers in and out through the cmdlets of the built module, beside compiled cmdlets that do nothing.</summary>
internal static class CmdletRows
{
    private const int Count = 1_000_000;
    private const string NewStream = "$s = New-CdbStream \"s$([guid]::NewGuid().ToString('N').Substring(20))\" -Schema number; $any = New-CdbStream \"a$([guid]::NewGuid().ToString('N').Substring(20))\"";

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cdb-compare-");
        using (Runspace runspace = Open(folder.FullName))
        {
            foreach ((string work, string goal, string ours, string? empty) in s_works)
            {
                yield return await RunAsync(runspace, work, goal, ours, empty);
            }

            // Last: 200,000 live objects make each collection of the other lines longer.
            ModuleRunspace.Invoke(runspace, "$objects = foreach ($i in 1..200000) { [pscustomobject]@{ total = 16e9; used = 8e9 + $i; percent = 50.5 + $i % 10 } }");
            yield return await RunAsync(
                runspace, "`$objects \\| Add-CdbDatapoint`, 200,000 of `{total, used, percent}`, five times", "≥ 0.5 of a cmdlet that reads three properties",
                "1..5 | ForEach-Object { $objects | Add-CdbDatapoint $any }", "1..5 | ForEach-Object { $objects | Read-Members x }");
        }

        folder.Delete(recursive: true);
    }

    private static readonly (string Work, string Goal, string Ours, string? Empty)[] s_works =
    [
        ("`$numbers \\| Add-CdbDatapoint`", "≥ 0.6 of the empty cmdlet", "$numbers | Add-CdbDatapoint $s", "$numbers | Test-Empty x"),
        ("`Get-CdbDatapoint` of A", "≥ 0.7 of the empty cmdlet", "Get-CdbDatapoint read | Test-Empty x", $"Write-Empty {Count} | Test-Empty x"),
        ("`Add-CdbDatapoint -Value $numbers -Timestamp $times`", "", "Add-CdbDatapoint $s -Value $numbers -Timestamp $times", null),
        ("`Get-CdbDatapoint -AsArray` of A", "", "Get-CdbDatapoint read -AsArray", null),
        ("`Import-CdbCsv` of A, unix seconds", "≥ 1 M/s", "Import-CdbCsv \"$folder/unix.csv\" $s", null),
        ("`Import-CdbCsv` of A, ISO 8601", "≥ 1 M/s", "Import-CdbCsv \"$folder/iso.csv\" $s", null),
        ("`Export-CdbCsv` of A", "", "Export-CdbCsv \"$folder/out.csv\" read", null),
    ];

    private static Task<Row> RunAsync(Runspace runspace, string work, string goal, string ours, string? empty)
    {
        Contestant[] contestants =
        [
            new(Contestant.Us, () => Invoke(runspace, ours), () => Invoke(runspace, NewStream)),
            .. empty is null ? [] : (Contestant[])[new("empty cmdlet", () => Invoke(runspace, empty))],
        ];
        return Contest.RunAsync(work, goal, Unit.MillionPerSecond(Count), contestants);
    }

    private static ValueTask Invoke(Runspace runspace, string script)
    {
        ModuleRunspace.Invoke(runspace, script);
        return ValueTask.CompletedTask;
    }

    private static Runspace Open(string folder)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Test-Empty", typeof(TestEmptyCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Write-Empty", typeof(WriteEmptyCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Read-Members", typeof(ReadMembersCommand), null));
        Runspace runspace = ModuleRunspace.Open(state);
        Columns.Block a = SegmentData.Make(SegmentData.Tenths, Count);
        runspace.SessionStateProxy.SetVariable("numbers", ((Columns.NumberColumn)a.Values).Values.ToArray());
        runspace.SessionStateProxy.SetVariable("times", a.Times.ToArray());
        runspace.SessionStateProxy.SetVariable("folder", folder);
        ModuleRunspace.Invoke(runspace, "$null = Connect-Cdb \"$folder/store.cdb\"; $null = New-CdbStream read -Schema number; Add-CdbDatapoint read $numbers -Timestamp $times");
        ModuleRunspace.Invoke(runspace, "Export-CdbCsv \"$folder/unix.csv\" read -TimestampFormat unix; Export-CdbCsv \"$folder/iso.csv\" read");
        return runspace;
    }
}
