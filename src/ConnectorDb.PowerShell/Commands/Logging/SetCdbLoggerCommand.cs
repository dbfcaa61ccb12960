using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Changes the settings and destinations of a logger.</summary>
[Cmdlet(VerbsCommon.Set, "CdbLogger", SupportsShouldProcess = true)]
[OutputType(typeof(void), typeof(CdbLogger))]
public sealed class SetCdbLoggerCommand : LoggerSettingsCdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbLogger>]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger? Logger { get; set; }

    [Parameter]
    [NonEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string[]? RemoveSink { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        CdbLogger logger = Logger ?? RunspaceSession.Current.DefaultLogger
            ?? throw new StoreException(StoreFault.Closed, "No logger is open. Open one with Start-CdbLogger or New-CdbLogger.", null);
        if (!ShouldProcess(logger.Path, "Change the logger", () => Array.ForEach(RemoveSink ?? [], name => logger.Status.Find(name))))
        {
            return;
        }

        foreach (string name in (RemoveSink ?? []).SelectMany(name => Matches(logger, name)))
        {
            long waiting = logger.Destinations.Where(each => each.Name == name).Sum(each => each.Pending);
            logger.Logger.RemoveSink(name);
            WriteVerbose($"Removed the destination '{name}'.");
            if (waiting > 0)
            {
                WriteWarning(logger.Logger.ListWaiting().Any(each => each.Destinations.Length == 0)
                    ? $"{CountText.Of(waiting, "entry", "entries")} that waited for '{name}' {(waiting == 1 ? "waits" : "wait")} for the next destination."
                    : $"{CountText.Of(waiting, "entry", "entries")} that waited for '{name}' {(waiting == 1 ? "is" : "are")} not sent to it.");
            }
        }

        Configure(logger.Logger);
        if (PassThru)
        {
            WriteObject(logger);
        }
    }

    /// <summary>The destinations that a name with wildcards matches. A name without them is checked when it is removed.</summary>
    private string[] Matches(CdbLogger logger, string name)
    {
        if (!WildcardSearch.HasWildcard(name))
        {
            return [name];
        }

        string[] found = WildcardSearch.Find(logger.Destinations.Select(each => each.Name), each => each, name, "");
        if (found.Length == 0)
        {
            ReportNoMatch("destination", name, "(Get-CdbLogger).Destinations");
        }

        return found;
    }
}
