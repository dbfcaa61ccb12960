namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes steps between rows: time spans, and units of the calendar.</summary>
public sealed class StepCompleter : DurationCompleter
{
    private protected override IEnumerable<(string Unit, string Name)> Units => [.. base.Units, ("mo", "months"), ("q", "quarters"), ("y", "years")];

    private protected override IEnumerable<string> Common => ["1m", "5m", "15m", "1h", "1d", "1w", "1mo", "1q", "1y"];
}
