using ConnectorDb.Logging;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the declared tags of the measurement on the command line.</summary>
public sealed class TagCompleter : FieldCompleter
{
    private protected override IReadOnlyList<string>? NamesOf(LogChannel measurement) => measurement.Tags;
}
