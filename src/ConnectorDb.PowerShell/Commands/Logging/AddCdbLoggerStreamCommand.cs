using System.Management.Automation;
using System.Text.Json.Nodes;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
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
    private readonly UnusedColumns _columns;

    public AddCdbLoggerStreamCommand() => _columns = new UnusedColumns(this, typeof(CdbStream), typeof(LogChannel));

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Stream)]
    [NonEmpty]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [SchemaArgument]
    [ArgumentCompleter(typeof(SchemaCompleter))]
    public string? Schema { get; set => field = Cell(value) is "" ? CdbStream.AnyValue : Cell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Nickname { get; set => field = Cell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Description { get; set => field = Cell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DatatypeCompleter))]
    public string? Datatype { get; set => field = Cell(value); }

    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Replaces a declaration that differs.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    protected override void Process()
    {
        _columns.Check();
        ForEach(Stream, Add);
    }

    private void Add(string name)
    {
        StreamDefinition definition = new() { Schema = Schema is null ? null : SchemaArgumentAttribute.Read(Schema), Nickname = Nickname, Description = Description, Datatype = Datatype };
        LogChannel channel = new() { Name = name, IsToCreate = Force || Schema is not null, Definition = definition };

        bool hasDestination = Target.Sinks.Any(sink => sink is ConnectorDbSettings);
        if (Force && hasDestination)
        {
            CheckName(channel);
        }

        // The stream at a destination has the last word, and may have changed since the last declaration.
        bool isOfDestination = !Force && hasDestination;
        if (!Replace)
        {
            Target.CheckChannel(isOfDestination ? channel with { Definition = new StreamDefinition { Schema = definition.Schema } } : channel);
        }

        if (ShouldProcess(Opened.Path, $"Record the stream '{name}'", () => Find(name, definition)))
        {
            StreamDefinition resolved = Force ? definition : Resolve(name, definition);
            Target.AddChannel(channel with { Definition = resolved }, Replace || isOfDestination);
            WriteVerbose($"Declared the stream '{name}' with {(resolved.Schema is null or CdbStream.AnyValue ? "any values" : $"the schema {resolved.Schema}")}.");
        }
    }

    /// <summary>Checks the name as a destination does when it creates the stream; it is not asked now.</summary>
    /// <exception cref="InvalidNameException">A destination would set aside all datapoints.</exception>
    private static void CheckName(LogChannel channel)
    {
        foreach (string part in StreamNames.Of(channel).Split('/'))
        {
            CdbName.Check(part, "stream");
        }
    }

    /// <exception cref="NotFoundException">The stream is missing at a destination, and no schema is given to create it.</exception>
    private void Find(string name, StreamDefinition definition)
    {
        if (!Force && Schema is null)
        {
            Resolve(name, definition, mustExist: true);
        }
    }

    /// <summary>The arguments of Connect-Cdb for a destination.</summary>
    private static string AddressOf(ConnectorDbSettings settings) => settings switch
    {
        { Url: { } url } => $"'{url}' -Credential (Get-Credential)",
        { Path: { } path } => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => $"'{Engine.Locate(null)}'",
    };

    /// <summary>Asks a destination. If it is away, the error says how to go on without it.</summary>
    private T Reach<T>(string name, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (StoreException error) when (error.Fault == StoreFault.Unreachable)
        {
            string schema = Schema is null ? "" : $" -Schema '{Schema.Replace("'", "''", StringComparison.Ordinal)}'";
            throw new StoreException(error.Fault, $"{error.Message} To declare the stream without asking the destination, which checks the values when they arrive: Add-CdbLoggerStream {name}{schema} -Force.", error.Target, error);
        }
    }

    /// <summary>The properties of the stream at the ConnectorDB destinations, which create it if it is missing and a schema is given.</summary>
    /// <param name="mustExist">A missing store is an error, instead of being created.</param>
    /// <exception cref="InvalidValueException">The stream has another schema than the given one.</exception>
    private StreamDefinition Resolve(string name, StreamDefinition given, bool mustExist = false)
    {
        StreamDefinition wanted = given;
        foreach (ConnectorDbSettings settings in Target.Sinks.OfType<ConnectorDbSettings>())
        {
            ICdbClient client = Reach(name, () => LoggerEngine.Connect(settings with { MustExist = settings.MustExist || mustExist }, Cancellation));
            try
            {
                if (client.IsNew)
                {
                    ReportMade($"Made a new store in '{client.Location}'.", isUnlikely: false, "");
                }

                CdbPath path = CdbPath.Resolve(name, CdbPathKind.Stream, client.Identity);
                bool isToCreate = given.Schema is not null && !Reach(name, () => Await.Result(client.ExistsAsync(path, Cancellation)));
                if (isToCreate)
                {
                    WriteVerbose($"Creates the stream '{path}' at {settings.Location}.");
                }

                CdbStream stream = Reach(name, () => Await.Result(isToCreate ? client.CreateStreamAsync(path, wanted, Cancellation) : client.GetStreamAsync(path, Cancellation)));
                bool takesAny = JsonNode.DeepEquals(JsonNode.Parse(stream.Schema ?? CdbStream.AnyValue), JsonNode.Parse(CdbStream.AnyValue));
                if (given.Schema is { } schema && !takesAny && !JsonNode.DeepEquals(JsonNode.Parse(schema), JsonNode.Parse(stream.Schema!)))
                {
                    throw new InvalidValueException($"The stream '{path}' of {settings.Location} has another schema: {stream.Schema}. It would refuse other values. To record with it: Add-CdbLoggerStream {name}. To change it: Set-CdbStream {path} -Schema '{schema.Replace("'", "''", StringComparison.Ordinal)}' -Connection (Connect-Cdb {AddressOf(settings)} -NoDefault).", name);
                }

                if (KeptProperties.Warning(given, stream, settings.Location, AddressOf(settings)) is { } warning)
                {
                    WriteWarning(warning);
                }

                wanted = new StreamDefinition { Schema = takesAny ? wanted.Schema ?? stream.Schema : stream.Schema, Nickname = stream.Nickname, Description = stream.Description, Datatype = stream.Datatype };
            }
            finally
            {
                Await.Completion(client.DisposeAsync());
            }
        }

        return wanted;
    }
}
