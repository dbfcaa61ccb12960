using System.Management.Automation;
using ConnectorDb.Polling;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of pollers, poll items and samplers.</summary>
internal static class PollingViews
{
    /// <summary>The description in lines that fit a window of 80 characters, because PowerShell breaks lines within words.</summary>
    private const string SamplerLines =
        """$text = if ($_.IsAvailable) { $_.Description } else { "Only on $($_.Platforms -join ', '). $($_.Description)" }; ($text -replace '(.{1,53})(\s+|$)', "`$1`n").TrimEnd()""";

    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of<CdbPoller>(View.Table(
            "IsRunning",
            ViewColumn.Script("Items", "$_.Items.Count").Right(),
            ViewColumn.Property("Values", "Values").Right(),
            ViewColumn.Property("Errors", "Errors").Right(),
            ViewColumn.Property("Missed", "Missed").Right(),
            ViewColumn.Property("Waiting", "Waiting").Right(),
            ViewColumn.Script("Lag99 (ms)", "[math]::Round($_.Status.Lag99.TotalMilliseconds, 1).ToString([cultureinfo]::CurrentCulture)").Right(),
            ViewColumn.Property("Unwritten", "Unwritten").Right(),
            "Path")),
        View.Of<PollItemStatus>(View.WrappedTable(
            ViewColumn.Property("Name", "Name") with { Width = 14 },
            ViewColumn.Property("Key", "Key") with { Width = 14 },
            ViewColumn.Property("Interval", "Interval").Right() with { Width = 8 },
            ViewColumn.Property("Values", "Values").Right() with { Width = 7 },
            ViewColumn.Property("Errors", "Errors").Right() with { Width = 6 },
            ViewColumn.Script("LastValue",
                """if ($null -ne $_.LastValue -and -not $_.IsFailing) { ($_.LastValue -is [double] ? $_.LastValue.ToString('G6', [cultureinfo]::CurrentCulture) : "$($_.LastValue)") -replace '^(.{8}).{2,}', '$1…' }""") with { Width = 9 },
            ViewColumn.Script("LastError", "if ($_.NotAvailable) { $_.NotAvailable } else { $_.LastError }"))),
        View.Of<PollItem>(View.WrappedTable(
            ViewColumn.Property("Name", "Name") with { Width = 16 },
            ViewColumn.Property("Key", "Key") with { Width = 14 },
            ViewColumn.Property("Argument", "Argument") with { Width = 12 },
            ViewColumn.Property("Interval", "Interval").Right() with { Width = 10 },
            ViewColumn.Property("Stream", "Stream") with { Width = 17 },
            "Unit")),
        View.Of<SamplerInfo>(View.WrappedTable(
            ViewColumn.Property("Key", "Key") with { Width = 20 },
            ViewColumn.Property("Unit", "Unit") with { Width = 4 },
            ViewColumn.Script("Description", SamplerLines))),
    ];
}
