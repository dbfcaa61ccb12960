using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Writes an event to a logger.</summary>
[Cmdlet(VerbsCommunications.Write, "CdbEvent")]
[OutputType(typeof(void))]
public sealed class WriteCdbEventCommand : LoggerCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [NonEmpty]
    public string Text { get; set; } = "";

    [Parameter]
    [NonNull]
    public IDictionary? Tag { get; set; }

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset Start { get; set; }

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset Stop { get; set; }

    protected override void End()
    {
        DateTimeOffset start = IfGiven(Start) ?? TimeProvider.System.GetUtcNow();
        double stop = UnixTime.FromDateTimeOffset(IfGiven(Stop) ?? start);
        WriteVerbose($"Logs the event '{Text}' of {start.ToString("O", CultureInfo.InvariantCulture)}.");
        Target.WriteEvent(UnixTime.FromDateTimeOffset(start), new LogEvent(stop, NamedFields.Of(Tag, new OmittedMembers(Warn)), Text));
    }
}
