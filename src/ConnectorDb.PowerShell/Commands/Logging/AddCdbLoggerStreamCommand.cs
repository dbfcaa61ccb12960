using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Declares streams that a logger records.</summary>
[Cmdlet(VerbsCommon.Add, "CdbLoggerStream", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class AddCdbLoggerStreamCommand : LoggerCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Stream { get; set; } = [];

    [Parameter(Position = 1)]
    [SchemaArgument]
    [ArgumentCompleter(typeof(SchemaCompleter))]
    public string? Schema { get; set; }

    [Parameter]
    public string? Nickname { get; set; }

    [Parameter]
    public string? Description { get; set; }

    [Parameter]
    public string? Datatype { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void Process()
    {
        foreach (string name in Stream)
        {
            Try(() => Add(name), name);
        }
    }

    private void Add(string name)
    {
        if (ShouldProcess(Opened.Path, $"Record the stream '{name}'"))
        {
            StreamDefinition definition = new() { Schema = Schema, Nickname = Nickname, Description = Description, Datatype = Datatype };
            Target.AddChannel(new LogChannel
            {
                Name = name,
                IsToCreate = Force || Schema is not null,
                Definition = Force ? definition : Resolve(name, definition),
            });
        }
    }

    /// <summary>The properties of the stream at the ConnectorDB destinations, which create it if it is missing and a schema is given.</summary>
    private StreamDefinition Resolve(string name, StreamDefinition wanted)
    {
        foreach (ConnectorDbSettings settings in Target.Sinks.OfType<ConnectorDbSettings>())
        {
            ICdbClient client = LoggerEngine.Connect(settings);
            try
            {
                CdbPath path = CdbPath.Resolve(name, CdbPathKind.Stream, client.Identity);
                bool isToCreate = Schema is not null && !Await.Result(client.ExistsAsync(path, Cancellation));
                CdbStream stream = Await.Result(isToCreate ? client.CreateStreamAsync(path, wanted, Cancellation) : client.GetStreamAsync(path, Cancellation));
                wanted = new StreamDefinition { Schema = stream.Schema, Nickname = stream.Nickname, Description = stream.Description, Datatype = stream.Datatype };
            }
            finally
            {
                Await.Completion(client.DisposeAsync());
            }
        }

        return wanted;
    }
}
