using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Creates the settings of a destination without connecting.</summary>
[Cmdlet(VerbsCommon.New, "CdbSink", SupportsShouldProcess = true, DefaultParameterSetName = NoKind)]
[OutputType(typeof(SinkSettings))]
public sealed class NewCdbSinkCommand : CdbCmdlet
{
    // The set exists for its error: without a default set, PowerShell could not say which parameter is missing. It has the parameters that
    // several kinds share, so that one of them alone is no ambiguous call.
    private const string NoKind = "NoKind";
    private SinkKindChoice? _choice;

    [Parameter]
    [NonEmpty]
    public string? Name { get; set; }

    public override object GetDynamicParameters()
    {
        RuntimeDefinedParameterDictionary all = SinkParameters.All(_choice = new(message => Refuse(message, null)), NoKind);
        if (Bound is { } bound)
        {
            string[] names = [.. all.Keys];
            all.Add("SurplusArgument", new RuntimeDefinedParameter("SurplusArgument", typeof(object[]), [new ParameterAttribute { ValueFromRemainingArguments = true, DontShow = true }, new SurplusArgumentAttribute(argument => RefuseArgument(bound, argument, names))]));
        }

        return all;
    }

    protected override void End()
    {
        SinkSettings settings = Demand(Settings, Name);
        Demand(() => Check(settings), settings.Location);
        if (ShouldProcess(settings.Location, "Describe the destination"))
        {
            if (LoggerEngine.StoreToCreate(settings) is { } missing)
            {
                ReportMade(
                    $"The first sync will make {(missing.Folder is null ? "" : $"the folder '{missing.Folder}' and ")}a new store in '{missing.Store}'.",
                    missing.Folder is not null,
                    "If you meant another store, check the path.");
            }

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
        SinkKind kind = SinkKind.All.FirstOrDefault(each => each.Name == ParameterSetName)
            ?? throw new InvalidValueException(_choice!.Describe(MyInvocation.BoundParameters.Keys), Name);
        string? target = MyInvocation.BoundParameters.GetValueOrDefault(kind.Name)?.ToString();
        if (target is not null)
        {
            kind.CheckTarget(target);
        }

        target = target is not null && kind.IsPath(target) ? LoggerEngine.CheckPath(FilePath(target)) : target;
        SinkSettings given = kind.Create(Name, target, SinkParameters.Values(kind, MyInvocation.BoundParameters, FilePath));
        SinkSettings settings = LoggerEngine.CompleteSink(given, SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        if (settings is ConnectorDbSettings { Url: { } url, As: not null })
        {
            throw new InvalidValueException($"-As is for a store in a file, and '{url}' is a server. Omit it, and give the -ApiKey of the device.", url);
        }

        if (given is InitialStateSettings { OfflineFile: null } && settings is InitialStateSettings { OfflineFile: { } file })
        {
            WriteWarning($"offline_mode is set in isstreamer.ini: the events go to '{file}' and not to Initial State.");
        }

        return settings is ScriptSinkSettings script ? LoggerEngine.WithScript(script, Background((ScriptBlock)MyInvocation.BoundParameters[kind.Name])) : settings;
    }
}
