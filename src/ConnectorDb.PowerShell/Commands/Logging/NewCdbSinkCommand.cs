using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Creates the settings of a destination without connecting.</summary>
[Cmdlet(VerbsCommon.New, "CdbSink", SupportsShouldProcess = true)]
[OutputType(typeof(SinkSettings))]
public sealed class NewCdbSinkCommand : CdbCmdlet, IDynamicParameters
{
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    public object GetDynamicParameters() => SinkParameters.All();

    protected override void End()
    {
        SinkSettings settings = Settings();
        Demand(() => Check(settings), settings.Location);
        if (ShouldProcess(settings.Location, "Describe the destination"))
        {
            WriteObject(settings);
        }
    }

    /// <summary>Creates the sink, so that an invalid address is an error now and not at the first sync.</summary>
    private static SinkSettings Check(SinkSettings settings)
    {
        Await.Completion(LoggerEngine.OpenSink(settings).DisposeAsync());
        return settings;
    }

    private SinkSettings Settings()
    {
        SinkKind kind = SinkKind.All.First(each => each.Name == ParameterSetName);
        string target = MyInvocation.BoundParameters[kind.Name].ToString()!;
        return kind.Create(Name, kind.IsPath(target) ? LoggerEngine.CheckPath(FilePath(target)) : target, SinkParameters.Values(kind, MyInvocation.BoundParameters));
    }
}
